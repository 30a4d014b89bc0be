// No source file grows past what one can hold in mind, except tables of data, each listed with its reason.
import { describe, expect, it } from "vitest";
import { readSourceFiles } from "./sourceFiles";

/** A file this long does more than one thing. */
const LIMIT = 450;

/** Files that are one table; the value is why it stays in one piece. */
const tables: Readonly<Record<string, string>> = {
  "native-bindings/abi/ntstatus/codes.ts": "one line per NTSTATUS, in the order of their values",
  "native-bindings/abi/ntstatus/sentences.ts": "one sentence per NTSTATUS, in the same order",
  "native-bindings/abi/objectRights.ts": "one table of access rights per object type",
  "native-bindings/abi/knownIoctls.ts": "one table of the control codes that the DDK's headers define",
};

describe("source files", () => {
  const files = readSourceFiles();

  it(`have at most ${LIMIT} lines`, () => {
    const long = files.filter((file) => file.lineCount > LIMIT && !(file.path in tables));
    expect(long.map((file) => `${file.path}: ${file.lineCount}`)).toEqual([]);
  });

  it("are listed as tables only while they are long", () => {
    const short = files.filter((file) => file.path in tables && file.lineCount <= LIMIT).map((file) => file.path);
    const gone = Object.keys(tables).filter((path) => !files.some((file) => file.path === path));
    expect([...short, ...gone]).toEqual([]);
  });
});
