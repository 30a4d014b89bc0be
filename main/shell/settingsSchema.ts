/**
 * The settings' schema and defaults. It checks both what the page asks to keep and what a file on disk holds, so
 * every list and text has a bound: the file is read before the window shows.
 */
import * as v from "valibot";
import type { RecentMachine, Settings } from "../../preload/settings";
import { DEFAULT_HISTORY_LINES } from "../log/historyLimit";
import type { LogRule } from "../log/logRule";

const shortText = v.pipe(v.string(), v.maxLength(1_000));
/** NT paths are at most 32,767 UTF-16 units (a UNICODE_STRING's length is 16 bits of bytes). */
const pathText = v.pipe(v.string(), v.maxLength(32_767));
const key = v.pipe(v.string(), v.maxLength(100));

const columnLayout = v.strictObject({
  order: v.pipe(v.array(key), v.maxLength(100)),
  hidden: v.pipe(v.array(key), v.maxLength(100)),
  widths: v.record(key, v.pipe(v.number(), v.minValue(0), v.maxValue(100_000))),
});

export const logRuleSchema: v.GenericSchema<unknown, LogRule> = v.strictObject({
  column: v.picklist(["text", "process", "processId", "threadId", "source", "component", "level", "any"]),
  match: v.picklist(["wildcards", "regex", "equals"]),
  text: shortText,
  matchCase: v.boolean(),
  action: v.picklist(["include", "exclude", "highlight", "mark", "discard"]),
  colour: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9)),
  enabled: v.boolean(),
});

const recentMachine: v.GenericSchema<unknown, RecentMachine> = v.variant("kind", [
  v.strictObject({ kind: v.literal("wine"), prefix: v.exactOptional(pathText) }),
  v.strictObject({ kind: v.literal("agent"), address: shortText, keyFile: v.exactOptional(pathText) }),
]);

/** A docking layout is a few kilobytes; a megabyte is far past any real one. */
const maxLayoutLength = 1_000_000;

function isSmallJson(value: unknown): boolean {
  try {
    const text: string | undefined = JSON.stringify(value);
    return text !== undefined && text.length <= maxLayoutLength;
  } catch {
    // A cycle or a bigint: structured clone carries those, JSON does not.
    return false;
  }
}

export const settingEntries = {
  theme: v.picklist(["system", "light", "dark", "highContrast"]),
  zoom: v.pipe(v.number(), v.minValue(0.5), v.maxValue(3)),
  layout: v.pipe(v.unknown(), v.check(isSmallJson, "The layout must be JSON of at most 1 MB")),
  columns: v.record(key, columnLayout),
  sort: v.record(key, v.strictObject({ column: key, descending: v.boolean() })),
  lastPath: pathText,
  clock: v.picklist(["clock", "clockMs", "elapsed", "delta"]),
  follow: v.boolean(),
  historyLines: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  logRules: v.pipe(v.array(logRuleSchema), v.maxLength(1_000)),
  guideDone: v.boolean(),
  pathHistory: v.pipe(v.array(pathText), v.maxLength(200)),
  recentMachines: v.pipe(v.array(recentMachine), v.maxLength(100)),
} satisfies { [K in keyof Settings]: v.GenericSchema<unknown, Settings[K]> };

/** What `settings.set` takes: any of the entries, and nothing else. */
export const settingsPatchSchema: v.GenericSchema<unknown, Partial<Settings>> = v.strictObject({
  theme: v.exactOptional(settingEntries.theme),
  zoom: v.exactOptional(settingEntries.zoom),
  layout: v.exactOptional(settingEntries.layout),
  columns: v.exactOptional(settingEntries.columns),
  sort: v.exactOptional(settingEntries.sort),
  lastPath: v.exactOptional(settingEntries.lastPath),
  clock: v.exactOptional(settingEntries.clock),
  follow: v.exactOptional(settingEntries.follow),
  historyLines: v.exactOptional(settingEntries.historyLines),
  logRules: v.exactOptional(settingEntries.logRules),
  guideDone: v.exactOptional(settingEntries.guideDone),
  pathHistory: v.exactOptional(settingEntries.pathHistory),
  recentMachines: v.exactOptional(settingEntries.recentMachines),
});

export const windowStateSchema = v.strictObject({
  x: v.pipe(v.number(), v.safeInteger()),
  y: v.pipe(v.number(), v.safeInteger()),
  width: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  height: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  maximised: v.boolean(),
});

/** Restored bounds (as the window has when it is not maximised), in device-independent pixels of the desktop. */
export type WindowState = v.InferOutput<typeof windowStateSchema>;

export function defaultSettings(): Settings {
  return {
    theme: "system",
    zoom: 1,
    layout: null,
    columns: {},
    // By name, as WinObj shows them; a third click on the header gives NT's own order.
    sort: { objects: { column: "name", descending: false } },
    lastPath: "\\",
    clock: "clockMs",
    follow: true,
    // DESIGN 5: ten million lines cost the page nothing; the engine holds about 100 bytes a line.
    historyLines: DEFAULT_HISTORY_LINES,
    logRules: [],
    guideDone: false,
    pathHistory: [],
    recentMachines: [],
  };
}
