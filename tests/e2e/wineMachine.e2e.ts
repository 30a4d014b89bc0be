/**
 * The article "Windows Drivers in Rust: Creating Devices", in the window, on the compiled driver: loaded by Wine's own
 * kernel into a fresh prefix, created and started, opened, written to and read back from clicks alone.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WinePrefix } from "../../main/wine/winePrefix";
import { buildDrivers, hasDriverCompiler } from "../../scripts/bootstrap/buildDrivers.mjs";
import { hasProgram } from "../../scripts/bootstrap/ensureSystem.mjs";
import { ConsolePage } from "./harness/consolePage";
import { type LaunchedApp, launchApp } from "./harness/launch";
import { MachineTabs } from "./harness/machineTabs";
import { NtscopePage } from "./harness/ntscopePage";

function whatIsMissing(): string {
  if (process.platform !== "linux" || process.arch !== "x64") return "needs x64 Linux";
  if (!hasProgram("wine")) return "there is no wine";
  return hasDriverCompiler() ? "" : "there is no mingw-w64";
}

const missing = whatIsMissing();

describe.skipIf(missing !== "")(`a Wine prefix in the window${missing === "" ? "" : ` (skipped: ${missing})`}`, () => {
  let prefix: WinePrefix;
  let launched: LaunchedApp;
  let ntscope: NtscopePage;
  let drivers: ReadonlyMap<string, string>;
  beforeAll(async () => {
    drivers = new Map(await buildDrivers());
    prefix = new WinePrefix(fs.mkdtempSync(path.join(os.tmpdir(), "ntscope-wine-")));
    await prefix.make();
    launched = await launchApp({ args: ["--machine", `wine:${prefix.folder}`] });
    ntscope = new NtscopePage(launched);
  });
  afterAll(async () => {
    await launched?.close();
    await prefix?.remove();
  });

  /** Answers the next file dialog, which no test can click. */
  const nextFile = (file: string) =>
    launched.app.evaluate(({ dialog }, chosen) => {
      const real = dialog.showOpenDialog;
      dialog.showOpenDialog = (() => {
        dialog.showOpenDialog = real;
        return Promise.resolve({ canceled: false, filePaths: [chosen] });
      }) as never;
    }, file);

  it("is attached: the status bar says which it is, what may be done there, and where its lines come from", async () => {
    const name = `Wine prefix ${path.basename(prefix.folder)}`;
    await ntscope.statusBar.getByText(`${name} · Wine · running`).waitFor({ timeout: 50_000 });
    await ntscope.directory("\\Device").waitFor();
    await ntscope.statusBar.getByText("Administrator").waitFor();
    await ntscope.statusBar.getByText(/^\d+ sources?$/).click();
    const sources = ntscope.pane("Log Sources");
    await sources.getByRole("gridcell", { name: "Running" }).first().waitFor();
    expect(await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toBe(
      `${name} - NtScope`,
    );
  });

  it("offers nothing that only the model can do", async () => {
    const isEnabled = await launched.app.evaluate(
      ({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById("machine.restart")?.enabled,
    );
    expect(isEnabled).toBe(false);
  });

  it("creates and starts a service of a driver's file, which is named as Wine sees it", async () => {
    await createAndStart("example");
  });

  it("shows the Example device, without opening it (Figure 1)", async () => {
    await ntscope.showDirectory("\\Device");
    const device = await ntscope.scrollToRow(ntscope.objects("\\Device"), "Example");
    await device.click();
    await ntscope.showPane("Log");
    expect(await ntscope.logTexts()).not.toContainEqual(expect.stringContaining("userspace"));
  });

  it("shows what the driver prints when it is opened (Figure 2)", async () => {
    const answers = new ConsolePage(ntscope);
    expect(await answers.open("\\\\.\\Example")).toMatchObject({ handle: "h1", status: "STATUS_SUCCESS" });
    expect(await answers.close("h1")).toMatchObject({ status: "STATUS_SUCCESS" });
    await ntscope.showPane("Log");
    // Wine sends no IRP_MJ_CLEANUP.
    await ntscope.untilLogShows(["userspace opened the device", "userspace closed the device"]);
    await launched.screenshot("wine-log");
  });

  it("stops and deletes the service", stopAndDelete);

  it("reads back what was written, on the next article's driver", async () => {
    await createAndStart("exampleRw");
    const pane = await ntscope.showPane("Device Console");
    await pane.getByRole("button", { name: "Clear answers" }).click();
    const answers = new ConsolePage(ntscope);
    expect(await answers.open("\\\\.\\Example")).toMatchObject({ status: "STATUS_SUCCESS" });
    expect(await answers.write("hello from the window")).toMatchObject({ status: "STATUS_SUCCESS", bytes: "21" });
    await pane.getByLabel("Offset").fill("0");
    expect(await answers.read(64)).toMatchObject({ status: "STATUS_SUCCESS", bytes: "21" });
    await pane.getByRole("region", { name: "Answer" }).getByText("hello from the window").waitFor();
    expect(await answers.close("h2")).toMatchObject({ status: "STATUS_SUCCESS" });
    await stopAndDelete();
  });

  it("is not attached twice, and a folder without a prefix is said to be one", async () => {
    const tabs = new MachineTabs(launched);
    await ntscope.chooseMenu("machine.model");
    const second = await tabs.page("m2");
    await second.ready();
    const openPrefix = async (folder: string) => {
      await second.chooseMenu("machine.wine");
      const dialog = second.view.getByRole("dialog", { name: "Open a Wine prefix" });
      await dialog.getByLabel("Another prefix").check();
      await nextFile(folder);
      await dialog.getByRole("button", { name: "Browse" }).click();
      await expect.poll(() => dialog.getByLabel("Folder").inputValue()).toBe(folder);
      await dialog.getByRole("button", { name: "Open" }).click();
      await dialog.waitFor({ state: "detached" });
    };
    // Two engines over one prefix would end each other's programs.
    await openPrefix(prefix.folder);
    await tabs.untilShown("first");
    await ntscope.chooseMenu("machine.next");
    await tabs.untilShown("m2");
    await openPrefix(launched.userDataDir);
    const third = await tabs.page("m3");
    await third.view.getByRole("alert").getByText(`There is no Wine prefix in ${launched.userDataDir}`).waitFor();
    for (const id of ["m3", "m2"]) await tabs.tab(id).click({ button: "middle" });
    await tabs.strip.waitFor({ state: "detached" });
  });

  async function createAndStart(driver: string): Promise<void> {
    const file = drivers.get(driver);
    if (file === undefined) throw new Error(`${driver} is not built`);
    const pane = await ntscope.showPane("Services");
    await pane.getByRole("button", { name: "Create" }).click();
    const dialog = launched.page.getByRole("dialog", { name: "Create driver service" });
    await dialog.getByLabel("Service name").fill("example");
    await nextFile(file);
    await dialog.getByRole("button", { name: "Browse" }).click();
    const binPath = `Z:${file.replaceAll("/", "\\")}`;
    await expect.poll(() => dialog.getByLabel("Driver (binPath)").inputValue()).toBe(binPath);
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.waitFor({ state: "detached" });
    await ntscope.serviceState("example", "RUNNING").waitFor();
  }

  async function stopAndDelete(): Promise<void> {
    const pane = await ntscope.showPane("Services");
    await ntscope.row(pane.getByRole("grid"), "example").click();
    await pane.getByRole("button", { name: "Stop service" }).click();
    await ntscope.serviceState("example", "STOPPED").waitFor();
    await pane.getByRole("button", { name: "Delete service" }).click();
    await ntscope.row(pane.getByRole("grid"), "example").waitFor({ state: "detached" });
  }
});
