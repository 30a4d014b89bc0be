/**
 * Several machines in one window, each in a tab: the model, and another process's model behind an agent. What one shows is
 * never shown as the other's; a lost connection is said and made again; what cannot be attached says why.
 */
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../../main/wine/runProgram";
import { findElectron } from "../../scripts/bootstrap/findElectron.mjs";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import { AgentProcess } from "./harness/agentProcess";
import { ConsolePage } from "./harness/consolePage";
import { type LaunchedApp, launchApp } from "./harness/launch";
import { MachineTabs } from "./harness/machineTabs";
import { NtscopePage } from "./harness/ntscopePage";

let launched: LaunchedApp;
let first: NtscopePage;
let tabs: MachineTabs;
const agent = new AgentProcess();
beforeAll(async () => {
  await agent.start();
  launched = await launchApp();
  first = new NtscopePage(launched);
  tabs = new MachineTabs(launched);
  await first.ready();
});
afterAll(async () => {
  await agent.dispose();
  await launched.close();
});

const title = () => launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
const connected = () => new RegExp(`^Model kernel \\(${agent.address}\\) · agent · connected$`);

describe("an agent's machine", () => {
  let second: NtscopePage;

  it("has no tabs to show while there is one machine", async () => {
    expect(await tabs.strip.count()).toBe(0);
  });

  it("is not opened by what is no pairing line, and the dialog says so", async () => {
    await first.chooseMenu("machine.agent");
    const dialog = launched.page.getByRole("dialog", { name: "Open an agent's machine" });
    await dialog.getByLabel("Pairing line", { exact: true }).fill("ntscope-agent:127.0.0.1:4000:short");
    await dialog.getByRole("button", { name: "Open" }).click();
    await dialog.getByText("This is no pairing line").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
  });

  it("opens in a tab by its pairing line", async () => {
    await tabs.openAgent(agent.pairingLine);
    await tabs.untilShown("m2");
    second = await tabs.page("m2");
    await second.ready(connected());
    await tabs.tab("m2", "running").waitFor();
    expect(await title()).toBe(`Model kernel (${agent.address}) - NtScope`);
  });

  it("keeps its key out of the settings and off the screen", async () => {
    const key = agent.pairingLine.split(":").at(-1) ?? "";
    expect(key).toHaveLength(43);
    const kept = await launched.page.evaluate(() => window.ntscope.call("settings.get", null));
    expect(kept).toMatchObject({ ok: true, value: { recentMachines: [{ kind: "agent", address: agent.address }] } });
    const frame = await tabs.frame("m2");
    const shown = await Promise.all([launched.page.content(), frame.content()]);
    for (const text of [JSON.stringify(kept), ...shown]) expect(text).not.toContain(key);
  });

  it("is another machine: its drivers, devices, handles and lines are its own", async () => {
    await second.createAndStartService("example", "builtin:example");
    await second.showDirectory("\\Device");
    await second.scrollToRow(second.objects("\\Device"), "Example");
    await second.openDevice("\\\\.\\Example");
    await second.showPane("Log");
    await second.untilLogShows(["userspace opened the device"]);
    await launched.screenshot("machine-tabs");

    await launched.page.keyboard.press("Control+Tab");
    await tabs.untilShown("first");
    expect(await title()).toBe("Model kernel - NtScope");
    await first.showDirectory("\\Device");
    await expect(first.scrollToRow(first.objects("\\Device"), "Example")).rejects.toThrow("not in the list");
    await first.showPane("Log");
    expect(await first.logTexts()).toEqual([]);
  });

  it("keeps its place while another is looked at, and the menu is of the one that is shown", async () => {
    await launched.page.keyboard.press("Control+Shift+Tab");
    await tabs.untilShown("m2");
    await second.untilLogShows(["userspace opened the device"]);
    expect(await second.objects("\\Device").isVisible()).toBe(true);
    expect(await first.tree.isVisible()).toBe(false);
    await second.chooseMenu("view.console");
    await second.pane("Device Console").getByRole("button", { name: "Close h1" }).waitFor();
    expect(await first.pane("Device Console").isVisible()).toBe(false);
  });

  it("says when the connection is lost, keeps what it showed, and says when it is back", async () => {
    await second.showDirectory("\\GLOBAL??");
    await agent.kill();
    await tabs.tab("m2", "lost").waitFor();
    await second.statusBar.getByText(/connection lost, (?:retrying in \d+ s|trying again…)/).waitFor();
    await second.view.getByRole("alert").filter({ hasText: "Trying again" }).waitFor();
    expect(await second.objects("\\GLOBAL??").getByRole("row").count()).toBeGreaterThan(5);
    expect(await second.directory("\\Device").count()).toBe(1);
    await launched.screenshot("machine-lost");

    await agent.start();
    await second.statusBar.getByText(connected()).waitFor();
    await second.view.getByText(`Connected to Model kernel (${agent.address}) again`).waitFor();
    await tabs.tab("m2", "running").waitFor();
    // It is a new one, and its device is gone with the old.
    await new ConsolePage(second).ask("\\\\.\\Example");
    await second.pane("Device Console").getByRole("region").getByText("STATUS_OBJECT_NAME_NOT_FOUND").first().waitFor();
  });

  it("says that its key is wrong, and lets the tab have another machine", async () => {
    const wrong = agent.pairingLine.replace(/:[^:]{43}$/, `:${Buffer.alloc(32, 7).toString("base64url")}`);
    await tabs.openAgent(wrong, second);
    await tabs.untilShown("m3");
    const third = await tabs.page("m3");
    const failure = third.view.getByRole("alert").filter({ hasText: "The machine could not be attached" });
    await failure.getByText("It does not take this key").waitFor();
    await tabs.tab("m3", "failed").waitFor();
    await failure.getByRole("button", { name: "Model kernel" }).click();
    await third.ready();
    await tabs.tab("m3", "running").waitFor();
  });

  it("is closed with its tab, by the keyboard or the middle button, and its engine ends", async () => {
    const engine = await (await tabs.frame("m3")).evaluate(() => window.ntscope.call("engine.status", null));
    const processId = engine.ok && engine.value.kind === "running" ? engine.value.processId : 0;
    await tabs.tab("m3").focus();
    await launched.page.keyboard.press("Delete");
    await tabs.tab("m3").waitFor({ state: "detached" });
    await tabs.untilShown("m2");
    await expect.poll(() => lives(processId), { timeout: 20_000 }).toBe(false);
    await tabs.tab("m2").click({ button: "middle" });
    await tabs.strip.waitFor({ state: "detached" });
    // The first shows again as it was.
    await first.objects("\\Device").waitFor();
    expect(await title()).toBe("Model kernel - NtScope");
  });
});

