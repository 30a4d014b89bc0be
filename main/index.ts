/**
 * The window's program: reads the command line, builds the services, opens the window, starts the engine. Composition
 * only; each part is a file of main/shell.
 */
import { rmSync } from "node:fs";
import path from "node:path";
import { app, type BrowserWindow, Menu, MessageChannelMain, protocol, session } from "electron";
import { enginePortChannel } from "../preload/channels";
import type { CommandId } from "../preload/commands";
import { createAppLog, describeError } from "./shell/appLog";
import { serveApp } from "./shell/appProtocol";
import { ownArguments, parseCommandLine } from "./shell/commandLine";
import { forkEngine } from "./shell/engineChild";
import { EngineHost } from "./shell/engineHost";
import { registerShellIpc } from "./shell/ipc";
import { endInOrder, prepareProcess } from "./shell/lifecycle";
import { openMainWindow } from "./shell/mainWindow";
import { MenuStateKeeper, menuBarTemplate } from "./shell/menu";
import { tellPage } from "./shell/pageEvents";
import { pageSource } from "./shell/pageSource";
import { restrictSession } from "./shell/sessionPolicy";
import { openSettingsStore } from "./shell/settingsStore";
import { shellHandlers } from "./shell/shellHandlers";
import { bringToFront, takeInstance } from "./shell/singleInstance";

function main(): void {
  const commandLine = parseCommandLine(ownArguments(process.argv, process.defaultApp === true), app.getVersion());
  if (commandLine.kind === "usage") {
    process.stderr.write(commandLine.message);
    app.exit(2);
  } else if (commandLine.kind === "print") {
    process.stdout.write(commandLine.text);
    app.exit(0);
  } else {
    runWindow();
  }
}

function runWindow(): void {
  let window: BrowserWindow | undefined;
  // A second start has checked its arguments itself; of the machines only the model is there yet, and it is shown.
  if (!takeInstance(app, () => bringToFront(window))) {
    app.exit(0);
    return;
  }
  const logFolder = app.getPath("logs");
  const log = createAppLog({
    folder: logFolder,
    now: () => new Date(),
    onFailure: (error) => process.stderr.write(`NtScope's log can't be written: ${describeError(error)}\n`),
  });
  prepareProcess(log);

  const page = pageSource(app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL);
  const settings = openSettingsStore(path.join(app.getPath("userData"), "settings.json"), log);
  const codeFolder = path.join(app.getPath("userData"), "Compiled Code");
  const tell = tellPage(() => window?.webContents);
  const menu = new MenuStateKeeper();
  const engine = new EngineHost({
    fork(isAfterCrash) {
      // Should the kept code be what it crashed by, it is not there to do so twice.
      if (isAfterCrash) rmSync(codeFolder, { recursive: true, force: true });
      return forkEngine(path.join(__dirname, "engineProcess.js"), {
        codeFolder: isAfterCrash ? undefined : codeFolder,
        showsOutput: !app.isPackaged,
      });
    },
    onDidChangeStatus: (status) => tell("engineStatus", status),
    log,
  });

  function open(): void {
    // First, so that the machine boots while the page's process starts.
    engine.start();
    restrictSession(session.defaultSession, page.developmentOrigin);
    serveApp(protocol, path.join(__dirname, "..", "renderer"));
    const preload = path.join(__dirname, "..", "preload", "index.js");
    const opened = openMainWindow({ preload, pageUrl: page.url, settings, hasDevTools: !app.isPackaged, log });
    window = opened;
    registerShellIpc(opened.webContents.ipc, {
      origin: page.origin,
      log,
      handlers: shellHandlers({ window: opened, settings, engine, menu, logFolder }),
      connectEngine() {
        const { port1, port2 } = new MessageChannelMain();
        if (engine.connect(port1)) opened.webContents.postMessage(enginePortChannel, null, [port2]);
      },
    });
    settings.onDidChange((changed) => tell("settings", changed));
    // Quitting must work with a page that does not answer; all other commands are the page's.
    const choose = (id: CommandId): void => (id === "app.quit" ? app.quit() : tell("command", id));
    const menuOptions = { isMac: process.platform === "darwin", state: menu.state, choose };
    // Some 20 ms, which the page's files would wait for; it is there before the window is shown.
    opened.webContents.once("dom-ready", () => {
      Menu.setApplicationMenu(Menu.buildFromTemplate(menuBarTemplate(menuOptions)));
    });
  }

  // Electron makes a menu of its own unless there is one: work for nothing, at the worst of times.
  Menu.setApplicationMenu(null);
  endInOrder(settings, engine);
  app.whenReady().then(open, (error: unknown) => log.write("error", "shell", describeError(error)));
}

main();
