import { describe, expect, it } from "vitest";
import {
  STATUS_ACCESS_DENIED,
  STATUS_OBJECT_NAME_NOT_FOUND,
  STATUS_OBJECT_TYPE_MISMATCH,
} from "../../native-bindings/abi/ntstatus/codes";
import { probeType } from "./probeType";

const probe = (asLink: number, asDirectory: number) =>
  probeType("\\X", { openLink: () => asLink, openDirectory: () => asDirectory });

describe("probeType", () => {
  it.each([
    // A link to a directory opens as both.
    [0, 0, "SymbolicLink"],
    [STATUS_OBJECT_TYPE_MISMATCH, 0, "Directory"],
    [STATUS_OBJECT_TYPE_MISMATCH, STATUS_OBJECT_TYPE_MISMATCH, undefined],
    [STATUS_OBJECT_NAME_NOT_FOUND, STATUS_OBJECT_NAME_NOT_FOUND, "missing"],
    // Of the link, or of a directory on the way.
    [STATUS_ACCESS_DENIED, 0, undefined],
    [STATUS_OBJECT_TYPE_MISMATCH, STATUS_ACCESS_DENIED, undefined],
  ])("of what answers %i and %i is %s", (asLink, asDirectory, expected) => {
    expect(probe(asLink, asDirectory)).toBe(expected);
  });
});
