import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PortEvents } from "./portEvents";
import { parseClientMessage, parseServerMessage, type ServerMessage } from "./rpcMessage";
import type { RpcPort } from "./rpcPort";
import { RpcServer } from "./rpcServer";
import { TestService } from "./testService";

/** The far end of a port, fed and read by hand. */
class RawPort implements RpcPort {
  readonly events = new PortEvents();
  readonly sent: ServerMessage[] = [];
  post(message: unknown): void {
    this.sent.push(message as ServerMessage);
  }
  onMessage = (listener: (message: unknown) => void) => this.events.onMessage(listener);
  onClose = (listener: () => void) => this.events.onClose(listener);
  close(): void {
    this.events.close();
  }
}

async function answerTo(port: RawPort, id: number) {
  // Handlers here are synchronous: a few turns of the microtask queue are all that an answer takes.
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  return port.sent.filter((message) => message.type === "answer" && message.id === id);
}

const verb = fc.oneof(fc.constantFrom("echo", "hold", "throw", "bytes"), fc.string());
const event = fc.oneof(fc.constantFrom("state", "news"), fc.string());
const anyMessage = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true, withNullPrototype: true }),
  fc.record({ type: fc.constant("call"), id: fc.anything(), verb, params: fc.anything() }),
  fc.record({ type: fc.constant("call"), id: fc.nat(5), verb, params: fc.record({ name: fc.string() }) }),
  fc.record({ type: fc.constant("cancel"), id: fc.oneof(fc.nat(5), fc.anything()) }),
  fc.record({ type: fc.constant("listen"), event, on: fc.oneof(fc.boolean(), fc.anything()) }),
  fc.record({ type: fc.constant("acknowledge"), event }),
);

describe("whatever a client sends", () => {
  it("nothing throws, and the next honest call is answered", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyMessage, { maxLength: 30 }), async (messages) => {
        const server = new RpcServer(new TestService());
        const port = new RawPort();
        server.serve(port);
        for (const message of messages) {
          port.events.message(message);
          server.emit("state", 1);
        }
        port.events.message({ type: "call", id: 1_000_000, verb: "echo", params: { text: "honest" } });
        expect(await answerTo(port, 1_000_000)).toEqual([
          { type: "answer", id: 1_000_000, result: { ok: true, value: "honest" } },
        ]);
        server.dispose();
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it("values that throw when looked at are no messages", () => {
    const trap = new Proxy(
      {},
      {
        get() {
          throw new Error("looked at");
        },
      },
    );
    expect(parseClientMessage(trap)).toBeUndefined();
  });

  it("a message from an engine is recognised or refused, never half of it", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(parseServerMessage(value)).toBeUndefined();
      }),
      { seed: 2 },
    );
    expect(parseServerMessage({ type: "answer", id: 1, result: { ok: true, value: 1 } })).toBeDefined();
  });

  it("an id in use is not answered twice", async () => {
    const service = new TestService();
    const port = new RawPort();
    new RpcServer(service).serve(port);
    port.events.message({ type: "call", id: 1, verb: "hold", params: { name: "a" } });
    port.events.message({ type: "call", id: 1, verb: "echo", params: { text: "b" } });
    service.held.get("a")?.();
    expect(await answerTo(port, 1)).toEqual([{ type: "answer", id: 1, result: { ok: true, value: "released a" } }]);
  });

  it("acknowledging what was never sent does not open the window wider", () => {
    const server = new RpcServer(new TestService());
    const port = new RawPort();
    server.serve(port);
    port.events.message({ type: "listen", event: "state", on: true });
    for (let count = 0; count < 10; count += 1) port.events.message({ type: "acknowledge", event: "state" });
    for (const value of [1, 2, 3]) server.emit("state", value);
    expect(port.sent).toEqual([{ type: "event", event: "state", value: 1 }]);
    port.events.message({ type: "acknowledge", event: "state" });
    expect(port.sent.slice(1)).toEqual([{ type: "event", event: "state", value: 3 }]);
  });
});
