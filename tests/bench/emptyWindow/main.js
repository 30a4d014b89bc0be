// The least that is a window: what NtScope's start is measured against.
const { app, BrowserWindow } = require("electron");

app.on("window-all-closed", () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false, webPreferences: { sandbox: true } });
  window.once("ready-to-show", () => window.show());
  window.loadURL("data:text/html,<!doctype html><title>empty</title><p id=ready>empty");
});
