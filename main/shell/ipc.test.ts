import type { IpcMainEvent, IpcMainInvokeEvent } from "electron";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callChannel, connectEngineChannel } from "../../preload/channels";
import { registerShellIpc, ShellError, type ShellHandlers } from "./ipc";
import { defaultSettings } from "./settingsSchema";

interface Frame {
  url: string;
}

function makePage(over: Partial<ShellHandlers> = {}) {
  const handled: unknown[] = [];
  const logged: string[] = [];
  let invoke: ((event: IpcMainInvokeEvent, verb: unknown, params: unknown) => Promise<unknown>) | undefined;
  let connect: ((event: IpcMainEvent) => void) | undefined;
  let connections = 0;
  const handlers = new Proxy(over as ShellHandlers, {
    get: (own, verb: keyof ShellHandlers) =>
      own[verb] ??
      ((params: unknown) => {
        handled.push([verb, params]);
        return null;
      }),
  });
  registerShellIpc(
    {
      handle(channel, listener) {
        expect(channel).toBe(callChannel);
        invoke = listener;
      },
      on(channel, listener) {
        expect(channel).toBe(connectEngineChannel);
        connect = listener;
      },
    },
    {
      origin: "app://bundle",
      handlers,
      connectEngine: () => connections++,
      log: { write: (level, area, message) => logged.push(`${level} ${area}: ${message}`) },
    },
  );
  const mainFrame: Frame = { url: "app://bundle/index.html" };
  const event = (senderFrame: Frame | null) =>
    ({ senderFrame, sender: { mainFrame } }) as unknown as IpcMainInvokeEvent;
  return {
    mainFrame,
    handled,
    logged,
    connections: () => connections,
    call: (verb: unknown, params: unknown, frame: Frame | null = mainFrame) => invoke?.(event(frame), verb, params),
    connect: (frame: Frame | null = mainFrame) => connect?.(event(frame) as unknown as IpcMainEvent),
  };
}

describe("registerShellIpc", () => {
  it("answers the window's own page", async () => {
    const page = makePage({ "settings.get": () => defaultSettings() });
    expect(await page.call("settings.get", null)).toEqual({ ok: true, value: defaultSettings() });
    page.connect();
    expect(page.connections()).toBe(1);
  });

  it("denies frames inside the page, frames that are gone, and other pages in the window", async () => {
    const page = makePage();
    const denied = { ok: false, error: { name: "denied", message: "Only the window's own page may ask." } };
    expect(await page.call("app.quit", null, { url: "app://bundle/index.html" })).toEqual(denied);
    expect(await page.call("app.quit", null, null)).toEqual(denied);
    for (const url of [
      "app://other/index.html",
      "https://bundle/",
      "data:text/html,x",
      "about:blank",
      "",
      "app:bundle",
    ]) {
      page.mainFrame.url = url;
      expect([url, await page.call("app.quit", null)]).toEqual([url, denied]);
      page.connect();
    }
    expect([page.handled, page.connections()]).toEqual([[], 0]);
    expect(page.logged).toHaveLength(14);
  });

  it.each([
    ["settings.get", {}],
    ["settings.get", undefined],
    ["settings.set", { zoom: 99 }],
    ["settings.set", { theme: "purple" }],
    ["settings.set", { unknown: 1 }],
    ["settings.set", { layout: undefined }],
    ["settings.set", { zoom: undefined }],
    ["clipboard.write", { text: 1 }],
    ["clipboard.write", "text"],
    ["dialog.saveLog", { suggestedName: "x", format: "exe" }],
    ["dialog.saveLog", { suggestedName: "x", format: "csv", path: "/etc/passwd" }],
    ["menu.popup", { commands: [] }],
    ["menu.popup", { commands: ["toString"] }],
    ["menu.popup", { commands: ["edit.copy"], x: Number.NaN }],
    ["menu.state", { enabled: { nothing: true }, checked: {} }],
    ["menu.state", { enabled: { "edit.copy": 1 }, checked: {} }],
    ["window.setTitle", {}],
  ])("refuses %s with %j", async (verb, params) => {
    const page = makePage();
    expect(await page.call(verb, params)).toMatchObject({
      ok: false,
      error: { name: "bad-parameters", message: expect.stringContaining(verb) },
    });
    expect(page.handled).toEqual([]);
  });

  it("lets sound parameters through unchanged", async () => {
    const page = makePage();
    const calls: [string, unknown][] = [
      ["settings.set", { zoom: 1.5, lastPath: "\\Device\\\ud800", layout: { grid: [1, null] } }],
      ["menu.popup", { commands: ["edit.copy", "-", "object.properties"], x: 1, y: 2 }],
      ["menu.state", { enabled: { "edit.copy": false }, checked: { "log.follow": true } }],
    ];
    for (const [verb, params] of calls) expect(await page.call(verb, params)).toEqual({ ok: true, value: null });
    expect(page.handled).toEqual(calls);
  });

  it("has no verbs but the contract's", async () => {
    const page = makePage();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.constantFrom("toString", "__proto__", "constructor"), fc.anything()),
        async (verb) => {
          expect(await page.call(verb, null)).toMatchObject({ ok: false, error: { name: "unknown-verb" } });
        },
      ),
    );
    expect(page.handled).toEqual([]);
  });

  it("tells a failure of its own in words, and only logs what it did not expect", async () => {
    const page = makePage({
      "app.quit": () => {
        throw new ShellError("no-folder", "The folder is gone.");
      },
      "app.info": () => Promise.reject(new TypeError("secret/path")),
    });
    expect(await page.call("app.quit", null)).toEqual({
      ok: false,
      error: { name: "no-folder", message: "The folder is gone." },
    });
    expect(await page.call("app.info", null)).toEqual({
      ok: false,
      error: { name: "internal", message: `"app.info" failed; NtScope's log says more.` },
    });
    expect(page.logged).toEqual([expect.stringContaining("error ipc: app.info: TypeError: secret/path")]);
  });
});
