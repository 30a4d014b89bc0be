import fc from "fast-check";
import { expect, it } from "vitest";
import { createInProcessPorts } from "./inProcessPorts";
import { createRpcClient, type RpcClient } from "./rpcClient";
import { RpcServer } from "./rpcServer";
import { type TestEvents, TestService, type TestVerbs } from "./testService";

type Step = "call" | "echo" | "cancel" | "release" | "turn" | "dropClient" | "dropServer";

const step = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom<Step>("call", "echo", "cancel", "release", "turn", "turn") },
  { weight: 1, arbitrary: fc.constantFrom<Step>("dropClient", "dropServer") },
);

it("every call is answered exactly once, whoever cancels, releases or leaves in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(20)), { maxLength: 60 }), async (steps) => {
      const service = new TestService();
      const server = new RpcServer(service, { running: 3, waiting: 5 });
      const [near, far] = createInProcessPorts({ clone: false });
      server.serve(far);
      const client: RpcClient<TestVerbs, TestEvents> = createRpcClient(near);
      const calls: { controller: AbortController; answer: Promise<unknown>; name: string }[] = [];
      const perform: Record<Step, (index: number) => unknown> = {
        call: () => {
          const controller = new AbortController();
          const name = String(calls.length);
          calls.push({ controller, name, answer: client.call("hold", { name }, { signal: controller.signal }) });
        },
        echo: () => {
          const text = String(calls.length);
          calls.push({ controller: new AbortController(), name: text, answer: client.call("echo", { text }) });
        },
        cancel: (index) => calls[index]?.controller.abort(),
        release: (index) => service.held.get(String(index))?.(),
        turn: () => Promise.resolve(),
        dropClient: () => client.dispose(),
        dropServer: () => server.dispose(),
      };
      for (const [kind, index] of steps) await perform[kind](index);
      client.dispose();
      const answers = await Promise.all(calls.map((call) => call.answer));
      const names = new Set(["cancelled", "engine-gone", "busy"]);
      for (const [index, answer] of answers.entries()) {
        const result = answer as { ok: boolean; value?: string; error?: { name: string } };
        if (result.ok) expect([`released ${index}`, String(index)]).toContain(result.value);
        else expect(names).toContain(result.error?.name);
      }
    }),
    { numRuns: 300, seed: 3 },
  );
});
