/** Drivers that do what no driver should, seen from the window: it says what happened, and it goes on. */
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

describe("a driver that loops for ever", () => {
  it("is noticed, can be stopped, and the window answers all the while", async () => {
    const { page } = launched;
    await ntscope.createAndStartService("mistakes", "builtin:mistakes");
    await ntscope.openDevice("\\\\.\\Mistakes\\loop-forever");
    const notice = page.getByRole("alert").filter({ hasText: "has not answered" });
    await notice.waitFor();
    // The page itself still does what it is told.
    await ntscope.showPane("Log");
    await ntscope.showPane("Services");
    await notice.getByRole("button", { name: "Stop and restart" }).click();
    await notice.waitFor({ state: "detached" });
    await ntscope.ready();
    await ntscope.showDirectory("\\Device");
    await ntscope.objects("\\Device").locator("[data-row='0'] [data-text]").first().waitFor();
    await ntscope.createAndStartService("hello", "builtin:hello");
    await ntscope.showPane("Log");
    await ntscope.untilLogShows(["Hello, world!"]);
  });
});

describe("a driver that completes a request twice", () => {
  it("stops the machine with a bugcheck in words; a restart of the machine brings it back", async () => {
    const { page } = launched;
    await ntscope.createAndStartService("mistakes", "builtin:mistakes");
    await ntscope.openDevice("\\\\.\\Mistakes\\complete-twice");
    const bugcheck = page.getByRole("alert", { name: "Bugcheck" });
    await bugcheck.waitFor();
    const text = await bugcheck.innerText();
    expect(text).toContain("MULTIPLE_IRP_COMPLETE_REQUESTS (0x00000044)");
    expect(text).toMatch(/completed|twice/i);
    expect(text).toContain("mistakes");
    await launched.screenshot("bugcheck");
    await bugcheck.getByRole("button", { name: "Restart machine" }).click();
    await bugcheck.waitFor({ state: "detached" });
    await ntscope.createAndStartService("example", "builtin:example");
  });
});

describe("an engine that is killed", () => {
  it("is said to be gone, and a click brings a new one", async () => {
    const { page } = launched;
    const status = await page.evaluate(() => window.ntscope.call("engine.status", null));
    if (!status.ok || status.value.kind !== "running") throw new Error("The engine does not run.");
    process.kill(status.value.processId, "SIGKILL");
    const notice = page.getByRole("alert").filter({ hasText: "The engine stopped (exit code 9" });
    await notice.getByRole("button", { name: "Restart engine" }).click();
    await notice.waitFor({ state: "detached" });
    await ntscope.ready();
    await ntscope.showDirectory("\\Driver");
    await ntscope.createAndStartService("example", "builtin:example");
  });
});
