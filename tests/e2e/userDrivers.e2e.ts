/** A driver of the user's own, from the window: written, created, started, used; and what the window makes of its mistakes. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import { ConsolePage } from "./harness/consolePage";
import type { LaunchedApp } from "./harness/launch";
import type { NtscopePage } from "./harness/ntscopePage";
import { withWindow } from "./harness/withWindow";

const folder = mkdtempSync(path.join(os.tmpdir(), "ntscope drivers-"));
let launched: LaunchedApp;
let ntscope: NtscopePage;
// The last of all: what is set up later is taken down earlier.
afterAll(() => rmSync(folder, { recursive: true, force: true }));
withWindow((window) => {
  ({ launched, ntscope } = window);
});

/** Answers the next file dialog, which no test can click, and tells what it would have offered. */
const nextFile = (chosen: string) =>
  launched.app.evaluate(({ dialog }, file) => {
    const real = dialog.showOpenDialog;
    dialog.showOpenDialog = ((_window: unknown, options: Electron.OpenDialogOptions) => {
      dialog.showOpenDialog = real;
      Object.assign(globalThis, { dialogShown: options });
      return Promise.resolve({ canceled: false, filePaths: [file] });
    }) as never;
  }, chosen);
const dialogShown = () =>
  launched.app.evaluate(() => (globalThis as unknown as { dialogShown: Electron.OpenDialogOptions }).dialogShown);

async function createDialog(): Promise<Locator> {
  const pane = await ntscope.showPane("Services");
  await pane.getByRole("button", { name: "Create" }).click();
  return launched.page.getByRole("dialog", { name: "Create driver service" });
}

/** Creates and starts a service whose file is chosen with Browse. */
async function browseAndStart(name: string, file: string): Promise<void> {
  const dialog = await createDialog();
  await nextFile(file);
  await dialog.getByRole("button", { name: "Browse" }).click();
  await dialog
    .getByLabel("Driver (binPath)")
    .and(dialog.locator(`[value=${JSON.stringify(file)}]`))
    .waitFor();
  await dialog.getByLabel("Service name").fill(name);
  await dialog.getByRole("button", { name: "Create" }).click();
  await ntscope.serviceState(name, "RUNNING").waitFor();
}

describe("a new driver", () => {
  const written = path.join(folder, "MyDriver", "MyDriver.ts");

  it("is written into the folder that was chosen, and the dialog says where", async () => {
    const dialog = await createDialog();
    await nextFile(folder);
    await dialog.getByRole("button", { name: "New driver" }).click();
    await dialog.getByText(`Written: ${written}.`).waitFor();
    expect(await dialogShown()).toMatchObject({ properties: ["openDirectory", "createDirectory"] });
    expect(readdirSync(path.dirname(written)).sort()).toEqual([
      "MyDriver.ts",
      "README.md",
      "ntscope-driver.d.ts",
      "tsconfig.json",
    ]);
    expect(await dialog.getByLabel("Service name").inputValue()).toBe("MyDriver");
    expect(await dialog.getByLabel("Driver (binPath)").inputValue()).toBe(written);
    await launched.screenshot("new-driver");
    await dialog.getByRole("button", { name: "Create" }).click();
    await ntscope.serviceState("MyDriver", "RUNNING").waitFor();
  });

  it("is opened, written and read from the device console; its timer completes the read", async () => {
    const device = new ConsolePage(ntscope);
    expect(await device.open("\\\\.\\MyDriver")).toMatchObject({ status: "STATUS_SUCCESS", handle: "h1" });
    expect(await device.write("Hello")).toMatchObject({ status: "STATUS_SUCCESS", bytes: "5" });
    expect(await device.read(100)).toMatchObject({ status: "STATUS_SUCCESS", bytes: "5" });
    expect(await device.control("0x222000", "0a 00 00 00", 0)).toMatchObject({ status: "STATUS_SUCCESS" });
    expect(await device.close("h1")).toMatchObject({ status: "STATUS_SUCCESS" });
    await ntscope.showPane("Log");
    await ntscope.untilLogShows([
      "hello",
      "read pends",
      "the timer completes a read with 5 bytes",
      "sleeping 10 ms",
      "awake",
    ]);
  });

  it("overwrites nothing, and has a name that its device can have", async () => {
    const dialog = await createDialog();
    await nextFile(folder);
    await dialog.getByRole("button", { name: "New driver" }).click();
    await dialog.getByText("is there already; no file was written.").waitFor();
    expect(await dialog.getByLabel("Driver (binPath)").inputValue()).toBe("builtin:example");
    await dialog.getByLabel("Service name").fill("../x");
    await dialog.getByRole("button", { name: "New driver" }).click();
    await dialog.getByText("A driver's name begins with a letter").waitFor();
    expect(existsSync(path.join(folder, "..", "x"))).toBe(false);
    await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
  });
});

describe("a driver file that was chosen with Browse", () => {
  it("stops the machine with the line of its mistake", async () => {
    await browseAndStart("twice", path.join(rootDir, "tests/fixtures/userDrivers/completeTwice.ts"));
    expect((await dialogShown()).filters?.[0]).toEqual({ name: "Drivers", extensions: ["sys", "ts", "js"] });
    const device = new ConsolePage(ntscope);
    await device.ask("\\\\.\\Mistake");
    await device.pane.getByLabel("Data to write").fill("x");
    await device.pane.getByRole("button", { name: "Write" }).click();
    const bugcheck = launched.page.getByRole("alert", { name: "Bugcheck" });
    await bugcheck.getByText("MULTIPLE_IRP_COMPLETE_REQUESTS").waitFor();
    await bugcheck.getByText("completeTwice!Write (completeTwice.ts:26)").waitFor();
    await launched.screenshot("user-driver-bugcheck");
    await bugcheck.getByRole("button", { name: "Restart machine" }).click();
    await bugcheck.waitFor({ state: "detached" });
  });

  it("loops for ever: that is noticed, and the engine can be restarted", async () => {
    const file = path.join(folder, "loop.ts");
    const lines = [
      'import { createNamedDevice, dispatchRoutine, type DriverEntry, setMajorFunction } from "ntscope/driver";',
      "const entry: DriverEntry = (ddk, driver) => {",
      '  setMajorFunction(ddk, driver, 0, dispatchRoutine(ddk, "Create", () => { for (;;); }));',
      '  return createNamedDevice(ddk, driver, { deviceName: "\\\\Device\\\\Loop", linkName: "\\\\??\\\\Loop" }).status;',
      "};",
      "export default entry;",
    ];
    writeFileSync(file, lines.join("\n"));
    await browseAndStart("loop", file);
    await ntscope.openDevice("\\\\.\\Loop");
    const notice = launched.page.getByRole("alert").filter({ hasText: "has not answered" });
    await notice.waitFor();
    await ntscope.showPane("Log");
    await notice.getByRole("button", { name: "Stop and restart" }).click();
    await notice.waitFor({ state: "detached" });
    await ntscope.ready();
    await ntscope.createAndStartService("hello", "builtin:hello");
    await ntscope.showPane("Log");
    await ntscope.untilLogShows(["Hello, world!"]);
  });
});
