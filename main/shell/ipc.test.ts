import path from "node:path";
import type { IpcMainEvent, IpcMainInvokeEvent } from "electron";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callChannel, connectEngineChannel } from "../../preload/channels";
import { registerShellIpc, ShellError, type ShellHandlers } from "./ipc";
import { defaultSettings } from "./settingsSchema";

interface Frame {
  url: string;
  parent?: Frame | null;
}

function makePage(over: Partial<ShellHandlers> = {}) {
  const handled: unknown[] = [];
  const logged: string[] = [];
  let invoke: ((event: IpcMainInvokeEvent, verb: unknown, params: unknown) => Promise<unknown>) | undefined;
  let connect: ((event: IpcMainEvent) => void) | undefined;
  const connections: string[] = [];
  const senders: string[] = [];
  const handlers = new Proxy(over as ShellHandlers, {
    get: (own, verb: keyof ShellHandlers) =>
      own[verb] ??
      ((params: unknown, machine: string) => {
        handled.push([verb, params, machine]);
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
      hasMachine: (id) => id === "m2",
      connectEngine: (machine) => connections.push(machine),
      onSender: (machine) => senders.push(machine),
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
    senders,
    call: (verb: unknown, params: unknown, frame: Frame | null = mainFrame) => invoke?.(event(frame), verb, params),
    connect: (frame: Frame | null = mainFrame) => connect?.(event(frame) as unknown as IpcMainEvent),
  };
}

describe("registerShellIpc", () => {
  it("answers the window's own page", async () => {
    const page = makePage({ "settings.get": () => defaultSettings() });
    expect(await page.call("settings.get", null)).toEqual({ ok: true, value: defaultSettings() });
    page.connect();
    expect(page.connections()).toEqual(["first"]);
    expect(page.senders).toEqual(["first", "first"]);
  });

  it("answers a frame for its own machine", async () => {
    const page = makePage();
    const frame = { url: "app://bundle/index.html?machine=m2", parent: page.mainFrame };
    expect(await page.call("engine.restart", null, frame)).toEqual({ ok: true, value: null });
    page.connect(frame);
    expect([page.handled, page.connections(), page.senders]).toEqual([
      [["engine.restart", null, "m2"]],
      ["m2"],
      ["m2", "m2"],
    ]);
  });

  it("denies frames that are not ours, or of no machine, or not right below the page", async () => {
    const page = makePage();
    const ours = { url: "app://bundle/index.html?machine=m2", parent: page.mainFrame };
    const frames: Frame[] = [
      { ...ours, url: "app://bundle/index.html" },
      { ...ours, url: "app://bundle/index.html?machine=" },
      { ...ours, url: "app://bundle/index.html?machine=m3" },
      { ...ours, url: "app://bundle/index.html?machine=first" },
      { ...ours, url: "app://other/index.html?machine=m2" },
      { ...ours, url: "https://bundle/?machine=m2" },
      { ...ours, url: "about:srcdoc" },
      { ...ours, url: "" },
      { ...ours, parent: null },
      { ...ours, parent: { ...ours } },
    ];
    for (const frame of frames) {
      expect([frame.url, await page.call("app.quit", null, frame)]).toMatchObject([frame.url, { ok: false }]);
      page.connect(frame);
    }
    // Our own page, but framed by another.
    page.mainFrame.url = "https://example.com/";
    expect(await page.call("app.quit", null, ours)).toMatchObject({ ok: false, error: { name: "denied" } });
    expect([page.handled, page.connections(), page.senders]).toEqual([[], [], []]);
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
    expect([page.handled, page.connections(), page.senders]).toEqual([[], [], []]);
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
    ["dialog.save", { suggestedName: "x", format: "exe" }],
    ["dialog.save", { suggestedName: "x", format: "csv", path: "/etc/passwd" }],
    ["menu.popup", { commands: [] }],
    ["menu.popup", { commands: ["toString"] }],
    ["menu.popup", { commands: ["edit.copy"], x: Number.NaN }],
    ["menu.state", { enabled: { nothing: true }, checked: {} }],
    ["menu.state", { enabled: { "edit.copy": 1 }, checked: {} }],
    ["machines.open", { machine: { kind: "model" } }],
    ["machines.open", { machine: { kind: "snapshot" }, place: "tab" }],
    ["machines.open", { machine: { kind: "wine", prefix: "relative" }, place: "tab" }],
    ["machines.open", { machine: { kind: "agent", address: "a:1" }, place: "here" }],
    ["machines.open", { machine: { kind: "agent", pairing: { host: "a", port: 1 } }, place: "here" }],
    ["machines.open", { machine: { kind: "model" }, place: "there" }],
    ["machines.close", {}],
    ["machines.activate", { step: 2 }],
    ["machines.activate", { id: "first", step: 1 }],
    ["machines.describe", { name: "x", state: "well" }],
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
      ["machines.open", { machine: { kind: "wine", prefix: path.resolve("/p"), make: true }, place: "tab" }],
      ["machines.open", { machine: { kind: "pairing", line: "ntscope-agent:h:1:k" }, place: "here" }],
      ["machines.activate", { step: -1 }],
    ];
    for (const [verb, params] of calls) expect(await page.call(verb, params)).toEqual({ ok: true, value: null });
    expect(page.handled).toEqual(calls.map((call) => [...call, "first"]));
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

describe("a frame that is gone when its call arrives", () => {
  it("is denied like any other that is not ours", async () => {
    const page = makePage();
    const gone = new Proxy({} as Frame, {
      get() {
        throw new Error("Render frame was disposed before WebFrameMain could be accessed");
      },
    });
    expect(await page.call("settings.get", null, gone)).toMatchObject({ ok: false, error: { name: "denied" } });
    expect(() => page.connect(gone)).not.toThrow();
    expect([page.handled, page.connections()]).toEqual([[], []]);
  });
});
