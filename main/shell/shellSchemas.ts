/** One schema a shell verb: what its parameters may be. A verb without a schema does not compile. */
import * as v from "valibot";
import type { CommandId } from "../../preload/commands";
import type { ShellVerb, ShellVerbs } from "../../preload/contract";
import { isCommandId } from "./menu";
import { settingsPatchSchema } from "./settingsSchema";

const commandId = v.custom<CommandId>(isCommandId, "There is no such command");

const flags = v.custom<Partial<Record<CommandId, boolean>>>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(value).every(([id, flag]) => isCommandId(id) && typeof flag === "boolean"),
  "Expected commands with true or false",
);

/** CSS pixels; wider than any desktop. */
const coordinate = v.pipe(v.number(), v.minValue(-100_000), v.maxValue(100_000));

export const shellSchemas: { [K in ShellVerb]: v.GenericSchema<unknown, ShellVerbs[K][0]> } = {
  "settings.get": v.null(),
  "settings.set": settingsPatchSchema,
  // 100,000 rows of the log, the most that one call of `log.text` answers, at 512 bytes a message.
  "clipboard.write": v.strictObject({ text: v.pipe(v.string(), v.maxLength(64 * 1024 * 1024)) }),
  "dialog.saveLog": v.strictObject({
    suggestedName: v.pipe(v.string(), v.maxLength(1_000)),
    format: v.picklist(["debugview", "text", "csv", "jsonl"]),
  }),
  "dialog.openDriver": v.null(),
  "menu.popup": v.strictObject({
    commands: v.pipe(v.array(v.union([v.literal("-"), commandId])), v.minLength(1), v.maxLength(100)),
    x: v.exactOptional(coordinate),
    y: v.exactOptional(coordinate),
  }),
  "menu.state": v.strictObject({ enabled: flags, checked: flags }),
  "engine.status": v.null(),
  "engine.restart": v.null(),
  "app.info": v.null(),
  "app.openLogFolder": v.null(),
  "app.quit": v.null(),
  "window.setTitle": v.strictObject({ title: v.pipe(v.string(), v.maxLength(100_000)) }),
};
