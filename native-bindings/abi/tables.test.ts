/** What every table of names and numbers has to keep to. */
import { describe, expect, it } from "vitest";
import * as bugcheckCodes from "./bugcheckCodes";
import * as createOptions from "./createOptions";
import * as debugPrintComponents from "./debugPrintComponents";
import * as deviceCharacteristics from "./deviceCharacteristics";
import * as deviceFlags from "./deviceFlags";
import * as deviceTypes from "./deviceTypes";
import * as driverFlags from "./driverFlags";
import * as fileObjectFlags from "./fileObjectFlags";
import { decodeFlags, type FlagTable, findNamedValue, flagTable, formatFlags, type ValueTable } from "./flags";
import * as informationClasses from "./informationClasses";
import * as ioTypes from "./ioTypes";
import * as irpFlags from "./irpFlags";
import * as irpFunctions from "./irpFunctions";
import * as mdlFlags from "./mdlFlags";
import * as objectAttributes from "./objectAttributes";
import * as objectHeaderFlags from "./objectHeaderFlags";
import * as objectRights from "./objectRights";
import * as poolTypes from "./poolTypes";
import * as stackLocationFlags from "./stackLocationFlags";

const modules: readonly Readonly<Record<string, unknown>>[] = [
  bugcheckCodes,
  createOptions,
  debugPrintComponents,
  deviceCharacteristics,
  deviceFlags,
  deviceTypes,
  driverFlags,
  fileObjectFlags,
  informationClasses,
  ioTypes,
  irpFlags,
  irpFunctions,
  mdlFlags,
  objectAttributes,
  objectHeaderFlags,
  objectRights,
  poolTypes,
  stackLocationFlags,
];

type Table = FlagTable | ValueTable;

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && "kind" in value;
}

const tables = modules.flatMap((module) =>
  Object.entries(module).filter((entry): entry is [string, Table] => isTable(entry[1])),
);

describe.each(tables)("%s", (_name, table) => {
  const rows = table.kind === "flags" ? table.flags : table.values;
  const numbers = table.kind === "flags" ? table.flags.map(({ bit }) => bit) : table.values.map(({ value }) => value);

  it("names each number once, unsigned, with a meaning", () => {
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of numbers) expect(number >= 0 && number <= 0xffff_ffff && Number.isInteger(number)).toBe(true);
    for (const { name, meaning } of rows) expect(meaning, name).not.toBe("");
  });

  if (table.kind === "flags") {
    it("has one bit for each flag", () => {
      for (const number of numbers) expect(Math.log2(number) % 1).toBe(0);
    });
  }
});

describe("exported constants", () => {
  it("are the numbers of their tables", () => {
    for (const module of modules) {
      const known = new Map<string, number>();
      for (const table of Object.values(module).filter(isTable)) {
        for (const [name, value] of Object.entries(table.kind === "flags" ? table.bit : table.value)) {
          known.set(name, value);
        }
      }
      for (const [name, value] of Object.entries(module)) {
        if (typeof value === "number" && known.has(name)) expect(value, name).toBe(known.get(name));
      }
    }
  });
});

describe("flags", () => {
  const table = flagTable({ A: [0x1, "a"], BOTH: [0x6, "two bits"], TOP: [0x80000000, "top"] });

  it("decodes set and unknown bits", () => {
    const { set, unknown } = decodeFlags(table, 0x8000_0017 | 0);
    expect(set.map(({ name }) => name)).toEqual(["A", "BOTH", "TOP"]);
    expect(unknown).toBe(0x10);
  });

  it("needs all bits of a name", () => {
    expect(decodeFlags(table, 0x2)).toEqual({ set: [], unknown: 0x2 });
  });

  it("formats", () => {
    expect(formatFlags(table, 0)).toBe("0");
    expect(formatFlags(table, 0x9)).toBe("A | 0x8");
    expect(formatFlags(deviceFlags.deviceObjectFlags, 0x44)).toBe("DO_BUFFERED_IO | DO_DEVICE_HAS_NAME");
  });

  it("finds named values", () => {
    expect(findNamedValue(deviceTypes.deviceTypes, 0x22)?.name).toBe("FILE_DEVICE_UNKNOWN");
    expect(findNamedValue(deviceTypes.deviceTypes, 0x8000)).toBeUndefined();
  });
});

describe("IRP functions", () => {
  it("has a name for each of the 28 major functions", () => {
    const names = Array.from({ length: irpFunctions.IRP_MJ_MAXIMUM_FUNCTION + 1 }, (_, index) =>
      irpFunctions.majorFunctionName(index),
    );
    expect(names).toHaveLength(28);
    expect(names.every((name) => /^IRP_MJ_[A-Z]/.test(name))).toBe(true);
    expect(irpFunctions.majorFunctionName(0x1c)).toBe("IRP_MJ_0x1C");
  });

  it("names minor functions by their major one", () => {
    expect(irpFunctions.minorFunctionName(0x1b, 2)).toBe("IRP_MN_REMOVE_DEVICE");
    expect(irpFunctions.minorFunctionName(0x16, 2)).toBe("IRP_MN_SET_POWER");
    expect(irpFunctions.minorFunctionName(0x3, 0)).toBeUndefined();
  });
});
