/** Through the namespace by keyboard alone: panes, lists, paths, links, and the properties of several objects. */
import { describe, expect, it } from "vitest";
import type { LaunchedApp } from "./harness/launch";
import type { NtscopePage } from "./harness/ntscopePage";
import { withWindow } from "./harness/withWindow";

let launched: LaunchedApp;
let ntscope: NtscopePage;
withWindow(async (window) => {
  ({ launched, ntscope } = window);
  await ntscope.createAndStartService("example", "builtin:example");
});

const press = (key: string) => launched.page.keyboard.press(key);
const selected = (directory: string, name: string) =>
  ntscope.row(ntscope.objects(directory), name).and(launched.page.locator("[aria-selected=true]"));

/** The focus moves in the frame after the key. */
const listHasKeyboard = () =>
  launched.page.waitForFunction(() => document.activeElement?.getAttribute("role") === "grid");

async function goTo(path: string): Promise<void> {
  await press("Alt+d");
  await launched.page.keyboard.type(path);
  await press("Enter");
}

describe("the path box", () => {
  it("takes a DOS path to its object", async () => {
    await goTo("\\\\.\\Example");
    await selected("\\Device", "Example").waitFor();
  });

  it("shows the hop where a path's look-up ended, and closes with Escape", async () => {
    await goTo("\\DosDevices\\NoSuch");
    const failure = launched.page.getByRole("alert").filter({ hasText: "Looked up" });
    await failure.waitFor();
    await failure.getByText("link to \\??").waitFor();
    expect(await failure.locator("tr[data-failed]").innerText()).toMatch(/STATUS_/);
    await press("Escape");
    await failure.waitFor({ state: "detached" });
    await press("Escape");
    await listHasKeyboard();
  });
});

describe("lists", () => {
  it("go into a directory, up again and to a link's target", async () => {
    await goTo("\\");
    await ntscope.objects("\\").waitFor();
    await listHasKeyboard();
    await launched.page.keyboard.type("glo");
    await selected("\\", "GLOBAL??").waitFor();
    await press("Enter");
    await ntscope.objects("\\GLOBAL??").waitFor();
    await launched.page.keyboard.type("exam");
    await selected("\\GLOBAL??", "Example").waitFor();
    await press("Control+ArrowRight");
    await selected("\\Device", "Example").waitFor();
    await press("Alt+ArrowUp");
    await selected("\\", "Device").waitFor();
    await press("Alt+ArrowLeft");
    await ntscope.objects("\\Device").waitFor();
  });

  it("are filtered as one types, and say how many are left", async () => {
    await press("Control+k");
    await launched.page.keyboard.type("exampl");
    const count = launched.page.locator(".pathBar output").filter({ hasText: /^1 of \d+$/ });
    await count.waitFor();
    await press("Enter");
    await listHasKeyboard();
    await press("Home");
    await selected("\\Device", "Example").waitFor();
    await press("Control+k");
    await press("Escape");
    await count.waitFor({ state: "detached" });
    await press("Escape");
  });
});

describe("panes", () => {
  it("take the keyboard in turn with F6 and Shift+F6", async () => {
    const active = () =>
      launched.page.evaluate(() => document.activeElement?.closest("[data-pane]")?.getAttribute("data-pane"));
    const untilActive = (pane: string) =>
      launched.page.waitForFunction(
        (wanted) => document.activeElement?.closest("[data-pane]")?.getAttribute("data-pane") === wanted,
        pane,
      );
    await press("Control+1");
    await untilActive("objects");
    await press("Shift+F6");
    await untilActive("tree");
    await press("F6");
    await untilActive("objects");
    await press("Control+2");
    await untilActive("log");
    expect(await active()).toBe("log");
  });
});

describe("properties", () => {
  const tab = (name: string) => launched.page.locator(".dv-tab").filter({ hasText: name });
  const pane = (path: string) => launched.page.locator(`[data-pane=${JSON.stringify(`properties:${path}`)}]`);

  it("of several objects stay open, each with its own", async () => {
    await goTo("\\Device\\Example");
    await selected("\\Device", "Example").waitFor();
    await press("Alt+Enter");
    await pane("\\Device\\Example").getByRole("tab", { name: "Device", exact: true }).click();
    await pane("\\Device\\Example").getByText("\\Driver\\example").first().waitFor();
    await goTo("\\Device\\Null");
    await selected("\\Device", "Null").waitFor();
    await press("Alt+Enter");
    await pane("\\Device\\Null").getByText("\\Driver\\Null").first().waitFor();
    await tab("Example").click();
    await pane("\\Device\\Example").getByText("\\Driver\\example").first().waitFor();
    expect(await tab("Null").count()).toBe(1);
  });

  it("lead from a device to its driver, and show its routines by name", async () => {
    await pane("\\Device\\Example").getByRole("button", { name: "\\Driver\\example" }).first().click();
    await selected("\\Driver", "example").waitFor();
    await press("Alt+Enter");
    const driver = pane("\\Driver\\example");
    await driver.getByRole("tab", { name: /Major functions/i }).click();
    const create = ntscope.row(driver, "IRP_MJ_CREATE");
    await create.waitFor();
    expect(await create.innerText()).toMatch(/example!/);
    // The framework sets every routine; what an in-box driver left out is the I/O manager's own.
    await goTo("\\Driver\\Null");
    await selected("\\Driver", "Null").waitFor();
    await press("Alt+Enter");
    const plain = pane("\\Driver\\Null");
    await plain.getByRole("tab", { name: /Major functions/i }).click();
    const unset = ntscope.row(plain, "IRP_MJ_CREATE_NAMED_PIPE");
    await unset.filter({ hasText: "nt!IopInvalidDeviceRequest" }).waitFor();
  });
});