describe("the keyboard in the tabs", () => {
  it("goes from tab to tab, and runs nothing of a machine that is not shown", async () => {
    await first.chooseMenu("machine.model");
    await tabs.untilShown("m4");
    await (await tabs.page("m4")).ready();
    await tabs.tab("m4").focus();
    await launched.page.keyboard.press("ArrowLeft");
    expect(await tabs.tab("first").evaluate((tab) => tab === document.activeElement)).toBe(true);
    await launched.page.keyboard.press("Control+e");
    await launched.page.keyboard.press("Enter");
    await tabs.untilShown("first");
    await first.statusBar.getByText("Capturing").waitFor();
    await first.chooseMenu("machine.next");
    await tabs.untilShown("m4");
    const fourth = await tabs.page("m4");
    await fourth.chooseMenu("machine.close");
    await tabs.strip.waitFor({ state: "detached" });
  });
});

describe("a second start", () => {
  const start = async (...words: string[]) => {
    const electron = findElectron();
    if (!electron) throw new Error("No Electron");
    const args = [rootDir, "--no-sandbox", `--user-data-dir=${launched.userDataDir}`, ...words];
    const env = { ...process.env };
    delete env.ELECTRON_RUN_AS_NODE;
    return runProgram(electron.executable, args, { env });
  };

  it("opens its machine in a tab of the window that is there", async () => {
    const { code } = await start("--machine", `agent:${agent.address}`, "--key-file", agent.keyFile);
    expect(code).toBe(0);
    await tabs.untilShown("m5");
    const fifth = await tabs.page("m5");
    await fifth.ready(connected());
    await tabs.tab("m5").getByTitle("Close").click();
    await tabs.strip.waitFor({ state: "detached" });
  });

  it("says what is wrong with its machine, and ends with 2", async () => {
    const exposed = path.join(launched.userDataDir, "exposed.key");
    writeFileSync(exposed, "x");
    chmodSync(exposed, 0o644);
    const { code, stderr } = await start("--machine", `agent:${agent.address}`, "--key-file", exposed);
    expect([code, stderr]).toEqual([2, expect.stringContaining("can be read by others than its owner")]);
    expect(await start("--machine", "nothing")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"nothing" is no machine'),
    });
    expect(await tabs.strip.count()).toBe(0);
  });
});

describe("the first tab", () => {
  it("can be pointed at another machine, by its address and key file", async () => {
    await first.chooseMenu("machine.agent");
    const dialog = launched.page.getByRole("dialog", { name: "Open an agent's machine" });
    await dialog.getByLabel("By its address and a key file").check();
    await dialog.getByLabel("Address", { exact: true }).fill(agent.address);
    await dialog.getByLabel("Key file", { exact: true }).fill(agent.keyFile);
    await dialog.getByLabel("In this tab").check();
    await dialog.getByRole("button", { name: "Open" }).click();
    await first.ready(connected());
    await first.createAndStartService("here", "builtin:hello");
    expect([await tabs.strip.count(), await title()]).toEqual([0, `Model kernel (${agent.address}) - NtScope`]);
  });
});

describe("a machine that takes its time", () => {
  it("says what is being done, and can be given up", async () => {
    // Nobody answers there: a documentation address (RFC 5737).
    const key = Buffer.alloc(32, 7).toString("base64url");
    await tabs.openAgent(`ntscope-agent:192.0.2.1:4000:${key}`);
    const sixth = await tabs.page("m6");
    const panel = sixth.view.locator(".openingPanel");
    await panel.waitFor();
    const cancel = panel.getByRole("button", { name: "Cancel" });
    const retry = panel.getByRole("button", { name: "Retry" });
    // Some networks refuse it at once, which is a failure and not given up.
    if ((await cancel.or(retry).first().textContent()) === "Cancel") {
      await panel.getByText("Connecting to the agent at 192.0.2.1:4000.").waitFor();
      await cancel.click();
      await panel.getByText("Attaching the machine was given up").waitFor();
    }
    await retry.waitFor();
    await tabs.tab("m6", "failed").waitFor();
  });
});

function lives(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
