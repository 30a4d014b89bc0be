import { describe, expect, it } from "vitest";
import { createTestMachine, errorOf, unwrap } from "./testMachine";

async function machineWithMistakes() {
  const test = createTestMachine();
  unwrap(await test.machine.createService({ name: "mistakes", binPath: "builtin:mistakes", type: "kernel" }));
  unwrap(await test.machine.startService("mistakes"));
  const make = (which: string, signal?: AbortSignal) =>
    test.machine.open({ path: `\\\\.\\Mistakes\\${which}`, access: "r" }, signal);
  return { ...test, make };
}

describe("a driver that breaks a rule", () => {
  it.each([
    ["throw", "KMODE_EXCEPTION_NOT_HANDLED"],
    ["complete-twice", "MULTIPLE_IRP_COMPLETE_REQUESTS"],
    ["free-twice", "BAD_POOL_CALLER"],
    ["overrun", "BAD_POOL_HEADER"],
    ["delete-twice", "REFERENCE_BY_POINTER"],
  ])("%s stops the machine with %s, and nothing else", async (which, bugcheck) => {
    const { machine, make, events } = await machineWithMistakes();
    expect(errorOf(await make(which))).toBe("machine-stopped");
    const { state } = await machine.info();
    expect(state).toMatchObject({ kind: "bugchecked", bugcheck: { name: bugcheck, driver: "mistakes" } });
    if (state.kind === "bugchecked") expect(state.bugcheck.stack).toContain("mistakes!DispatchCreate");
    expect(errorOf(await machine.list("\\"))).toBe("machine-stopped");
    expect(errorOf(await machine.services())).toBe("machine-stopped");
    expect(events.filter(({ kind }) => kind === "stateChanged")).toHaveLength(1);
  });

  it("runs again after a restart", async () => {
    const { machine, make, events } = await machineWithMistakes();
    await make("throw");
    unwrap(await machine.restart());
    expect((await machine.info()).state.kind).toBe("running");
    expect(unwrap(await machine.list("\\Device")).entries.map(({ name }) => name)).not.toContain("Mistakes");
    expect(errorOf(await machine.queryService("mistakes"))).toBe("ERROR_SERVICE_DOES_NOT_EXIST");
    expect(events.at(-1)?.kind).toBeDefined();
    const { handle } = unwrap(await machine.open({ path: "NUL", access: "r" }));
    unwrap(await machine.close(handle));
  });

  it("never completes: the request is listed, and waiting can be given up", async () => {
    const { machine, make, events } = await machineWithMistakes();
    const controller = new AbortController();
    const opening = make("never-complete", controller.signal);
    await Promise.resolve();
    const [pending] = await machine.pending();
    expect(pending).toMatchObject({
      operation: "IRP_MJ_CREATE",
      device: "\\Device\\Mistakes",
      driver: "\\Driver\\mistakes",
    });
    expect(events.some(({ kind }) => kind === "pendingChanged")).toBe(true);
    controller.abort();
    expect(errorOf(await opening)).toBe("cancelled");
    expect(await machine.pending()).toHaveLength(1);
    expect(unwrap(await machine.list("\\Driver")).entries.length).toBeGreaterThan(100);
  });

  it("lets go of those who wait when the machine stops or restarts", async () => {
    const { machine, make } = await machineWithMistakes();
    const first = make("never-complete");
    unwrap(await machine.restart());
    expect(errorOf(await first)).toBe("machine-restarted");
    const again = await machineWithMistakes();
    const waiting = again.make("never-complete");
    await again.make("throw");
    expect(errorOf(await waiting)).toBe("machine-stopped");
  });

  it("reports PENDING without IoMarkIrpPending", async () => {
    const { make, events } = await machineWithMistakes();
    const controller = new AbortController();
    const opening = make("pending-unmarked", controller.signal);
    controller.abort();
    await opening;
    const reports = () => events.flatMap((event) => (event.kind === "report" ? [event.report] : []));
    expect(reports()[0]).toMatchObject({
      driver: "\\Driver\\mistakes",
      mend: expect.stringContaining("IoMarkIrpPending"),
    });
  });

  it("refuses a mistake it does not know", async () => {
    const { make } = await machineWithMistakes();
    expect(errorOf(await make("nothing-of-the-kind"))).toBe("STATUS_OBJECT_NAME_NOT_FOUND");
  });
});

