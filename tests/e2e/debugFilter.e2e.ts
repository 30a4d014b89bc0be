/** The debug print filter: a message that it holds back is in no log, and the window says so. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { ConsolePage } from "./harness/consolePage";
import { type LaunchedApp, launchApp } from "./harness/launch";
import { LogPage } from "./harness/logPage";
import { NtscopePage } from "./harness/ntscopePage";

let launched: LaunchedApp;
let ntscope: NtscopePage;
let device: ConsolePage;
beforeAll(async () => {
  launched = await launchApp();
  ntscope = new NtscopePage(launched);
  device = new ConsolePage(ntscope);
  await ntscope.ready();
  await ntscope.createAndStartService("example", "builtin:example");
});
afterAll(async () => {
  await launched.close();
});

const filter = () => ntscope.pane("Debug Print Filter");

it("lets a driver developer's DEFAULT through at first", async () => {
  await ntscope.chooseMenu("view.debugFilter");
  await filter().getByText("Nothing held back so far").waitFor();
  expect(await filter().getByLabel("DEFAULT Info").isChecked()).toBe(true);
});

it("holds back what is switched off, and says how much", async () => {
  await filter().getByLabel("DEFAULT Info").click();
  await ntscope.row(filter().getByRole("grid"), "DEFAULT").filter({ hasText: "0x7" }).waitFor();
  await device.open("\\\\.\\Example");
  await device.close("h1");
  await ntscope.statusBar.getByText("3 masked").click();
  await filter().getByText("3 messages held back").waitFor();
  await ntscope.showPane("Log");
  await ntscope.pane("Log").getByText("3 messages were dropped by the machine's debug print filter").waitFor();
  expect(await ntscope.logTexts()).toEqual([]);
});

it("lets it through again, from the log's own link to the masks", async () => {
  await ntscope.pane("Log").getByRole("button", { name: "Debug print filter" }).click();
  await filter().getByLabel("DEFAULT Info").click();
  await ntscope.row(filter().getByRole("grid"), "DEFAULT").filter({ hasText: "0xF" }).waitFor();
  await device.open("\\\\.\\Example");
  await ntscope.showPane("Log");
  await new LogPage(ntscope).untilOnly(["userspace opened the device"]);
  await ntscope.statusBar.getByText("3 masked").waitFor();
});
