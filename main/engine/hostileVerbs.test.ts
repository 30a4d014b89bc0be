/** Whatever a client asks, in whatever order: an answer, never a fault of NtScope's, and the engine goes on. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createModelEngine } from "./modelEngine";
import { ownEngine } from "./ownEngine";
import type { EngineClient, EngineVerb } from "./protocol";
import { verbSchemas } from "./verbSchemas";

let client: EngineClient;
beforeAll(async () => {
  client = ownEngine(createModelEngine({ historyLines: 1000 }));
  // Something to hit: two drivers that run, open handles, listings and views, lines in the log.
  await client.call("services.create", { name: "a", binPath: "builtin:hello", type: "kernel" });
  await client.call("services.create", { name: "b", binPath: "builtin:example-rw", type: "kernel" });
  await client.call("services.start", { name: "a" });
  await client.call("services.start", { name: "b" });
  for (let count = 0; count < 9; count += 1) {
    await client.call("devices.open", { path: "\\\\.\\Example", access: "rw" });
    await client.call("listing.open", { path: "\\Device", arrangement: {} });
    await client.call("log.openView", { rules: [] });
    await client.call("log.comment", { text: `line ${count}` });
  }
});
afterAll(() => client.dispose());

const oddText = fc.oneof(
  fc.constantFrom(
    "",
    "\\",
    "\\\\",
    "\\Device",
    "\\Device\\Null",
    "\\??\\C:",
    "\\\\.\\Nul",
    "\0",
    "\ud800",
    "x".repeat(70_000),
  ),
  fc.constantFrom(
    "\\GLOBAL??\\..",
    "\\Device\\Null\\\\x",
    "C:\\",
    "\\\\?\\",
    "builtin:hello",
    "IRP",
    "(",
    "*?;",
    "\x1b[2J\u202e",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const number = fc.oneof(
  fc.constantFrom(0, 1, -1, 4, 8, 4096, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2 ** 53, -0, Number.NaN, 0.5),
  fc.nat(200),
);
const rule = fc.record({
  column: fc.constantFrom("text", "any", "processId", "nope"),
  match: fc.constantFrom("wildcards", "regex", "equals"),
  text: oddText,
  matchCase: fc.boolean(),
  action: fc.constantFrom("include", "exclude", "highlight", "mark", "discard"),
  colour: fc.constantFrom(0, 9, 10),
  enabled: fc.boolean(),
});

/** One generator a parameter name; the schemas say which of them belong together. */
const values: Record<string, fc.Arbitrary<unknown>> = {
  // Mostly numbers that may be in use.
  view: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 9 }) }, { weight: 1, arbitrary: number }),
  listing: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 9 }) }, { weight: 1, arbitrary: number }),
  handle: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 40 }).map((index) => index * 4) },
    { weight: 1, arbitrary: number },
  ),
  path: oddText,
  name: fc.oneof(oddText, fc.constantFrom("a", "b"), fc.constantFrom("a", "b")),
  text: oddText,
  pattern: oddText,
  within: oddText,
  where: fc.oneof(oddText, fc.constantFrom("0xfffff80000000000", "0x0", "ffffffffffffffff", "0x7fffffff0000")),
  prefix: oddText,
  binPath: fc.oneof(oddText, fc.constantFrom("builtin:hello", "builtin:example-rw")),
  displayName: oddText,
  tag: oddText,
  type: fc.oneof(oddText, fc.constantFrom("kernel", "Device", "DEVICE_OBJECT", "_IRP")),
  start: fc.constantFrom("demand", "boot", "never"),
  access: fc.constantFrom("r", "w", "rw", "0", "x"),
  data: fc.oneof(fc.uint8Array({ maxLength: 5000 }), fc.constant("text")),
  arrangement: fc.record(
    {
      sort: fc.record({ column: fc.constantFrom("name", "type", "detail"), descending: fc.boolean() }),
      filter: oddText,
    },
    { requiredKeys: [] },
  ),
  rules: fc.array(rule, { maxLength: 4 }),
  format: fc.constantFrom("debugview", "text", "csv", "jsonl", "exe"),
  token: fc.constantFrom("system", "administrator", "standard", "appcontainer", "root"),
  // Nothing goes on while the clock is paused: other tests try that.
  action: fc.constantFrom("run", "step", "advance", "stop"),
  milliseconds: fc.oneof(fc.double(), fc.integer({ min: 0, max: 1000 })),
  open: fc.boolean(),
  on: fc.boolean(),
  regex: fc.boolean(),
  matchCase: fc.boolean(),
  backwards: fc.boolean(),
};

interface Shape {
  entries: Record<string, { type: string }>;
}

function paramsOf(verb: EngineVerb): fc.Arbitrary<Record<string, unknown>> {
  const schema = verbSchemas[verb] as unknown as Shape | { options: Shape[] };
  if ("options" in schema) return fc.oneof(...schema.options.map(paramsOfShape));
  return paramsOfShape(schema);
}

function paramsOfShape({ entries }: Shape): fc.Arbitrary<Record<string, unknown>> {
  const required = Object.keys(entries).filter((key) => entries[key]?.type !== "exact_optional");
  const model = Object.fromEntries(Object.keys(entries).map((key) => [key, values[key] ?? number]));
  // A few are wrong in shape as well as in content.
  return fc.oneof(
    { weight: 20, arbitrary: fc.record(model, { requiredKeys: required }) },
    { weight: 1, arbitrary: fc.anything() as fc.Arbitrary<Record<string, unknown>> },
  );
}

// Saving would write to paths that chance makes up, a restart would empty the machine: other tests try them.
const excluded: EngineVerb[] = ["log.save", "machine.restart"];
const verbs = (Object.keys(verbSchemas) as EngineVerb[]).filter((verb) => !excluded.includes(verb));
const request = fc.constantFrom(...verbs).chain((verb) => fc.tuple(fc.constant(verb), paramsOf(verb)));

async function ask(verb: EngineVerb, params: unknown) {
  const controller = new AbortController();
  const call = client.call as (verb: string, params: unknown, options: { signal: AbortSignal }) => Promise<unknown>;
  const answer = call(verb, params, { signal: controller.signal });
  // A read of an in-box device may wait for input that never comes.
  const timer = setTimeout(() => controller.abort(), 200);
  const result = await answer;
  clearTimeout(timer);
  return result as { ok: boolean; error?: { name: string; message: string } };
}

it("answers every verb with a value or an error in words, and never fails itself", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 8 }), async (requests) => {
      for (const [verb, params] of requests) {
        const answer = await ask(verb, params);
        if (answer.ok) continue;
        expect(answer.error?.name, `${verb}: ${answer.error?.message}`).not.toMatch(/^(internal|engine-gone)$/);
        expect(answer.error?.message).toMatch(/\S/);
      }
    }),
    { numRuns: 200, seed: 17 },
  );
  expect(await ask("machine.info", {})).toMatchObject({ ok: true, value: { state: { kind: "running" } } });
}, 120_000);
