/** The structure view: fields of objects in the model's memory, the way along pointers, and what changes while one looks. */
import { describe, expect, it } from "vitest";
import { ConsolePage } from "./harness/consolePage";
import type { NtscopePage } from "./harness/ntscopePage";
import { withWindow } from "./harness/withWindow";

let ntscope: NtscopePage;
withWindow(async (window) => {
  ntscope = window.ntscope;
  await ntscope.createAndStartService("example", "builtin:example");
});

const pane = () => ntscope.pane("Structures");
const fields = (type: string) => pane().getByRole("grid", { name: `Fields of ${type}` });
const field = (type: string, name: string) => ntscope.row(fields(type), name);

/** A field that may be below the edge. */
async function scrolledTo(type: string, name: string) {
  await fields(type).locator("[data-row]").first().waitFor();
  return ntscope.scrollToRow(fields(type), name);
}

async function show(type: string, where: string): Promise<void> {
  await ntscope.chooseMenu("view.structure");
  await pane().getByLabel("Type of the structure").fill(type);
  await pane().getByLabel("Address or path").fill(where);
  await pane().getByLabel("Address or path").press("Enter");
}

describe("showing", () => {
  it("says what to do at first, and has an example", async () => {
    await ntscope.chooseMenu("view.structure");
    await pane().getByText("Look into the machine's memory").waitFor();
    await pane().getByRole("button", { name: "DEVICE_OBJECT of \\Device\\Null" }).click();
    await field("DEVICE_OBJECT", "DriverObject").filter({ hasText: "\\Driver\\Null" }).waitFor();
  });

  it("shows offset, value and meaning, and a flag in words once it is selected", async () => {
    await show("device_object", "\\Device\\Example");
    const flags = field("DEVICE_OBJECT", "Flags");
    await flags.filter({ hasText: "+0x030" }).filter({ hasText: "DO_DEVICE_HAS_NAME" }).click();
    await pane().locator(".structureField").getByText("DO_DEVICE_HAS_NAME").waitFor();
  });

  it("shows the layout alone without a place", async () => {
    await show("IRP", "");
    const routine = await scrolledTo("IRP", "CancelRoutine");
    await routine.filter({ hasText: "+0x068" }).filter({ hasText: "pointer" }).waitFor();
  });

  it("filters the fields by name, value and meaning", async () => {
    await pane().getByLabel("Filter fields").fill("fileobject");
    await field("IRP", "OriginalFileObject").waitFor();
    await field("IRP", "Type").waitFor({ state: "detached" });
    await pane().getByLabel("Filter fields").fill("no such field");
    await pane().getByText("No field matches the filter").waitFor();
    await pane().getByLabel("Filter fields").fill("");
  });

  it("says what is wrong with a type or a place", async () => {
    await show("NO_SUCH_THING", "");
    await pane().getByText('There is no structure "NO_SUCH_THING" here.').waitFor();
    await show("IRP", "\\Device\\NoSuchDevice");
    await pane().getByText("STATUS_OBJECT_NAME_NOT_FOUND").waitFor();
    await show("IRP", "0x10");
    await pane().locator(".structureUnread").first().waitFor();
  });

  it("unfolds an array", async () => {
    await show("DRIVER_OBJECT", "\\Driver\\example");
    const routines = await scrolledTo("DRIVER_OBJECT", "MajorFunction");
    await routines.filter({ hasText: "28 elements" }).getByRole("button").click();
    const second = await scrolledTo("DRIVER_OBJECT", "[1]");
    await second.filter({ hasText: "+0x078" }).filter({ hasText: "example!" }).waitFor();
    await field("DRIVER_OBJECT", "MajorFunction").getByRole("button").click();
    await field("DRIVER_OBJECT", "[1]").waitFor({ state: "detached" });
  });
});

describe("pointers", () => {
  it("lead on, and back and forward", async () => {
    await show("DEVICE_OBJECT", "\\Device\\Example");
    await field("DEVICE_OBJECT", "DriverObject").getByRole("button").click();
    await field("DRIVER_OBJECT", "DriverSize").waitFor();
    await pane().getByRole("button", { name: "Back" }).click();
    await field("DEVICE_OBJECT", "NextDevice").waitFor();
    await pane().getByRole("button", { name: "Forward" }).click();
    await field("DRIVER_OBJECT", "DriverSize").waitFor();
  });

  it("ask for a type where nobody knows what lies there", async () => {
    await show("DEVICE_OBJECT", "\\Device\\Example");
    const extension = await scrolledTo("DEVICE_OBJECT", "DeviceExtension");
    await extension.getByRole("button").click();
    await pane().getByText("What lies at 0x").waitFor();
    await pane().getByLabel("Type of the structure").fill("LIST_ENTRY");
    await pane().getByLabel("Type of the structure").press("Enter");
    await field("LIST_ENTRY", "Flink").waitFor();
  });

  it("are followed with Enter on the row", async () => {
    await show("DEVICE_OBJECT", "\\Device\\Example");
    await field("DEVICE_OBJECT", "DriverObject").click({ position: { x: 20, y: 8 } });
    await fields("DEVICE_OBJECT").press("Enter");
    await field("DRIVER_OBJECT", "DriverSize").waitFor();
  });
});

describe("ways here", () => {
  it("is the object's context menu", async () => {
    await ntscope.showDirectory("\\Device");
    const row = await ntscope.scrollToRow(ntscope.objects("\\Device"), "Example");
    await ntscope.chooseContextMenu(row, "object.structure");
    await pane().locator(".structureHead").getByText("\\Device\\Example").waitFor();
    await field("DEVICE_OBJECT", "NextDevice").waitFor();
  });

  it("is an address in the properties", async () => {
    await ntscope.chooseMenu("object.properties");
    const properties = ntscope.pane("Properties");
    await properties.locator("[data-field=header]").getByRole("button").click();
    await pane().locator(".structureHead").getByText("OBJECT_HEADER").waitFor();
    await field("OBJECT_HEADER", "PointerCount").waitFor();
  });
});

describe("live values", () => {
  it("follow the machine, and those that changed stand out", async () => {
    await show("DEVICE_OBJECT", "\\Device\\Example");
    const references = field("DEVICE_OBJECT", "ReferenceCount");
    await references.locator("[data-text='0']").waitFor();
    // Side by side, since what is behind a tab is not kept fresh.
    const device = new ConsolePage(ntscope);
    expect(await device.open("\\\\.\\Example")).toMatchObject({ status: "STATUS_SUCCESS" });
    await ntscope.chooseMenu("view.structure");
    await references.locator("[data-text='1']").waitFor();
    await fields("DEVICE_OBJECT").locator(".structureChanged").filter({ hasText: "ReferenceCount" }).waitFor();
    await ntscope.raiseLowerPanes();
    await ntscope.screenshots("structures");
  });

  it("stay as they are once they are stopped", async () => {
    await pane().getByRole("button", { name: /^Live/ }).click();
    await pane()
      .getByRole("button", { name: /^Stopped/ })
      .waitFor();
    const device = ntscope.pane("Device Console");
    await ntscope.showPane("Device Console");
    await device.getByRole("button", { name: "Close h1" }).click();
    await device
      .getByText("No open handle")
      .or(device.getByRole("row").filter({ hasText: "close" }))
      .first()
      .waitFor();
    await ntscope.chooseMenu("view.structure");
    await field("DEVICE_OBJECT", "ReferenceCount").locator("[data-text='1']").waitFor();
    await pane().getByRole("button", { name: "Refresh" }).click();
    await field("DEVICE_OBJECT", "ReferenceCount").locator("[data-text='0']").waitFor();
  });
});
