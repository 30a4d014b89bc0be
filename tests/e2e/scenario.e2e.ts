/**
 * The article "Windows Drivers in Rust: Creating Devices", section Testing, in the real window and from clicks alone:
 * its Figure 1 (the Example device in the namespace) and Figure 2 (what the driver prints when the device is opened).
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LaunchedApp, launchApp } from "./harness/launch";
import { NtscopePage } from "./harness/ntscopePage";

let launched: LaunchedApp;
let ntscope: NtscopePage;
beforeAll(async () => {
  launched = await launchApp();
  ntscope = new NtscopePage(launched);
  await ntscope.ready();
});
afterAll(async () => {
  await launched.close();
});

/** In NT's order: IRP_MJ_CREATE, IRP_MJ_CLEANUP, IRP_MJ_CLOSE. */
const messages = [
  "userspace opened the device",
  "device is no longer in use by userspace",
  "userspace closed the device",
];

describe("Creating Devices", () => {
  it("creates and starts the driver's service", async () => {
    await ntscope.createAndStartService("example", "builtin:example");
    await launched.page.getByRole("gridcell", { name: "builtin:example" }).waitFor();
  });

  it("shows the Example device (Figure 1), its driver and its link", async () => {
    await ntscope.showDirectory("\\Driver");
    await ntscope.scrollToRow(ntscope.objects("\\Driver"), "example");

    await ntscope.showDirectory("\\GLOBAL??");
    const link = await ntscope.scrollToRow(ntscope.objects("\\GLOBAL??"), "Example");
    await expect(link.innerText()).resolves.toMatch(/SymbolicLink[\s\S]*\\Device\\Example/);

    await ntscope.showDirectory("\\Device");
    const device = await ntscope.scrollToRow(ntscope.objects("\\Device"), "Example");
    await expect(device.innerText()).resolves.toMatch(/Device/);
    await device.click();
    await ntscope.showPane("Log");
    await launched.screenshot("figure-1");
  });

  it("opens nothing for the properties alone, and prints nothing", async () => {
    const device = ntscope.row(ntscope.objects("\\Device"), "Example");
    await ntscope.chooseContextMenu(device, "object.properties");
    const open = launched.page.getByRole("button", { name: "Open device to query" });
    await open.waitFor();
    await launched.page.getByText("its driver has seen nothing").waitFor();
    expect(await ntscope.logTexts()).not.toContainEqual(expect.stringContaining("userspace"));
  });

  it("opens the device when asked to, and the driver's messages appear in order (Figure 2)", async () => {
    await launched.page.getByRole("button", { name: "Open device to query" }).click();
    await launched.page.getByRole("status").filter({ hasText: "STATUS_SUCCESS" }).waitFor();
    await ntscope.untilLogShows(messages);
    await launched.screenshot("figure-2");
  });

  it("leads from the link to the device", async () => {
    await ntscope.showDirectory("\\GLOBAL??");
    const link = await ntscope.scrollToRow(ntscope.objects("\\GLOBAL??"), "Example");
    await ntscope.chooseContextMenu(link, "object.linkTarget");
    await ntscope.objects("\\Device").waitFor();
    await ntscope
      .row(ntscope.objects("\\Device"), "Example")
      .and(launched.page.locator("[aria-selected=true]"))
      .waitFor();
  });

  it("takes it all away when the service stops", async () => {
    const pane = await ntscope.showPane("Services");
    await ntscope.serviceState("example", "RUNNING").click();
    await pane.getByRole("button", { name: "Stop service" }).click();
    await ntscope.serviceState("example", "STOPPED").waitFor();
    for (const [directory, name] of [
      ["\\Device", "Example"],
      ["\\GLOBAL??", "Example"],
      ["\\Driver", "example"],
    ] as const) {
      await ntscope.showDirectory(directory);
      // Gone objects flash before they go.
      await ntscope.row(ntscope.objects(directory), name).waitFor({ state: "detached" });
      await expect(ntscope.scrollToRow(ntscope.objects(directory), name)).rejects.toThrow("is not in the list");
    }
  });
});
