/** The engine is a process of its own: it may die or stand still, and the window lives on and says so. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EngineStatus } from "../../preload/contract";
import { type LaunchedApp, launchApp } from "./harness/launch";

let launched: LaunchedApp;
beforeAll(async () => {
  launched = await launchApp();
  await launched.page.evaluate(() => {
    const statuses: EngineStatus[] = [];
    Object.assign(globalThis, { statuses });
    window.ntscope.on("engineStatus", (status) => statuses.push(status));
  });
});
afterAll(async () => {
  await launched.close();
});

/** Waits until the engine is said to be in this state; answers the status. */
function untilStatus(kind: EngineStatus["kind"], page = launched.page): Promise<EngineStatus> {
  return page.evaluate(
    (wanted) =>
      new Promise<EngineStatus>((resolve) => {
        const look = (status: EngineStatus): void => {
          if (status.kind !== wanted) return;
          stop();
          resolve(status);
        };
        const stop = window.ntscope.on("engineStatus", look);
        window.ntscope.call("engine.status", null).then((answer) => answer.ok && look(answer.value));
      }),
    kind,
  );
}

async function runningProcess(page = launched.page): Promise<number> {
  const status = await untilStatus("running", page);
  if (status.kind !== "running") throw new Error(`The engine is ${status.kind}`);
  return status.processId;
}

function lives(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

/** A new port comes to the page. */
function connect(): Promise<boolean> {
  return launched.page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener("message", (event) => {
          if (event.data === "ntscope.enginePort") resolve(event.source === window && event.ports.length === 1);
        });
        window.ntscope.connectEngine();
      }),
  );
}

function statuses(): Promise<EngineStatus[]> {
  return launched.page.evaluate(() => (globalThis as unknown as { statuses: EngineStatus[] }).statuses.splice(0));
}

describe("the engine's process", () => {
  it("is another process than the window's, and gives the page a port", async () => {
    const processId = await runningProcess();
    expect(processId).not.toBe(await launched.app.evaluate(() => process.pid));
    expect(await connect()).toBe(true);
  });

  it("is said to have crashed when it was killed, and comes back on request", async () => {
    const processId = await runningProcess();
    await statuses();
    process.kill(processId, "SIGKILL");
    expect(await untilStatus("crashed")).toEqual({
      kind: "crashed",
      exitCode: 9,
      reason: "the process was killed from outside",
    });
    expect(await launched.page.evaluate(() => window.ntscope.call("engine.restart", null))).toEqual({
      ok: true,
      value: null,
    });
    const next = await runningProcess();
    expect(next).not.toBe(processId);
    expect((await statuses()).map((status) => status.kind)).toEqual(["crashed", "starting", "running"]);
    expect(await connect()).toBe(true);
  });

  it("is said to hang when it stands still, answers again when it goes on, and can be ended while it hangs", async () => {
    const processId = await runningProcess();
    await statuses();
    process.kill(processId, "SIGSTOP");
    expect(await untilStatus("hung")).toMatchObject({ seconds: expect.any(Number) });
    process.kill(processId, "SIGCONT");
    expect(await runningProcess()).toBe(processId);

    process.kill(processId, "SIGSTOP");
    await untilStatus("hung");
    await launched.page.evaluate(() => window.ntscope.call("engine.restart", null));
    expect(await runningProcess()).not.toBe(processId);
    expect(lives(processId)).toBe(false);
  });

  it("does not outlive the window, even when it stands still", async () => {
    const other = await launchApp();
    const processId = await runningProcess(other.page);
    process.kill(processId, "SIGSTOP");
    await other.close();
    expect(lives(processId)).toBe(false);
  });
});
