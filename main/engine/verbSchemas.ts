/**
 * What each verb takes, as schemas. Every request is checked here before the engine looks at it, wherever it comes
 * from. Limits are far beyond honest use; they keep one request from taking all memory.
 */
import * as v from "valibot";
import { clientTokens } from "../machine/clientToken";
import type { VerbSchemas } from "../rpc/rpcServer";
import type { EngineVerbs } from "./protocol";

/** UTF-16 code units. NT's own limit of a path is 32,767; longer ones must reach the machine to get NT's answer. */
const PATH_LIMIT = 2 ** 20;
const TEXT_LIMIT = 2 ** 16;
const ROWS_LIMIT = 100_000;
/** Bytes one write carries. */
const DATA_LIMIT = 2 ** 28;
const U32_MAX = 2 ** 32 - 1;
/** Milliseconds that the machine's clock can be moved on by. */
const DAY = 86_400_000;

const nothing = v.strictObject({});
const path = v.pipe(v.string(), v.maxLength(PATH_LIMIT, "A path has at most 1,048,576 characters."));
const word = v.pipe(v.string(), v.maxLength(TEXT_LIMIT, "A text here has at most 65,536 characters."));
const count = integer(0, Number.MAX_SAFE_INTEGER);
const row = integer(-1, Number.MAX_SAFE_INTEGER);
const rowCount = integer(0, ROWS_LIMIT);
const u32 = integer(0, U32_MAX);
const bytes = v.pipe(
  v.instance(Uint8Array),
  v.check((data) => data.byteLength <= DATA_LIMIT, "At most 256 MB in one request."),
);
const signed64 = integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

const arrangement = v.strictObject({
  sort: v.exactOptional(v.strictObject({ column: v.picklist(["name", "type", "detail"]), descending: v.boolean() })),
  filter: v.exactOptional(word),
});

const rules = v.pipe(
  v.array(
    v.strictObject({
      column: v.picklist(["text", "process", "processId", "threadId", "source", "component", "level", "any"]),
      match: v.picklist(["wildcards", "regex", "equals"]),
      text: word,
      matchCase: v.boolean(),
      action: v.picklist(["include", "exclude", "highlight", "mark", "discard"]),
      colour: integer(0, 9),
      enabled: v.boolean(),
    }),
  ),
  v.maxLength(1000, "A view has at most 1,000 rules."),
);

const irpFilter = v.strictObject({
  device: v.exactOptional(word),
  process: v.exactOptional(word),
  major: v.exactOptional(word),
  status: v.exactOptional(word),
});

const format = v.picklist(["debugview", "text", "csv", "jsonl"]);
const clockCommand = v.variant("action", [
  v.strictObject({ action: v.literal("pause") }),
  v.strictObject({ action: v.literal("run") }),
  v.strictObject({ action: v.literal("step"), count: integer(1, 100_000) }),
  v.strictObject({ action: v.literal("advance"), milliseconds: v.pipe(v.number(), v.minValue(0), v.maxValue(DAY)) }),
]);
const name = v.strictObject({ name: word });

