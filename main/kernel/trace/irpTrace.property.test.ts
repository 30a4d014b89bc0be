/** Whatever drivers do with IRPs: each traced one ends once or is still under way, and its steps are in order. */
import fc from "fast-check";
import { expect, it } from "vitest";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { irpDetail } from "./irpDetail";
import { type Act, completes, copies, pends, skips, TestStack, watches } from "./testStack";

const { STATUS_SUCCESS, STATUS_UNSUCCESSFUL, STATUS_MORE_PROCESSING_REQUIRED } = codes;

type Word = "complete" | "fail" | "skip" | "copy" | "watch" | "keep" | "pend";
const words: readonly Word[] = ["complete", "fail", "skip", "copy", "watch", "keep", "pend"];

function actOf(word: Word, isLowest: boolean, pended: number[]): Act {
  if (word === "pend") return pends(pended);
  if (word === "fail") return completes(STATUS_UNSUCCESSFUL);
  if (word === "complete" || isLowest) return completes(STATUS_SUCCESS, 1);
  if (word === "skip") return skips;
  if (word === "copy") return copies;
  if (word === "watch") return watches(STATUS_SUCCESS);
  return watches(STATUS_MORE_PROCESSING_REQUIRED);
}

it("any sequence leaves each IRP ended once or still open", () => {
  const layers = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 });
  const events = fc.array(fc.constantFrom("read", "complete", "cancel", "off", "on"), { maxLength: 12 });
  fc.assert(
    fc.property(layers, events, (stackWords, script) => {
      const pended: number[] = [];
      const acts = stackWords.map((word, position) => actOf(word, position === stackWords.length - 1, pended));
      const stack = new TestStack(acts);
      const { kernel } = stack.test;
      for (const event of script) {
        if (event === "read") stack.read();
        else if (event === "on" || event === "off") stack.trace.setRecording(event === "on");
        else {
          const irp = pended.shift();
          if (irp === undefined || kernel.io.irps.find(irp) === undefined) continue;
          if (event === "complete") stack.complete(irp, STATUS_SUCCESS);
          else kernel.enter(() => kernel.io.cancel.IoCancelIrp(irp));
        }
      }
      const live = new Set(kernel.io.irps.live.map(({ trace }) => trace?.number));
      const { rows } = stack.index.rows({}, 0, 1000);
      for (const row of rows) {
        const detail = irpDetail(stack.trace.store, row.number);
        const steps = detail?.steps ?? [];
        const ends = steps.filter(({ kind }) => kind === "end").length;
        expect(ends).toBe(row.status === undefined ? 0 : 1);
        expect(live.has(row.number)).toBe(row.status === undefined);
        expect(detail?.hops.length).toBe(row.hops);
        expect(detail?.lost).toBe(0);
        expect(steps.filter(({ kind }) => kind === "call").length).toBe(row.hops);
        for (const [index, { order }] of steps.entries())
          if (index > 0) expect(order).toBeGreaterThan(steps[index - 1]?.order ?? 0);
      }
      expect(kernel.ke.bugchecked).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});
