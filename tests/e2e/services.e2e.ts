/** Driver services: what Win32 refuses is said in words, and the pane goes on. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LaunchedApp, launchApp } from "./harness/launch";
import { NtscopePage } from "./harness/ntscopePage";

let launched: LaunchedApp;
let ntscope: NtscopePage;
beforeAll(async () => {
  launched = await launchApp();
  ntscope = new NtscopePage(launched);
  await ntscope.ready();
  await ntscope.showPane("Services");
});
afterAll(async () => {
  await launched.close();
});

const pane = () => ntscope.pane("Services");
const button = (name: string) => pane().getByRole("button", { name });
const failure = () => pane().getByRole("alert");

describe("creating", () => {
  it("keeps the dialog open with Win32's error until the name is free", async () => {
    await ntscope.createAndStartService("demo-first", "builtin:example");
    await pane().getByLabel("Filter services").fill("demo-");
    await button("Create").click();
    const dialog = launched.page.getByRole("dialog", { name: "Create driver service" });
    await dialog.getByLabel("Service name").fill("DEMO-FIRST");
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.getByText("ERROR_SERVICE_EXISTS").waitFor();
    await dialog.getByText("A service of that name exists already.").waitFor();
    await dialog.getByLabel("Service name").fill("a/b");
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.getByText("ERROR_INVALID_NAME").waitFor();
    await dialog.getByLabel("Service name").fill("demo-second");
    await dialog.getByLabel("Start it at once").uncheck();
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.waitFor({ state: "detached" });
    await ntscope.serviceState("demo-second", "STOPPED").waitFor();
  });

  it("takes a driver that is not there, as sc does, and says so when it is started", async () => {
    await button("Create").click();
    const dialog = launched.page.getByRole("dialog", { name: "Create driver service" });
    await dialog.getByLabel("Service name").fill("demo-nowhere");
    await dialog.getByLabel("Driver (binPath)").fill("C:\\no\\such.sys");
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.waitFor({ state: "detached" });
    await failure().getByText("Start demo-nowhere:").waitFor();
    await failure().getByText("ERROR_PATH_NOT_FOUND").waitFor();
    await ntscope.serviceState("demo-nowhere", "STOPPED").waitFor();
  });
});

describe("starting and stopping", () => {
  it("says why a driver cannot be loaded a second time", async () => {
    await ntscope.row(pane().getByRole("grid"), "demo-second").click();
    await button("Start service").click();
    await failure().getByText("Start demo-second:").waitFor();
    await failure().getByText("ERROR_SERVICE_ALREADY_RUNNING").waitFor();
    await ntscope.serviceState("demo-second", "STOPPED").waitFor();
  });

  it("offers only what a service's state allows", async () => {
    await ntscope.row(pane().getByRole("grid"), "demo-first").click();
    expect(await button("Start service").isDisabled()).toBe(true);
    await button("Stop service").click();
    await ntscope.serviceState("demo-first", "STOPPED").waitFor();
    expect(await button("Stop service").isDisabled()).toBe(true);
    // The failure was about the try before.
    await failure().waitFor({ state: "detached" });
    await ntscope.row(pane().getByRole("grid"), "demo-second").click();
    await button("Start service").click();
    await ntscope.serviceState("demo-second", "RUNNING").waitFor();
  });
});

describe("deleting", () => {
  it("takes a stopped service away", async () => {
    await ntscope.row(pane().getByRole("grid"), "demo-nowhere").click();
    await button("Delete service").click();
    await ntscope.serviceState("demo-nowhere", "STOPPED").waitFor({ state: "detached" });
  });

  it("marks a running one, which goes when it stops", async () => {
    await ntscope.row(pane().getByRole("grid"), "demo-second").click();
    await ntscope.chooseContextMenu(ntscope.serviceState("demo-second", "RUNNING"), "service.delete");
    await ntscope.serviceState("demo-second", "RUNNING").filter({ hasText: "to be deleted" }).waitFor();
    await button("Stop service").click();
    await ntscope.row(pane().getByRole("grid"), "demo-second").waitFor({ state: "detached" });
  });
});
