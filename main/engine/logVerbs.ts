/** The verbs over the log. */
import { createLogFormatWriter } from "../log/formats/logFormat";
import { compileText, literalMatcher, type TextMatcher } from "../log/rules/textMatcher";
import { runInSlices } from "../log/scheduler";
import { findRow } from "../log/views/findRow";
import type { LogView } from "../log/views/logView";
import { readRows } from "../log/views/readRows";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { CallContext } from "../rpc/rpcServer";
import type { EngineParts, HandlersOf } from "./engineParts";
import type { EngineSession } from "./engineSession";
import type { EngineParams } from "./protocol";

type Context = CallContext<EngineSession>;

export function logVerbs(parts: EngineParts): HandlersOf<"log"> {
  const { log, masked } = parts;
  return {
    ...viewVerbs(parts),
    "log.state": async () => {
      await masked.refresh();
      return ok(log.state(masked.count));
    },
    "log.comment": ({ text }) => done(() => log.comment(text)),
    "log.capture": ({ on }) => done(() => log.setCapturing(on)),
    "log.flush": () => done(() => log.flush()),
    "log.clear": () => done(() => log.clear()),
    "log.history": ({ lines }) => done(() => log.setHistoryLines(lines)),
  };
}

type ViewVerbs = Omit<
  HandlersOf<"log">,
  "log.state" | "log.comment" | "log.capture" | "log.flush" | "log.clear" | "log.history"
>;

function viewVerbs(parts: EngineParts): ViewVerbs {
  const { log } = parts;
  const { store, bookmarks, views } = log;
  /** Calls `use` with an open view that is brought up to date as far as a time slice reaches. */
  const onView = <T>(client: EngineSession, id: number, use: (view: LogView) => T): Result<T> => {
    const view = client.view(id);
    if (!view.ok) return view;
    views.catchUp(view.value);
    return ok(use(view.value));
  };
  return {
    "log.openView": ({ rules }, { client }) => {
      const room = client.room("views");
      if (!room.ok) return room;
      const state = views.open(rules);
      client.addView(state.view);
      return ok(state);
    },
    "log.setRules": ({ view: id, rules }, { client }) => {
      const view = client.view(id);
      return view.ok ? ok(views.setRules(view.value, rules)) : view;
    },
    "log.closeView": ({ view }, { client }) => done(() => client.closeView(view)),
    "log.rows": ({ view: id, from, count }, { client }) =>
      onView(client, id, (view) => readRows(store, view, bookmarks, from, count)),
    "log.rowOf": ({ view: id, sequence }, { client }) =>
      onView(client, id, (view) => Math.max(0, view.rowAtOrAfter(sequence) - view.droppedRows)),
    // Lines carry no IRP here yet.
    "log.rowOfIrp": ({ view: id }, { client }) => onView(client, id, () => -1),
    "log.mark": ({ view: id, row, on }, { client }) => markRow(parts, client, id, row, on),
    "log.text": (params, context) => text(parts, params, context),
    "log.save": async ({ view: id, path, format }, { client, signal }) => {
      const view = client.view(id);
      if (!view.ok) return view;
      // Loaded when first used: Node's file and cipher modules would cost every start some ms.
      const { saveLog } = await import("./saveLog");
      return saveLog({ ...parts, view: view.value, path, format, signal });
    },
    "log.find": (params, context) => find(parts, params, context),
    "log.findMark": (params, context) => findMark(parts, params, context),
  };
}

function markRow({ log }: EngineParts, client: EngineSession, id: number, row: number, on: boolean): Result<null> {
  const view = client.view(id);
  if (!view.ok) return view;
  const sequence = view.value.sequenceOf(row + view.value.droppedRows);
  if (sequence === undefined) return fail(ntscopeError("no-row", `Row ${row} is not in the view.`));
  log.bookmarks.set(sequence, on);
  return ok(null);
}

/** Rows made into text between two looks at the clock: about a millisecond. */
const TEXT_STEP_ROWS = 500;

async function text(parts: EngineParts, params: EngineParams<"log.text">, context: Context): Promise<Result<string>> {
  const view = context.client.view(params.view);
  if (!view.ok) return view;
  const { log, scheduler } = parts;
  log.views.catchUp(view.value);
  const writer = createLogFormatWriter(params.format);
  const written = [writer.header];
  let row = view.value.droppedRows + params.from;
  const end = Math.min(row + params.count, view.value.endRow);
  const finished = await runInSlices(
    scheduler,
    () => {
      for (const stop = Math.min(row + TEXT_STEP_ROWS, end); row < stop; row += 1) {
        const record = log.store.record(view.value.sequenceOf(row) ?? 0);
        if (record) written.push(writer.line(record));
      }
      return row >= end;
    },
    context.signal,
  );
  return finished ? ok(written.join("")) : fail(ntscopeError("cancelled", "Cancelled."));
}

async function find(parts: EngineParts, params: EngineParams<"log.find">, context: Context): Promise<Result<number>> {
  const view = context.client.view(params.view);
  if (!view.ok) return view;
  const matcher = searchMatcher(params);
  if (!matcher.ok) return matcher;
  return search(parts, view.value, params, context.signal, (line) => matcher.value(line.text, line.lowerText));
}

async function findMark(
  parts: EngineParts,
  params: EngineParams<"log.findMark">,
  context: Context,
): Promise<Result<number>> {
  const view = context.client.view(params.view);
  if (!view.ok) return view;
  const { bookmarks } = parts.log;
  return search(parts, view.value, params, context.signal, (line, sequence) => {
    return bookmarks.get(sequence) ?? view.value.compiled.marks?.(line) ?? false;
  });
}

async function search(
  { log, scheduler }: EngineParts,
  view: LogView,
  { from, backwards }: { from: number; backwards: boolean },
  signal: AbortSignal,
  test: Parameters<typeof findRow>[0]["test"],
): Promise<Result<number>> {
  const row = await findRow({ store: log.store, view, scheduler, from, backwards, test, signal });
  if (row !== undefined) return ok(row);
  return fail(ntscopeError("cancelled", "The search was given up, or the view's rules changed meanwhile."));
}

/** Here, unlike in a saved filter, a bad expression is the caller's to mend. */
function searchMatcher({ text, regex, matchCase }: EngineParams<"log.find">): Result<TextMatcher> {
  if (text === "") return fail(ntscopeError("empty-search", "There is nothing to search for."));
  if (!regex) return ok(literalMatcher(text, matchCase));
  const { matcher, error } = compileText({ match: "regex", text, matchCase }, false);
  if (!matcher || error !== undefined) return fail(ntscopeError("bad-regex", error ?? "Not a regular expression."));
  return ok(matcher);
}

function done(act: () => void): Result<null> {
  act();
  return ok(null);
}