describe("a service that cannot start", () => {
  it.each(["builtin:nope", "C:\\drivers\\x.sys", ""])("says why: binPath= %s", async (binPath) => {
    const { machine } = createTestMachine();
    unwrap(await machine.createService({ name: "x", binPath, type: "kernel" }));
    const started = await machine.startService("x");
    expect(started).toMatchObject({ ok: false, error: { domain: "win32", name: "ERROR_PATH_NOT_FOUND", status: "3" } });
    if (!started.ok) expect(started.error.message).toContain("builtin:example");
    expect(unwrap(await machine.queryService("x"))).toMatchObject({ state: "STOPPED", exitCode: 3 });
  });

  it("is not told of missing files when its DriverEntry missed something", async () => {
    const { machine } = createTestMachine();
    unwrap(await machine.createService({ name: "f", binPath: "builtin:filter", type: "kernel" }));
    const started = await machine.startService("f");
    expect(started).toMatchObject({
      ok: false,
      error: {
        name: "ERROR_PATH_NOT_FOUND",
        message: expect.stringMatching(
          /The kernel answered STATUS_OBJECT_NAME_NOT_FOUND\. It is what the driver's own DriverEntry returned\.$/,
        ),
      },
    });
  });

  it("is told by sc.exe's errors otherwise", async () => {
    const { machine } = createTestMachine();
    expect(errorOf(await machine.startService("nope"))).toBe("ERROR_SERVICE_DOES_NOT_EXIST");
    expect(errorOf(await machine.startService("Null"))).toBe("ERROR_SERVICE_ALREADY_RUNNING");
    expect(errorOf(await machine.stopService("Null"))).toBe("ERROR_INVALID_SERVICE_CONTROL");
    const request = { name: "null", binPath: "builtin:hello", type: "kernel" as const };
    expect(errorOf(await machine.createService(request))).toBe("ERROR_SERVICE_EXISTS");
  });

  it("goes when it was deleted while it ran and then stops", async () => {
    const { machine } = createTestMachine();
    unwrap(await machine.createService({ name: "hello", binPath: "builtin:hello", type: "kernel" }));
    unwrap(await machine.startService("hello"));
    unwrap(await machine.deleteService("hello"));
    expect(unwrap(await machine.queryService("hello"))).toMatchObject({ state: "RUNNING", markedForDelete: true });
    expect(unwrap(await machine.stopService("hello")).state).toBe("STOPPED");
    expect(errorOf(await machine.queryService("hello"))).toBe("ERROR_SERVICE_DOES_NOT_EXIST");
  });
});

describe("events", () => {
  it("gather what a call changes into one", async () => {
    const { machine, events } = createTestMachine();
    unwrap(await machine.createService({ name: "example", binPath: "builtin:example", type: "kernel" }));
    unwrap(await machine.startService("example"));
    await Promise.resolve();
    const changes = events.filter(({ kind }) => kind === "namespaceChanged");
    expect(changes).toEqual([
      { kind: "namespaceChanged", directories: expect.arrayContaining(["\\Driver", "\\Device", "\\GLOBAL??"]) },
    ]);
    expect(events.some(({ kind }) => kind === "servicesChanged")).toBe(true);
  });

  it("end with the subscription", async () => {
    const { machine } = createTestMachine();
    let count = 0;
    const subscription = machine.onDidChange(() => {
      count += 1;
    });
    subscription.dispose();
    unwrap(await machine.createService({ name: "hello", binPath: "builtin:hello", type: "kernel" }));
    await Promise.resolve();
    expect(count).toBe(0);
  });
});
