import { expect, it } from "vitest";
import { Log } from "../log";
import { ManualScheduler } from "../manualScheduler";
import { recordOfRow, rowDecoder } from "../recordOfRow";
import { testPrint, testRule } from "../testLines";
import { readRows } from "./readRows";
import { rowOfIrp } from "./rowOfIrp";

it("finds an IRP's first line among those that a view shows, and rows carry the number", () => {
  const log = new Log({ scheduler: new ManualScheduler(), historyLines: 0, chunk: { lines: 4, textBytes: 512 } });
  const all = log.views.get(log.views.open([]).view);
  const some = log.views.get(log.views.open([testRule({ action: "exclude", text: "secret" })]).view);
  if (all === undefined || some === undefined) throw new Error("the views were just opened");
  const printed: (number | undefined)[] = [undefined, 7, 7, 9, 8, undefined, 7, 9, 8];
  for (const [index, irp] of printed.entries()) {
    const text = index === 3 ? "secret\n" : `line ${index}\n`;
    log.print(testPrint(text, irp === undefined ? {} : { irp }));
  }
  log.views.catchUp(some);
  expect([7, 8, 9, 10, 0].map((irp) => rowOfIrp(log.store, all, irp))).toEqual([1, 4, 3, -1, -1]);
  expect([7, 8, 9].map((irp) => rowOfIrp(log.store, some, irp))).toEqual([1, 3, 6]);
  const rows = readRows(log.store, all, log.bookmarks, 0, 4);
  expect([...rows.irp]).toEqual([0, 7, 7, 9]);
  const decoder = rowDecoder();
  expect(recordOfRow(rows, 0, decoder)).not.toHaveProperty("irp");
  expect(recordOfRow(rows, 1, decoder)).toMatchObject({ irp: 7, text: "line 1" });
  expect(log.store.record(4)).toMatchObject({ irp: 9 });
  log.setHistoryLines(3);
  expect([7, 8, 9].map((irp) => rowOfIrp(log.store, all, irp))).toEqual([0, 2, 1]);
});

it("a line in several parts is that of the IRP that began it", () => {
  const log = new Log({ scheduler: new ManualScheduler(), historyLines: 0 });
  log.print(testPrint("begun ", { irp: 3 }));
  log.print(testPrint("and ended\n", { irp: 4 }));
  expect(log.store.record(1)).toMatchObject({ irp: 3, text: "begun and ended" });
});
