/** "Contexts and Pools" in the window: two pairs of programs side by side, over the driver that connects them. */
import { expect, it } from "vitest";
import type { LaunchedApp } from "./harness/launch";
import type { NtscopePage } from "./harness/ntscopePage";
import { ProgramPage } from "./harness/programPage";
import { withWindow } from "./harness/withWindow";

let launched: LaunchedApp;
let ntscope: NtscopePage;
let hello2: ProgramPage;
let hello3: ProgramPage;
let temp2: ProgramPage;
let temp3: ProgramPage;

withWindow(async (opened) => {
  ({ launched, ntscope } = opened);
  const window = await launched.app.browserWindow(launched.page);
  await window.evaluate((shown) => shown.setSize(1500, 900));
  await ntscope.createAndStartService("example", "builtin:poor-mans-pipes");
});

it("gives each program a pane of its own, with its process in the title", async () => {
  hello2 = await ProgramPage.run(ntscope, "usedriver2", "HELLO");
  hello3 = await ProgramPage.run(ntscope, "usedriver3", "hello");
  temp2 = await ProgramPage.run(ntscope, "usedriver2", "Temp");
  temp3 = await ProgramPage.run(ntscope, "usedriver3", "TEMP");
  expect(hello2.title).toMatch(/^usedriver2 HELLO \(\d+\)$/);
  expect(new Set([hello2, hello3, temp2, temp3].map(({ title }) => title.replace(/\D+/g, " "))).size).toBe(4);
  await hello2.untilShows(["opened \\\\.\\Example\\HELLO"]);
  await temp3.untilShows(["opened \\\\.\\Example\\TEMP"]);
  for (const { pane } of [hello2, hello3, temp2, temp3]) expect(await pane.isVisible()).toBe(true);
});

it("lets each pair talk, and no pair hear the other", async () => {
  await hello2.type("Hello, world!");
  await temp2.type("Only for Temp");
  await hello3.type("");
  await temp3.type("");
  await hello3.untilShows(["opened \\\\.\\Example\\hello", "> ", "read 14 bytes: Hello, world!"]);
  await temp3.untilShows(["opened \\\\.\\Example\\TEMP", "> ", "read 14 bytes: Only for Temp"]);
  await hello2.type("first");
  await hello2.type("second");
  await hello2.untilShows([
    "opened \\\\.\\Example\\HELLO",
    "> Hello, world!",
    "wrote 14 of 14 bytes",
    "> first",
    "wrote 6 of 6 bytes",
    "> second",
    "wrote 7 of 7 bytes",
  ]);
  await hello3.type("");
  await hello3.type("");
  await hello3.untilShows([
    "opened \\\\.\\Example\\hello",
    "> ",
    "read 14 bytes: Hello, world!",
    "> ",
    "read 13 bytes: first",
    "> ",
    "read 0 bytes: ",
  ]);
  await ntscope.screenshots("poor-mans-pipes");
});

it("brings earlier lines back, and shows control characters without obeying them", async () => {
  const field = temp2.pane.getByLabel("Line to type");
  await temp2.type("\u001b[2J\u202egnol");
  await field.press("ArrowUp");
  await field.press("ArrowUp");
  expect(await field.inputValue()).toBe("Only for Temp");
  await field.press("ArrowDown");
  await field.press("ArrowDown");
  expect(await field.inputValue()).toBe("");
  await temp3.type("");
  await temp3.untilShows([
    "opened \\\\.\\Example\\TEMP",
    "> ",
    "read 14 bytes: Only for Temp",
    "> ",
    "read 12 bytes: ␛[2J\\u{202E}gnol",
  ]);
});

it("ends with its input, with Stop, and with its pane; and runs again", async () => {
  await temp2.press("End Input");
  await temp2.untilState("Ended with exit code 0");
  await temp3.press("Stop");
  await temp3.untilState("Ended with exit code 0xC000013A (stopped)");
  await temp3.press("Run Again");
  await temp3.untilShows(["opened \\\\.\\Example\\TEMP"]);
  for (const program of [hello2, hello3, temp2, temp3]) await program.close();
  // No program has the device open any more: the driver can be stopped, and goes at once.
  const services = await ntscope.showPane("Services");
  await ntscope.serviceState("example", "RUNNING").click();
  await services.getByRole("button", { name: "Stop" }).click();
  await ntscope.serviceState("example", "STOPPED").waitFor();
});

it("says in the pane that the device is not there", async () => {
  const program = await ProgramPage.run(ntscope, "example-user");
  await program.untilShows([
    'Error: Os { code: 2, kind: NotFound, message: "The system cannot find the file specified." }',
  ]);
  await program.untilState("Ended with exit code 1");
});
