/**
 * Electron's security checklist, row by row, in the real window (https://www.electronjs.org/docs/latest/tutorial/security).
 * Rows that can't be asked of a running window have unit tests: window options (main/shell/window.test.ts), schemas and
 * the sender check (main/shell/ipc.test.ts). Fuses belong to packaging: docs/decisions/0005-fuses-at-packaging.md.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { contentSecurityPolicy } from "../../main/shell/contentSecurityPolicy";
import { type LaunchedApp, launchApp } from "./harness/launch";
import { NtscopePage } from "./harness/ntscopePage";

let launched: LaunchedApp;
beforeAll(async () => {
  launched = await launchApp();
  // Chromium 114 itself crashes where a page is reloaded while its scripts still come.
  await new NtscopePage(launched).ready();
  await launched.page.waitForLoadState("networkidle");
});
afterAll(async () => {
  await launched.close();
});

describe("1: only local content", () => {
  it("sends no request that leaves the program, from the first byte of the page on", async () => {
    const { app, page } = launched;
    await app.evaluate(({ session }) => {
      const seen: string[] = [];
      Object.assign(globalThis, { requestsSeen: seen });
      session.defaultSession.webRequest.onSendHeaders((request) => seen.push(request.url));
      session.defaultSession.webRequest.onErrorOccurred((request) => seen.push(request.url));
    });
    const urls: string[] = [];
    page.on("request", (request) => urls.push(request.url()));
    await page.reload({ waitUntil: "networkidle" });
    urls.push(...(await app.evaluate(() => (globalThis as unknown as { requestsSeen: string[] }).requestsSeen)));
    expect(urls).toContain("app://bundle/index.html");
    expect(urls.filter((url) => !/^(?:app:\/\/bundle\/|data:|blob:app:)/.test(url))).toEqual([]);
  });
});

describe("2 to 4, 6, 8 to 12: the page's process", () => {
  it("has no Node.js and no Electron", async () => {
    const found = await launched.page.evaluate(() =>
      ["require", "process", "module", "exports", "Buffer", "global", "__dirname", "setImmediate", "electron"].filter(
        (name) => name in globalThis,
      ),
    );
    expect(found).toEqual([]);
  });

  it("is sandboxed and isolated, with web security on and no experiments", async () => {
    const preferences = await launched.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      // In no typings, and the only way to see what a page really runs with.
      return (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
    });
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
    for (const never of [
      "nodeIntegrationInWorker",
      "webviewTag",
      "allowRunningInsecureContent",
      "experimentalFeatures",
      "enableBlinkFeatures",
    ]) {
      expect([never, Boolean(preferences[never])]).toEqual([never, false]);
    }
    expect(preferences.webSecurity ?? true).toBe(true);
  });

  it("has no webview element", async () => {
    expect(await launched.page.evaluate(() => "loadURL" in document.createElement("webview"))).toBe(false);
  });
});

describe("5: permissions", () => {
  it("grants none that a page can ask for", async () => {
    const answers = await launched.page.evaluate(async () => {
      const nameOf = (error: unknown): string =>
        error instanceof Error || error instanceof DOMException ? error.name : "";
      const state = async (name: string): Promise<string> =>
        (await navigator.permissions.query({ name: name as PermissionName })).state;
      return {
        notifications: await Notification.requestPermission(),
        camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => "granted", nameOf),
        geolocation: await new Promise((resolve) => {
          navigator.geolocation.getCurrentPosition(
            () => resolve("granted"),
            (error) => resolve(error.code === error.PERMISSION_DENIED ? "denied" : `other: ${error.message}`),
          );
        }),
        clipboardRead: await navigator.clipboard.readText().then(() => "granted", nameOf),
        states: await Promise.all(["midi", "camera", "microphone", "clipboard-read"].map(state)),
      };
    });
    expect(answers).toEqual({
      notifications: "denied",
      camera: expect.stringMatching(/^Not(?:Allowed|Found)Error$/),
      geolocation: "denied",
      clipboardRead: "NotAllowedError",
      states: ["denied", "denied", "denied", "denied"],
    });
  });

  it("refuses downloads", async () => {
    const { app, page } = launched;
    await app.evaluate(({ session }) => {
      const heard = new Promise((resolve) => {
        session.defaultSession.once("will-download", (event) => resolve(event.defaultPrevented));
      });
      Object.assign(globalThis, { downloadHeard: heard });
    });
    await page.evaluate(() => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["x"]));
      link.download = "x.exe";
      link.click();
    });
    const refused = app.evaluate(() => (globalThis as unknown as { downloadHeard: Promise<boolean> }).downloadHeard);
    expect(await refused).toBe(true);
  });
});

describe("7: content security policy", () => {
  it("comes as a header with every answer", async () => {
    const policies = await launched.page.evaluate(async () => {
      const answers = await Promise.all(["/index.html", "/nothing.js"].map((url) => fetch(url)));
      return answers.map((answer) => [answer.status, answer.headers.get("content-security-policy")]);
    });
    expect(policies).toEqual([
      [200, contentSecurityPolicy],
      [404, contentSecurityPolicy],
    ]);
    launched.problems.expect(/404/);
  });

  it("holds: no eval, no inline script, no frames but its own, nothing from elsewhere", async () => {
    const violated = await launched.page.evaluate(async () => {
      const violations: string[] = [];
      const wanted = ["script-src", "script-src-elem", "frame-src", "img-src", "connect-src"];
      const complete = new Promise<void>((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => {
          violations.push(event.effectiveDirective);
          if (wanted.every((directive) => violations.includes(directive))) resolve();
        });
      });
      // In a task of its own: an evaluation by the test is exempt from the policy.
      const evaluated = new Promise((resolve) => {
        setTimeout(() => {
          try {
            // biome-ignore lint/security/noGlobalEval: this is what must not work
            resolve(globalThis.eval("1"));
          } catch (error) {
            resolve((error as Error).name);
          }
        });
      });
      const script = document.createElement("script");
      script.textContent = "document.body.dataset.inlineRan = 'yes'";
      const frame = document.createElement("iframe");
      frame.src = "https://example.com/";
      const image = document.createElement("img");
      image.src = "https://example.com/x.png";
      document.body.append(script, frame, image);
      const fetched = await fetch("https://example.com/").then(
        () => "fetched",
        () => "refused",
      );
      await complete;
      for (const element of [script, frame, image]) element.remove();
      return { evaluated: await evaluated, inlineRan: document.body.dataset.inlineRan, fetched };
    });
    expect(violated).toEqual({ evaluated: "EvalError", inlineRan: undefined, fetched: "refused" });
    launched.problems.expect(/Content Security Policy|ERR_BLOCKED/);
  });
});

describe("13 and 14: navigation and new windows", () => {
  it.each([
    "app://bundle/index.html",
    "app://bundle/index.html?machine=first",
    "app://bundle/index.html?machine=m99",
    "app://bundle/index.html?machine=m99#m2",
  ])("frames no page of ours for which there is no machine: %s", async (src) => {
    const { app, page } = launched;
    await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const heard = new Promise((resolve) => {
        contents?.once("will-frame-navigate", (event) => resolve([event.isMainFrame, event.defaultPrevented]));
      });
      Object.assign(globalThis, { navigationHeard: heard });
    });
    await page.evaluate((url) => {
      const frame = document.createElement("iframe");
      frame.className = "uninvited";
      frame.src = url;
      document.body.append(frame);
    }, src);
    expect(
      await app.evaluate(() => (globalThis as unknown as { navigationHeard: Promise<boolean[]> }).navigationHeard),
    ).toEqual([false, true]);
    await page.evaluate(() => document.querySelector(".uninvited")?.remove());
  });

  it.each(["https://example.com/", "app://bundle/other.html", "app://other/index.html"])(
    "stays where it is when the page goes to %s",
    async (url) => {
      const { app, page } = launched;
      const before = page.url();
      // Listening must have begun before the page moves: two steps.
      await app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        const heard = new Promise((resolve) => {
          // The first is told of every frame; where it prevents, the second does not come.
          contents?.once("will-frame-navigate", (event) => resolve(event.defaultPrevented));
          contents?.once("will-navigate", (event) => resolve(event.defaultPrevented));
        });
        Object.assign(globalThis, { navigationHeard: heard });
      });
      await page.evaluate((target) => {
        location.href = target;
      }, url);
      const isPrevented = app.evaluate(
        () => (globalThis as unknown as { navigationHeard: Promise<boolean> }).navigationHeard,
      );
      expect([await isPrevented, page.url()]).toEqual([true, before]);
    },
  );

  it.each(["file:///etc/passwd", "data:text/html,x"])("is kept from %s by Chromium before that", async (url) => {
    const { page } = launched;
    const before = page.url();
    const said = page.waitForEvent("console", (message) => message.type() === "error");
    await page.evaluate((target) => {
      location.href = target;
    }, url);
    expect((await said).text()).toMatch(/Not allowed to (?:load local resource|navigate top frame)/);
    expect(page.url()).toBe(before);
    launched.problems.expect(/Not allowed to/);
  });

  it("opens no window, by script or by link", async () => {
    const { app, page } = launched;
    const opened = await page.evaluate(() => {
      const link = Object.assign(document.createElement("a"), { href: "https://example.com/", target: "_blank" });
      link.click();
      return [window.open("https://example.com/"), window.open("app://bundle/index.html"), window.open()];
    });
    expect(opened).toEqual([null, null, null]);
    expect(
      await app.evaluate(
        ({ webContents }) => webContents.getAllWebContents().filter((each) => each.getType() === "window").length,
      ),
    ).toBe(1);
  });
});

describe("18: no file scheme", () => {
  it("serves the bundle's folder alone", async () => {
    const answers = await launched.page.evaluate(async () => {
      const urls = [
        "app://bundle/..%2fpackage.json",
        "app://bundle/%2e%2e/main/index.js",
        "app://other/index.html",
        "file:///etc/passwd",
      ];
      return Promise.all(
        urls.map((url) =>
          fetch(url).then(
            (answer) => answer.status,
            () => "refused",
          ),
        ),
      );
    });
    expect(answers).toEqual([404, 404, "refused", "refused"]);
    launched.problems.expect(/404/);
    launched.problems.expect(/Content Security Policy|Not allowed|Failed to load/);
  });
});

describe("20: the bridge", () => {
  it("is three verbs that the page can't replace", async () => {
    const surface = await launched.page.evaluate(() => {
      const { ntscope } = window;
      const descriptor = Object.getOwnPropertyDescriptor(window, "ntscope");
      return {
        verbs: Object.entries(ntscope).map(([name, value]) => [name, typeof value]),
        isFixed: [descriptor?.writable, descriptor?.configurable, Object.isFrozen(ntscope)],
        prototype: Object.getPrototypeOf(ntscope) === Object.prototype,
      };
    });
    expect(surface).toEqual({
      verbs: [
        ["call", "function"],
        ["on", "function"],
        ["connectEngine", "function"],
      ],
      isFixed: [false, false, true],
      prototype: true,
    });
  });

  it("has no events but the contract's, hands over values alone, and stops when told", async () => {
    const { page } = launched;
    expect(
      await page.evaluate(() =>
        ["ntscope.enginePort", "toString", "__proto__", ""].map((name) => {
          try {
            window.ntscope.on(name as "command", () => undefined);
            return "subscribed";
          } catch (error) {
            return (error as Error).message;
          }
        }),
      ),
    ).toEqual(["ntscope.enginePort", "toString", "__proto__", ""].map((name) => `There is no event "${name}"`));
    const heard = await page.evaluate(async () => {
      const values: unknown[][] = [];
      const stop = window.ntscope.on("settings", (...value: unknown[]) =>
        values.push(value.map((each) => typeof each)),
      );
      const isHeard = new Promise<void>((resolve) => {
        const stopSecond = window.ntscope.on("settings", () => {
          stopSecond();
          resolve();
        });
      });
      await window.ntscope.call("settings.set", { historyLines: 1_000_001 });
      await isHeard;
      stop();
      await window.ntscope.call("settings.set", { historyLines: 1_000_000 });
      return values;
    });
    expect(heard).toEqual([["object"]]);
  });
});

describe("17, 21 and 22: who may ask, and what", () => {
  it("refuses what is not in the contract, in words", async () => {
    const answers = await launched.page.evaluate(async () => {
      const call = window.ntscope.call as (verb: unknown, params: unknown) => Promise<unknown>;
      return [
        await call("shell.exec", { command: "id" }),
        await call("__proto__", null),
        await call({ verb: "app.info" }, null),
        await call("settings.set", { theme: "<b>" }),
        await call("settings.set", { layout: "x".repeat(1_100_000) }),
        await call("clipboard.write", { text: 5 }),
        await call("dialog.save", { suggestedName: "x", format: "csv", folder: "/" }),
        await call("app.openLogFolder", { folder: "/" }),
      ];
    });
    const refusal = (name: string) => ({ ok: false, error: { name, message: expect.any(String) } });
    expect(answers).toEqual([
      ...Array.from({ length: 3 }, () => refusal("unknown-verb")),
      ...Array.from({ length: 5 }, () => refusal("bad-parameters")),
    ]);
  });

  it("answers no other page, even in its own window", async () => {
    const { app, page, userDataDir } = launched;
    const home = page.url();
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.loadURL("data:text/html,<title>other</title>"),
    );
    await page.waitForFunction(() => document.title === "other");
    const denials = () =>
      readFileSync(path.join(userDataDir, "logs", "ntscope.log"), "utf8").match(/warn ipc: denied/g)?.length ?? 0;
    // What the preload script asks for ahead: the settings and the engine's port.
    await vi.waitUntil(() => denials() >= 2, { timeout: 20_000 });
    const before = denials();
    const answer = await page.evaluate(() => {
      window.ntscope.connectEngine();
      return window.ntscope.call("app.info", null);
    });
    expect(answer).toEqual({ ok: false, error: { name: "denied", message: "Only the window's own page may ask." } });
    // The port that was asked for ahead is the one that the page wants, so it is not asked for again.
    expect(denials()).toBe(before + 1);
    await app.evaluate(({ BrowserWindow }, url) => BrowserWindow.getAllWindows()[0]?.loadURL(url), home);
    await page.waitForFunction(() => location.protocol === "app:");
    expect(await page.evaluate(() => window.ntscope.call("app.info", null))).toMatchObject({ ok: true });
  });
});

describe("a further machine's page", () => {
  it("is sandboxed and isolated as the first is, and asks for its own machine alone", async () => {
    const { page } = launched;
    await page.evaluate(() => window.ntscope.call("machines.open", { machine: { kind: "model" }, place: "tab" }));
    const find = () => page.frames().find((frame) => frame.url().endsWith("?machine=m2"));
    const frame = await vi.waitUntil(find, { timeout: 20_000, interval: 20 });
    await new NtscopePage(launched, frame).ready();
    const found = await frame.evaluate(async () => {
      const names = ["require", "process", "module", "exports", "Buffer", "global", "setImmediate", "electron"];
      const status = await window.ntscope.call("engine.status", null);
      return {
        node: names.filter((name) => name in globalThis),
        verbs: Object.keys(window.ntscope),
        processId: status.ok && status.value.kind === "running" ? status.value.processId : 0,
      };
    });
    expect(found).toMatchObject({ node: [], verbs: ["call", "on", "connectEngine"] });
    const first = await page.evaluate(() => window.ntscope.call("engine.status", null));
    expect(first).toMatchObject({ ok: true, value: { kind: "running" } });
    expect(first).not.toMatchObject({ value: { processId: found.processId } });
  });

  it("may not be framed deeper, where nothing is answered", async () => {
    const { page } = launched;
    const frame = page.frames().find((each) => each.url().endsWith("?machine=m2"));
    await frame?.evaluate(() => {
      const inner = document.createElement("iframe");
      inner.src = "?machine=m2";
      document.body.append(inner);
    });
    const find = () => page.frames().find((each) => each.parentFrame() === frame && each.url() !== "about:blank");
    const inner = await vi.waitUntil(find, { timeout: 20_000, interval: 20 });
    await inner.waitForLoadState();
    const answer = await inner.evaluate(() => window.ntscope.call("app.info", null));
    expect(answer).toMatchObject({ ok: false, error: { name: "denied" } });
  });
});
