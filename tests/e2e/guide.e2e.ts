/** A newcomer's first minute: three clicks from a fresh profile to a driver's three lines. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LaunchedApp, launchApp } from "./harness/launch";
import { LogPage } from "./harness/logPage";
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

const guide = () => ntscope.pane("Getting Started");

it("is there at the first start, with its steps in order", async () => {
  await guide().getByRole("button", { name: "Load the driver" }).waitFor();
  expect(await guide().getByRole("button", { name: "Show its device" }).isDisabled()).toBe(true);
  expect(await guide().getByRole("button", { name: "Open device to query" }).isDisabled()).toBe(true);
});

it("leads to three lines with three clicks", async () => {
  await guide().getByRole("button", { name: "Load the driver" }).click();
  await ntscope
    .row(ntscope.objects("\\Device"), "Example")
    .and(launched.page.locator("[aria-selected=true]"))
    .waitFor();
  await launched.screenshot("guide");
  await guide().getByRole("button", { name: "Show its device" }).click();
  await launched.page.locator(".dv-tab").filter({ hasText: "Example" }).waitFor();
  expect(await ntscope.logTexts()).toEqual([]);
  await ntscope.showPane("Getting Started");
  await guide().getByRole("button", { name: "Open device to query" }).click();
  await new LogPage(ntscope).untilOnly([
    "userspace opened the device",
    "device is no longer in use by userspace",
    "userspace closed the device",
  ]);
  await guide().getByText("That is the whole round").waitFor();
});

it("is gone once it was closed, and comes back with F1", async () => {
  await guide().getByRole("button", { name: "Close" }).click();
  await guide().waitFor({ state: "detached" });
  await launched.page.keyboard.press("F1");
  await guide().getByRole("button", { name: "Load the driver" }).waitFor();
});
