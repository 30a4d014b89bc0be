/** The device console against the driver of the article "Reading and Writing": what was asked, what came back. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConsolePage } from "./harness/consolePage";
import { type LaunchedApp, launchApp } from "./harness/launch";
import { NtscopePage } from "./harness/ntscopePage";

let launched: LaunchedApp;
let ntscope: NtscopePage;
let device: ConsolePage;
beforeAll(async () => {
  launched = await launchApp();
  ntscope = new NtscopePage(launched);
  device = new ConsolePage(ntscope);
  await ntscope.ready();
  await ntscope.createAndStartService("example", "builtin:example-rw");
  await ntscope.showPane("Device Console");
});
afterAll(async () => {
  await launched.close();
});

const answer = () => device.pane.getByRole("region", { name: "Answer" });

describe("a handle to read and write", () => {
  it("writes text and reads it back", async () => {
    expect(await device.open("\\\\.\\Example")).toMatchObject({
      request: "open \\\\.\\Example (rw)",
      handle: "h1",
      status: "STATUS_SUCCESS",
    });
    expect(await device.write("Hello, world!")).toMatchObject({ status: "STATUS_SUCCESS", bytes: "13" });
    expect(await device.read(4096)).toEqual({
      request: "read 4096 bytes",
      handle: "h1",
      status: "STATUS_SUCCESS",
      bytes: "13",
    });
    await device.row(2).click();
    await answer().getByText("Received: 13 bytes").waitFor();
    await answer().getByText("Hello, world!", { exact: true }).waitFor();
    await answer().getByText("48 65 6c 6c 6f 2c 20 77").waitFor();
    await launched.screenshot("console");
  });

  it("writes bytes given in hex, and refuses what is not hex before it is sent", async () => {
    expect(await device.write("48 69 00 ff", "Hex")).toMatchObject({ request: "write 4 bytes", bytes: "4" });
    expect(await device.read(4096)).toMatchObject({ bytes: "4" });
    await device.pane.getByLabel("Data to write").fill("4g");
    expect(await device.pane.getByRole("button", { name: "Write" }).isDisabled()).toBe(true);
  });

  it("says how much of a long write the driver took", async () => {
    expect(await device.write("x".repeat(5000))).toMatchObject({ request: "write 5000 bytes", bytes: "4096" });
    expect(await device.read(10_000)).toMatchObject({ request: "read 10000 bytes", bytes: "4096" });
  });

  it("shows the driver's own refusal", async () => {
    await device.pane.getByLabel("Offset").fill("0x10");
    expect(await device.write("late")).toMatchObject({ status: "STATUS_END_OF_FILE", request: "write 4 bytes at 16" });
    await device.pane.getByLabel("Offset").fill("");
  });

  it("is closed with its chip", async () => {
    expect(await device.close("h1")).toMatchObject({ request: "close", status: "STATUS_SUCCESS" });
    await device.pane.getByRole("toolbar", { name: "Open handles" }).waitFor({ state: "detached" });
    await device.pane.getByLabel("Data to write").waitFor({ state: "detached" });
  });
});

describe("opening", () => {
  it("shows NT's status of a path that leads nowhere, with its sentence", async () => {
    const failed = await device.open("\\\\.\\NoSuchDevice");
    expect(failed).toMatchObject({ status: "STATUS_OBJECT_NAME_NOT_FOUND", bytes: "" });
    await device.answers.locator("[role=row]").filter({ hasText: "NoSuchDevice" }).click();
    await answer().getByText("(0xC0000034)").waitFor();
  });

  it("asks for no more than the access that was chosen", async () => {
    expect(await device.open("\\Device\\Example", "Read")).toMatchObject({ status: "STATUS_SUCCESS" });
    expect(await device.pane.getByRole("button", { name: "Write" }).isDisabled()).toBe(true);
    expect(await device.read(16)).toMatchObject({ status: "STATUS_SUCCESS" });
  });
});

describe("a control code", () => {
  it("takes bytes along and brings the answer back", async () => {
    await ntscope.createAndStartService("methods", "builtin:ioctl-methods");
    await device.open("\\\\.\\IoctlMethods");
    expect(await device.control("0x222000", "01 02 03", 16)).toMatchObject({
      request: "control 0x00222000, 3 bytes",
      status: "STATUS_SUCCESS",
      bytes: "3",
    });
    await device.answers.locator("[role=row]").filter({ hasText: "control 0x00222000" }).click();
    await answer().getByText("Received: 3 bytes").waitFor();
    await answer().getByText("03 02 01").waitFor();
    expect(await device.control("0x222000", "01 02 03", 2)).toMatchObject({ status: "STATUS_BUFFER_TOO_SMALL" });
    expect(await device.control("0x222010", "", 0)).toMatchObject({ status: "STATUS_INVALID_DEVICE_REQUEST" });
  });

  it("is not sent while it is none", async () => {
    for (const code of ["", "0x1222000000", "reverse"]) {
      await device.pane.getByLabel("Control code").fill(code);
      expect(await device.pane.getByRole("button", { name: "Send Code" }).isDisabled()).toBe(true);
    }
  });
});

describe("Open Device", () => {
  it("brings the selected object's path into the console", async () => {
    await ntscope.showDirectory("\\Device");
    const row = await ntscope.scrollToRow(ntscope.objects("\\Device"), "Null");
    await ntscope.chooseContextMenu(row, "object.openDevice");
    await launched.page.waitForFunction(
      () => document.querySelector<HTMLInputElement>("[aria-label='Path of the device']")?.value === "\\Device\\Null",
    );
  });
});
