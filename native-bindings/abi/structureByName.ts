/** Every declared structure by name, for `dt` and for dumps. */
import type { StructureLayout } from "./structure";
import * as apc from "./structures/apc";
import * as deviceObject from "./structures/deviceObject";
import * as deviceQueue from "./structures/deviceQueue";
import * as dispatcher from "./structures/dispatcher";
import * as driverObject from "./structures/driverObject";
import * as etw from "./structures/etw";
import * as fileObject from "./structures/fileObject";
import * as ioStatusBlock from "./structures/ioStatusBlock";
import * as irp from "./structures/irp";
import * as lists from "./structures/lists";
import * as loader from "./structures/loader";
import * as mdl from "./structures/mdl";
import * as namedPipe from "./structures/namedPipe";
import * as nativeQueries from "./structures/nativeQueries";
import * as notify from "./structures/notify";
import * as objectManager from "./structures/objectManager";
import * as pool from "./structures/pool";
import * as processes from "./structures/process";
import * as rtl from "./structures/rtl";
import * as security from "./structures/security";
import * as stackLocation from "./structures/stackLocation";
import * as strings from "./structures/strings";
import * as sync from "./structures/sync";

const families: readonly Readonly<Record<string, unknown>>[] = [
  apc,
  deviceObject,
  deviceQueue,
  dispatcher,
  driverObject,
  etw,
  fileObject,
  ioStatusBlock,
  irp,
  lists,
  loader,
  mdl,
  namedPipe,
  nativeQueries,
  notify,
  objectManager,
  pool,
  processes,
  rtl,
  security,
  stackLocation,
  strings,
  sync,
];

function isStructure(value: unknown): value is StructureLayout {
  return typeof value === "object" && value !== null && "fields" in value && "view" in value;
}

const byName = new Map<string, StructureLayout>();
for (const family of families) {
  for (const value of Object.values(family)) {
    if (isStructure(value)) byName.set(value.name.toUpperCase(), value);
  }
}

/** Without regard to case; "_UNICODE_STRING" and "nt!_UNICODE_STRING" are found too. */
export function structureByName(name: string): StructureLayout | undefined {
  return byName.get(name.trim().replace(/^nt!/i, "").replace(/^_/, "").toUpperCase());
}

/** In alphabetical order. */
export function structureNames(): readonly string[] {
  return [...byName.values()].map((structure) => structure.name).sort();
}
