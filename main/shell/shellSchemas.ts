/** One schema a shell verb: what its parameters may be. A verb without a schema does not compile. */
import path from "node:path";
import * as v from "valibot";
import type { CommandId } from "../../preload/commands";
import type { MachineRequest, ShellVerb, ShellVerbs } from "../../preload/contract";
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

const machineId = v.pipe(v.string(), v.maxLength(20));

/** Paths that a program is given are absolute: relative ones would mean the folder that it was started in. */
const filePath = v.pipe(v.string(), v.maxLength(32_767), v.check(path.isAbsolute, "Give the whole path"));

const machineRequest: v.GenericSchema<unknown, MachineRequest> = v.variant("kind", [
  v.strictObject({ kind: v.literal("model") }),
  v.strictObject({ kind: v.literal("local") }),
  v.strictObject({ kind: v.literal("wine"), prefix: v.exactOptional(filePath), make: v.exactOptional(v.boolean()) }),
  v.strictObject({ kind: v.literal("pairing"), line: v.pipe(v.string(), v.maxLength(1_000)) }),
  v.strictObject({ kind: v.literal("agent"), address: v.pipe(v.string(), v.maxLength(1_000)), keyFile: filePath }),
]);

export const shellSchemas: { [K in ShellVerb]: v.GenericSchema<unknown, ShellVerbs[K][0]> } = {
  "settings.get": v.null(),
  "settings.set": settingsPatchSchema,
  // 100,000 rows of the log, the most that one call of `log.text` answers, at 512 bytes a message.
  "clipboard.write": v.strictObject({ text: v.pipe(v.string(), v.maxLength(64 * 1024 * 1024)) }),
  "dialog.save": v.strictObject({
    suggestedName: v.pipe(v.string(), v.maxLength(1_000)),
    format: v.picklist(["debugview", "text", "csv", "jsonl", "irpTrace"]),
  }),
  "dialog.openDriver": v.null(),
  // What it may be besides is the handler's to say, in a sentence that fits below the field.
  "dialog.newDriver": v.strictObject({ name: v.pipe(v.string(), v.maxLength(1_000)) }),
  "menu.popup": v.strictObject({
    commands: v.pipe(v.array(v.union([v.literal("-"), commandId])), v.minLength(1), v.maxLength(100)),
    x: v.exactOptional(coordinate),
    y: v.exactOptional(coordinate),
  }),
  "menu.state": v.strictObject({ enabled: flags, checked: flags }),
  "engine.status": v.null(),
  "engine.restart": v.null(),
  "engine.cancel": v.null(),
  "machines.list": v.null(),
  "machines.open": v.strictObject({ machine: machineRequest, place: v.picklist(["tab", "here"]) }),
  "machines.close": v.strictObject({ id: machineId }),
  "machines.activate": v.union([v.strictObject({ id: machineId }), v.strictObject({ step: v.picklist([1, -1]) })]),
  "machines.choosePrefix": v.null(),
  "machines.chooseKeyFile": v.null(),
  "machines.describe": v.strictObject({
    name: v.pipe(v.string(), v.maxLength(100_000)),
    state: v.picklist(["connecting", "running", "stopped", "lost", "hung", "crashed", "failed"]),
  }),
  "app.info": v.null(),
  "app.openLogFolder": v.null(),
  "app.quit": v.null(),
};
