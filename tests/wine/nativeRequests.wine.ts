// NtScope on a machine of Windows' kind: control codes, reads that a driver keeps, and cancelling them.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { PendingRequest } from "../../main/machine/machine";
import { describeWine } from "./harness/describeWine";
import { PrefixAgent } from "./harness/prefixAgent";
import { WineMachine } from "./harness/wineMachine";

/** CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800 + method, method, FILE_ANY_ACCESS), as in ioctlMethods.c. */
const codes = { buffered: 0x222000, inDirect: 0x222005, outDirect: 0x22200a, neither: 0x22200f };

describeWine("requests of NtScope", () => {
  let machine: WineMachine;
  let agent: PrefixAgent;
  const open = async (path: string, access: "r" | "w" | "rw") =>
    (await agent.ask("devices.open", { path, access })).handle;
  /** The first event about pending requests for which the test holds. */
  const untilPending = (test: (pending: PendingRequest[]) => boolean) =>
    new Promise<PendingRequest[]>((resolve) => {
      const listening = agent.client.on("machine", (event) => {
        if (event.kind !== "pendingChanged" || !test(event.pending)) return;
        listening.dispose();
        resolve(event.pending);
      });
    });

  beforeAll(async () => {
    machine = await WineMachine.start();
    agent = await PrefixAgent.start(machine);
    await machine.load("methods", "ioctlMethods");
    await machine.load("pend", "pendCancel");
    await machine.load("example", "exampleRw");
  });
  afterAll(async () => {
    agent.stop();
    await machine.stop();
  });

  it.each(["buffered", "outDirect", "neither"] as const)("sends a control code: %s", async (method) => {
    const handle = await open("\\\\.\\IoctlMethods", "rw");
    const input = Uint8Array.of(1, 2, 3);
    const answer = await agent.ask("devices.control", { handle, code: codes[method], input, outputLength: 16 });
    expect(answer).toMatchObject({ status: { name: "STATUS_SUCCESS" }, information: 3, data: Uint8Array.of(3, 2, 1) });
    await agent.ask("devices.close", { handle });
  });

  it("hands METHOD_IN_DIRECT what its output buffer holds before", async () => {
    const handle = await open("\\\\.\\IoctlMethods", "rw");
    const buffers = { input: Uint8Array.of(0xa, 0xb, 0xc), outputLength: 4, output: Uint8Array.of(1, 2) };
    await agent.ask("devices.control", { handle, code: codes.inDirect, ...buffers });
    expect(await machine.debug.until("in direct")).toEqual(["in direct: 3 bytes with sum 33, then 4 bytes with sum 3"]);
    await agent.ask("devices.close", { handle });
  });

  it("answers the driver's refusals as failures, and refuses nonsense itself", async () => {
    const handle = await open("\\\\.\\IoctlMethods", "rw");
    const control = (code: number, input: Uint8Array, outputLength: number) =>
      agent.client.call("devices.control", { handle, code, input, outputLength });
    const nothing = new Uint8Array();
    expect(await control(codes.buffered, Uint8Array.of(1, 2, 3, 4), 2)).toMatchObject({
      error: { name: "STATUS_BUFFER_TOO_SMALL" },
    });
    expect(await control(0x222010, nothing, 0)).toMatchObject({ error: { name: "STATUS_INVALID_DEVICE_REQUEST" } });
    await agent.ask("devices.close", { handle });
    expect(await control(codes.buffered, nothing, 0)).toMatchObject({ error: { name: "STATUS_INVALID_HANDLE" } });
  });

  it("gives a read that waits what is written later, and shows it meanwhile", async () => {
    const [reader, writer] = [await open("\\\\.\\PendCancel", "r"), await open("\\\\.\\PendCancel", "w")];
    const shown = untilPending((pending) => pending.length > 0);
    const reading = agent.ask("devices.read", { handle: reader, length: 16 });
    expect(await shown).toMatchObject([{ operation: "IRP_MJ_READ", device: "\\??\\PendCancel", driver: "" }]);
    const gone = untilPending((pending) => pending.length === 0);
    await agent.ask("devices.write", { handle: writer, data: new TextEncoder().encode("late") });
    expect(await reading).toMatchObject({ information: 4, data: new TextEncoder().encode("late") });
    await gone;
    expect(await agent.ask("requests.pending", {})).toEqual([]);
    for (const handle of [reader, writer]) await agent.ask("devices.close", { handle });
  });

  it("keeps more reads than the pool has threads, and cancels one of them", async () => {
    const handle = await open("\\\\.\\PendCancel", "r");
    const controllers = Array.from({ length: 8 }, () => new AbortController());
    const shown = untilPending((pending) => pending.length === controllers.length);
    const reads = controllers.map(({ signal }) => agent.client.call("devices.read", { handle, length: 4 }, { signal }));
    await shown;
    // Other questions are answered meanwhile.
    expect((await agent.ask("objects.list", { path: "\\Device" })).entries.length).toBeGreaterThan(0);
    controllers[3]?.abort();
    expect(await reads[3]).toMatchObject({ ok: false, error: { name: "STATUS_CANCELLED" } });
    expect((await agent.ask("requests.pending", {})).length).toBe(controllers.length - 1);
    for (const controller of controllers) controller.abort();
    const ends = (await Promise.all(reads)).map((end) => (end.ok ? "" : end.error.name));
    expect(ends).toEqual(controllers.map(() => "STATUS_CANCELLED"));
    await agent.ask("devices.close", { handle });
  });

  it("reads and writes without an offset as a device's synchronous handle does", async () => {
    const handle = await open("\\\\.\\Example", "rw");
    await agent.ask("devices.write", { handle, data: new TextEncoder().encode("hello") });
    const text = async (offset?: number) => {
      const params = { handle, length: 16, ...(offset === undefined ? {} : { offset }) };
      return new TextDecoder().decode((await agent.ask("devices.read", params)).data);
    };
    expect([await text(), await text(), await text(3), await text(9)]).toEqual(["hello", "hello", "lo", ""]);
    const refused = await agent.client.call("devices.write", { handle, data: Uint8Array.of(1), offset: 1 });
    expect(refused).toMatchObject({ ok: false, error: { name: "STATUS_END_OF_FILE" } });
    await agent.ask("devices.close", { handle });
  });

  it("reads on in a file, to its end", async () => {
    const handle = await open("C:\\windows\\win.ini", "r");
    const first = await agent.ask("devices.read", { handle, length: 1 });
    const rest = await agent.ask("devices.read", { handle, length: 100_000 });
    const whole = await agent.ask("devices.read", { handle, length: 100_000, offset: 0 });
    expect(Buffer.concat([first.data ?? [], rest.data ?? []].map((part) => Buffer.from(part)))).toEqual(
      Buffer.from(whole.data ?? []),
    );
    expect(await agent.client.call("devices.read", { handle, length: 1 })).toMatchObject({
      error: { name: "STATUS_END_OF_FILE" },
    });
    await agent.ask("devices.close", { handle });
  });

  it("unloads", async () => {
    for (const service of ["methods", "pend", "example"]) await machine.unload(service);
  });
});
