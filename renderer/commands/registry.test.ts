import { afterEach, describe, expect, it } from "vitest";
import { useNotices } from "../frame/notices";
import {
  type CommandHandlers,
  commandTitle,
  isCommandChecked,
  isCommandEnabled,
  onCommandsChanged,
  provideCommands,
  runCommand,
  setActiveScope,
  windowScope,
} from "./registry";

const provided: { dispose(): void }[] = [];

function provide(scope: string, handlers: CommandHandlers): { dispose(): void } {
  const handle = provideCommands(scope, handlers);
  provided.push(handle);
  return handle;
}

afterEach(() => {
  for (const handle of provided.splice(0)) handle.dispose();
  setActiveScope(windowScope);
  useNotices.setState({ notices: [] });
});

describe("the command registry", () => {
  it("has nothing to run until someone provides it, and nothing after", () => {
    expect(isCommandEnabled("view.refresh")).toBe(false);
    expect(runCommand("view.refresh")).toBe(false);
    const handle = provide(windowScope, { "view.refresh": { run: () => undefined } });
    expect(isCommandEnabled("view.refresh")).toBe(true);
    handle.dispose();
    expect(isCommandEnabled("view.refresh")).toBe(false);
  });

  it("prefers the active pane to the window, and ignores panes that are not active", () => {
    const ran: string[] = [];
    provide(windowScope, { "edit.find": { run: () => void ran.push("window") } });
    provide("log", { "edit.find": { run: () => void ran.push("log") } });
    runCommand("edit.find");
    setActiveScope("log");
    runCommand("edit.find");
    setActiveScope("services");
    runCommand("edit.find");
    expect(ran).toEqual(["window", "log", "window"]);
  });

  it("does not fall back to the window where the pane's own command is disabled", () => {
    provide(windowScope, { "edit.copy": { run: () => undefined } });
    provide("log", { "edit.copy": { run: () => undefined, isEnabled: () => false } });
    setActiveScope("log");
    expect(isCommandEnabled("edit.copy")).toBe(false);
  });

  it("asks a handler for its tick", () => {
    let capturing = true;
    provide(windowScope, { "log.capture": { run: () => undefined, isChecked: () => capturing } });
    expect(isCommandChecked("log.capture")).toBe(true);
    capturing = false;
    expect(isCommandChecked("log.capture")).toBe(false);
  });

  it("tells of every change that can change the menu", () => {
    let told = 0;
    provided.push(
      onCommandsChanged(() => {
        told += 1;
      }),
    );
    const handle = provide("log", { "log.clear": { run: () => undefined } });
    setActiveScope("log");
    handle.dispose();
    expect(told).toBe(3);
  });

  it("shows a command that fails as a notice", async () => {
    provide(windowScope, { "view.refresh": { run: () => Promise.reject(new Error("no engine")) } });
    const shown = new Promise<void>((resolve) => {
      const stop = useNotices.subscribe(() => {
        stop();
        resolve();
      });
    });
    runCommand("view.refresh");
    await shown;
    expect(useNotices.getState().notices).toMatchObject([{ kind: "error", text: "Refresh failed" }]);
  });

  it("gives titles without the menu's mnemonics", () => {
    expect(commandTitle("view.themeSystem")).toBe("Theme: System");
  });
});
