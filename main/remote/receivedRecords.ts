/**
 * Log rows from an agent as records. They go into a store whose columns trust what they get, so everything is looked
 * at first: rows that do not fit together are refused whole.
 */
import * as v from "valibot";
import type { LogRecord } from "../log/logRecord";
import type { LogRows } from "../log/logState";
import { recordOfRow, rowDecoder } from "../log/recordOfRow";
import { fail, ntscopeError, ok, type Result } from "../machine/result";

const columns = v.object({
  count: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  sequence: v.instance(Float64Array),
  time: v.instance(Float64Array),
  source: v.instance(Uint8Array),
  kind: v.instance(Uint8Array),
  component: v.instance(Int32Array),
  level: v.instance(Int32Array),
  processId: v.instance(Int32Array),
  threadId: v.instance(Int32Array),
  process: v.instance(Uint32Array),
  processes: v.array(v.string()),
  irp: v.instance(Uint32Array),
  textOffset: v.instance(Uint32Array),
  text: v.instance(Uint8Array),
});

const perRow = [
  "sequence",
  "time",
  "source",
  "kind",
  "component",
  "level",
  "processId",
  "threadId",
  "process",
  "irp",
] as const;

export function receivedRecords(rows: LogRows): Result<LogRecord[]> {
  const parsed = v.safeParse(columns, rows);
  if (!parsed.success || perRow.some((name) => parsed.output[name].length !== parsed.output.count)) return badRows();
  if (parsed.output.textOffset.length !== parsed.output.count + 1) return badRows();
  const decoder = rowDecoder();
  const records: LogRecord[] = [];
  let before = 0;
  for (let index = 0; index < parsed.output.count; index += 1) {
    const record = recordOfRow(parsed.output, index, decoder);
    if (!Number.isSafeInteger(record.sequence) || record.sequence <= before || !Number.isFinite(record.time)) {
      return badRows();
    }
    before = record.sequence;
    records.push(record);
  }
  return ok(records);
}

function badRows(): { ok: false; error: ReturnType<typeof ntscopeError> } {
  return fail(ntscopeError("bad-rows", "The agent sent log rows that do not fit together."));
}
