import { describe, expect, it } from "vitest";
import { type EngineClient, ok } from "../../../preload/shared";
import { rowOfIrp } from "./rowOfIrp";
import { testRows } from "./testRows";

/** A view whose rows belong to these IRPs and show these texts. */
function view(lines: readonly (readonly [irp: number, text: string])[]): Pick<EngineClient, "call"> {
  return {
    async call(verb, params) {
      const asked = params as { irp: number; from: number; count: number };
      if (verb === "log.rowOfIrp") return ok(lines.findIndex(([irp]) => irp === asked.irp)) as never;
      const some = lines.slice(asked.from, asked.from + asked.count);
      const rows = testRows(
        asked.from,
        some.map(([, text]) => text),
      );
      return ok({ ...rows, irp: Float64Array.from(some, ([irp]) => irp) }) as never;
    },
  };
}

describe("the row of an IRP's line", () => {
  const lines = [
    [0, "loaded"],
    [7, "open"],
    [8, "open"],
    [7, "read 4 bytes"],
    [7, "open"],
  ] as const;

  it("is the first where no text is wanted", async () => {
    expect(await rowOfIrp(view(lines), 1, { irp: 7 })).toBe(1);
  });

  it("is the one with the text, and of those the wanted one", async () => {
    expect(await rowOfIrp(view(lines), 1, { irp: 7, print: { text: "read 4 bytes\n", nth: 0 } })).toBe(3);
    expect(await rowOfIrp(view(lines), 1, { irp: 7, print: { text: "open", nth: 1 } })).toBe(4);
    expect(await rowOfIrp(view(lines), 1, { irp: 8, print: { text: "open", nth: 0 } })).toBe(2);
  });

  it("is the IRP's first where a filter hides the wanted one", async () => {
    expect(await rowOfIrp(view(lines), 1, { irp: 7, print: { text: "hidden", nth: 0 } })).toBe(1);
  });

  it("is looked for beyond the first page", async () => {
    const many = Array.from({ length: 1_300 }, (_, at) => [at === 0 || at === 1_290 ? 5 : 6, `line ${at}`] as const);
    expect(await rowOfIrp(view(many), 1, { irp: 5, print: { text: "line 1290", nth: 0 } })).toBe(1_290);
  });

  it("is none where the view has no line of it", async () => {
    expect(await rowOfIrp(view(lines), 1, { irp: 99 })).toBe(-1);
  });
});
