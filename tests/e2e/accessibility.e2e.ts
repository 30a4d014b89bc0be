/** axe-core over each view, in each theme: names, roles, contrast. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LaunchedApp, launchApp } from "./harness/launch";
import { MachineTabs } from "./harness/machineTabs";
import { NtscopePage } from "./harness/ntscopePage";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let launched: LaunchedApp;
let ntscope: NtscopePage;
beforeAll(async () => {
  launched = await launchApp();
  ntscope = new NtscopePage(launched);
  await ntscope.ready();
  // Playwright pretends a light scheme unless told not to.
  await launched.page.emulateMedia({ colorScheme: null });
  await launched.page.evaluate(axeSource);
});
afterAll(async () => {
  await launched.close();
});

/** The rules of WCAG 2.1, levels A and AA; axe's "best practices" are about documents, with landmarks and headings. */
const ruleTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

/** What axe objects to, one line each: rule, element, why. */
async function violations(): Promise<string[]> {
  const found = await launched.page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const results = await axe.run(document, { resultTypes: ["violations"], runOnly: { type: "tag", values: tags } });
    return results.violations.flatMap(({ id, nodes, help }) =>
      nodes.map((node) => ({ id, target: node.target.join(" "), why: node.failureSummary ?? help })),
    );
  }, ruleTags);
  return found.map(({ id, target, why }) => `${id}: ${target}: ${why}`);
}

const themes = ["light", "dark", "highContrast"] as const;

describe.each(themes)("in the %s theme", (theme) => {
  beforeAll(async () => {
    await launched.page.evaluate((wanted) => window.ntscope.call("settings.set", { theme: wanted }), theme);
    const isDark = theme !== "light";
    await launched.page.waitForFunction((dark) => matchMedia("(prefers-color-scheme: dark)").matches === dark, isDark);
  });

  it("the namespace, the list, the guide and the log", async () => {
    await ntscope.showDirectory("\\Device");
    await ntscope.showPane("Log");
    expect(await violations()).toEqual([]);
  });

  it("properties", async () => {
    await ntscope.showDirectory("\\Driver");
    await ntscope.objects("\\Driver").locator("[data-row='0']").click();
    await ntscope.chooseMenu("object.properties");
    await launched.page.getByRole("tab", { name: "General" }).first().waitFor();
    expect(await violations()).toEqual([]);
  });

  it("services and the dialog that creates one", async () => {
    const pane = await ntscope.showPane("Services");
    expect(await violations()).toEqual([]);
    await pane.getByRole("button", { name: "Create" }).click();
    const dialog = launched.page.getByRole("dialog", { name: "Create driver service" });
    await dialog.waitFor();
    expect(await violations()).toEqual([]);
    await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  });

  it("threads with their wait graph, and handles", async () => {
    // Its read stays with the driver while the other themes are looked at.
    if (theme === themes[0]) {
      await ntscope.createAndStartService("pend", "builtin:pend-cancel");
      await ntscope.openDevice("\\\\.\\PendCancel");
      await ntscope.pane("Device Console").getByRole("button", { name: "Read", exact: true }).click();
    }
    await ntscope.chooseMenu("view.threads");
    await ntscope
      .pane("Threads")
      .getByRole("button", { name: /^Request IRP_MJ_READ of/ })
      .waitFor();
    await ntscope.chooseMenu("machine.pauseClock");
    await ntscope.statusBar.getByText(/^Clock paused/).waitFor();
    const paused = await violations();
    await ntscope.chooseMenu("machine.runClock");
    expect(paused).toEqual([]);
    await ntscope.chooseMenu("view.handles");
    await ntscope.row(ntscope.pane("Handles").getByRole("grid"), "csrss.exe").first().waitFor();
    expect(await violations()).toEqual([]);
  });

  it("the log's sources, and the dialogs that open machines", async () => {
    await ntscope.chooseMenu("view.sources");
    await ntscope.pane("Log Sources").waitFor();
    expect(await violations()).toEqual([]);
    for (const [command, name] of [
      ["machine.agent", "Open an agent's machine"],
      ["machine.wine", "Open a Wine prefix"],
    ] as const) {
      await ntscope.chooseMenu(command);
      const dialog = launched.page.getByRole("dialog", { name });
      await dialog.waitFor();
      await dialog.getByRole("radio").last().check();
      expect(await violations()).toEqual([]);
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await dialog.waitFor({ state: "detached" });
    }
  });

  it("the tabs of several machines, one of which could not be attached", async () => {
    const tabs = new MachineTabs(launched);
    const line = `ntscope-agent:127.0.0.1:1:${Buffer.alloc(32, 7).toString("base64url")}`;
    await launched.page.evaluate(
      (text) => window.ntscope.call("machines.open", { machine: { kind: "pairing", line: text }, place: "tab" }),
      line,
    );
    const failed = tabs.strip.locator("[data-state='failed']");
    await failed.waitFor();
    const id = (await failed.getAttribute("data-machine")) ?? "";
    await (await tabs.page(id)).view.getByRole("button", { name: "Retry" }).waitFor();
    await failed.focus();
    await launched.page.keyboard.press("Home");
    expect(await violations()).toEqual([]);
    await failed.click({ button: "middle" });
    await tabs.strip.waitFor({ state: "detached" });
  });

  it("the device console", async () => {
    await ntscope.showPane("Device Console");
    expect(await violations()).toEqual([]);
  });

  it("the IRP trace, structures and the pool", async () => {
    await ntscope.openDevice("\\Device\\Null");
    await ntscope.pane("Device Console").getByText("STATUS_SUCCESS").first().waitFor();
    await ntscope.chooseMenu("view.trace");
    await ntscope.pane("IRP Trace").getByRole("grid").waitFor();
    // A row, or on a machine without a trace the sentence that says so.
    const request = ntscope.pane("IRP Trace").locator("[data-row='0']");
    await request.or(ntscope.pane("IRP Trace").getByText("There is no IRP trace")).first().waitFor();
    if ((await request.count()) > 0) {
      await request.click();
      await ntscope.pane("IRP Trace").getByRole("option").first().click();
    }
    expect(await violations()).toEqual([]);
    await ntscope.chooseMenu("view.structure");
    await ntscope.pane("Structures").getByLabel("Type of the structure").fill("DEVICE_OBJECT");
    await ntscope.pane("Structures").getByLabel("Address or path").fill("\\Device\\Null");
    await ntscope.pane("Structures").getByLabel("Address or path").press("Enter");
    await ntscope.row(ntscope.pane("Structures").getByRole("grid"), "DriverObject").click();
    expect(await violations()).toEqual([]);
    await ntscope.chooseMenu("view.pool");
    await ntscope.pane("Pool Usage").getByRole("button", { name: "Mark", exact: true }).click();
    await ntscope.row(ntscope.pane("Pool Usage").getByRole("grid"), "Driv").waitFor();
    expect(await violations()).toEqual([]);
  });

  it("the debug print filter and the command palette", async () => {
    await ntscope.chooseMenu("view.debugFilter");
    await ntscope.pane("Debug Print Filter").waitFor();
    expect(await violations()).toEqual([]);
    await ntscope.chooseMenu("tools.palette");
    const palette = launched.page.getByRole("dialog");
    await palette.waitFor();
    expect(await violations()).toEqual([]);
    await launched.page.keyboard.press("Escape");
    await palette.waitFor({ state: "detached" });
  });
});