export const verbSchemas: VerbSchemas<EngineVerbs> = {
  "machine.info": nothing,
  "machine.restart": nothing,
  "client.get": nothing,
  "client.set": v.strictObject({ token: v.picklist(clientTokens) }),
  "objects.list": v.strictObject({ path }),
  "objects.directories": v.strictObject({ path }),
  "objects.describe": v.strictObject({ path, open: v.boolean() }),
  "objects.resolve": v.strictObject({ path }),
  "objects.find": v.strictObject({
    pattern: word,
    type: v.exactOptional(word),
    within: v.exactOptional(path),
    limit: integer(1, 1_000_000),
  }),
  "listing.open": v.strictObject({ path, arrangement }),
  "listing.arrange": v.strictObject({ listing: count, arrangement }),
  "listing.refresh": v.strictObject({ listing: count }),
  "listing.rows": v.strictObject({ listing: count, from: count, count: rowCount }),
  "listing.seek": v.strictObject({
    listing: count,
    from: row,
    prefix: v.exactOptional(path),
    name: v.exactOptional(path),
  }),
  "listing.close": v.strictObject({ listing: count }),
  "devices.open": v.strictObject({
    path,
    access: v.picklist(["r", "w", "rw", "0"]),
    overlapped: v.exactOptional(v.boolean()),
  }),
  "devices.read": v.strictObject({
    handle: count,
    length: integer(0, U32_MAX, "NT's ULONG: a whole number from 0 to 4294967295."),
    offset: v.exactOptional(signed64),
  }),
  "devices.write": v.strictObject({
    handle: count,
    data: bytes,
    offset: v.exactOptional(signed64),
  }),
  "devices.control": v.strictObject({
    handle: count,
    code: u32,
    input: bytes,
    outputLength: integer(0, U32_MAX, "NT's ULONG: a whole number from 0 to 4294967295."),
    output: v.exactOptional(bytes),
  }),
  "devices.close": v.strictObject({ handle: count }),
  "devices.list": nothing,
  "drivers.list": nothing,
  "drivers.builtin": nothing,
  "programs.list": nothing,
  "programs.run": v.strictObject({
    name: word,
    args: v.pipe(v.array(word), v.maxLength(1000, "At most 1,000 arguments.")),
  }),
  "programs.input": v.strictObject({ processId: u32, line: v.exactOptional(word) }),
  "programs.output": v.strictObject({ processId: u32, from: count, wait: v.boolean() }),
  "programs.kill": v.strictObject({ processId: u32 }),
  "processes.list": nothing,
  "handles.list": v.strictObject({ scope: v.picklist(["own", "all"]) }),
  "requests.irp": v.strictObject({ address: word }),
  "devices.stack": v.strictObject({ path }),
  "drivers.object": v.strictObject({ name: path }),
  "requests.pending": nothing,
  "services.list": nothing,
  "services.query": name,
  "services.create": v.strictObject({
    name: word,
    binPath: word,
    type: v.picklist(["kernel", "filesys", "rec"]),
    start: v.exactOptional(v.picklist(["boot", "system", "auto", "demand", "disabled"])),
    displayName: v.exactOptional(word),
  }),
  "services.start": name,
  "services.stop": name,
  "services.delete": name,
  "debugFilter.get": nothing,
  "debugFilter.set": v.strictObject({ component: u32, level: u32, on: v.boolean() }),
  "debugFilter.setBoot": v.strictObject({ component: u32, mask: u32 }),
  "sources.list": nothing,
  "sources.add": v.strictObject({ spec: word }),
  "sources.remove": v.strictObject({ id: count }),
  "structures.dump": v.strictObject({ type: word, where: v.exactOptional(path) }),
  "structures.names": nothing,
  "pool.usage": v.strictObject({ tag: v.exactOptional(word) }),
  "pool.blocks": v.strictObject({ tag: v.exactOptional(word) }),
  "trace.state": nothing,
  "trace.rows": v.strictObject({ filter: irpFilter, from: count, count: rowCount }),
  "trace.irp": v.strictObject({ number: count }),
  "trace.record": v.strictObject({ on: v.boolean() }),
  "trace.clear": nothing,
  "trace.save": v.strictObject({ path, filter: irpFilter }),
  "threads.graph": nothing,
  "clock.get": nothing,
  "clock.set": clockCommand,
  "log.state": nothing,
  "log.openView": v.strictObject({ rules }),
  "log.setRules": v.strictObject({ view: count, rules }),
  "log.closeView": v.strictObject({ view: count }),
  "log.rows": v.strictObject({ view: count, from: count, count: rowCount }),
  "log.find": v.strictObject({
    view: count,
    text: word,
    regex: v.boolean(),
    matchCase: v.boolean(),
    from: row,
    backwards: v.boolean(),
  }),
  "log.rowOf": v.strictObject({ view: count, sequence: count }),
  "log.rowOfIrp": v.strictObject({ view: count, irp: u32 }),
  "log.text": v.strictObject({ view: count, from: count, count: rowCount, format }),
  "log.save": v.strictObject({ view: count, path, format }),
  "log.findMark": v.strictObject({ view: count, from: row, backwards: v.boolean() }),
  "log.mark": v.strictObject({ view: count, row: count, on: v.boolean() }),
  "log.comment": v.strictObject({ text: word }),
  "log.capture": v.strictObject({ on: v.boolean() }),
  "log.flush": nothing,
  "log.clear": nothing,
  "log.history": v.strictObject({ lines: count }),
};

function integer(least: number, most: number, message = `A whole number from ${least} to ${most}.`) {
  return v.pipe(v.number(message), v.safeInteger(message), v.minValue(least, message), v.maxValue(most, message));
}
