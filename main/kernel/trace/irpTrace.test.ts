/** What the trace says of IRPs that drivers complete, hand on, keep, cancel and make themselves. */
import { describe, expect, it } from "vitest";
import { IRP_MJ_READ } from "../../../native-bindings/abi/irpFunctions";
import * as codes from "../../../native-bindings/abi/ntstatus/codes";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { irpDetail } from "./irpDetail";
import { completes, copies, type Layer, pends, skips, stepTexts, TestStack, watches } from "./testStack";

const { STATUS_SUCCESS, STATUS_MORE_PROCESSING_REQUIRED, STATUS_CANCELLED, STATUS_UNSUCCESSFUL } = codes;

function verdicts(stack: TestStack): string[] {
  return stack.newest().hops.map(({ driver, verdict, location }) => `${driver} ${location} ${verdict}`);
}

describe("verdicts", () => {
  it("one driver completes", () => {
    const stack = new TestStack([
      (layer, irp) => {
        layer.test.host.time += 2.5;
        return completes(STATUS_SUCCESS, 5)(layer, irp);
      },
    ]);
    const { time } = stack.test.host;
    stack.read();
    const { row, hops, steps, lost } = stack.newest();
    expect(row).toMatchObject({
      origin: "user",
      process: "test.exe",
      major: "IRP_MJ_READ",
      device: "\\Device\\Bottom",
      driver: "\\Driver\\bottom",
      fileName: "\\HELLO",
      status: { name: "STATUS_SUCCESS" },
      information: 5,
      hops: 1,
      wasCancelled: false,
      time,
      duration: 2.5,
    });
    expect(hops).toMatchObject([
      { location: 1, verdict: "completed", routine: "bottom!dispatch_3", returned: { name: "STATUS_SUCCESS" } },
    ]);
    expect(stepTexts(steps)).toEqual([
      "0 call 1",
      "0 complete STATUS_SUCCESS",
      "-1 end STATUS_SUCCESS",
      "0 return STATUS_SUCCESS",
    ]);
    expect(lost).toBe(0);
  });

  it("below a filter without a name, the row names the device that was opened", () => {
    const stack = new TestStack([skips, completes()]);
    stack.read();
    const { row, hops } = stack.newest();
    expect(row).toMatchObject({ device: "\\Device\\Bottom", driver: "\\Driver\\bottom" });
    expect(hops[0]?.device).toMatch(/^0x/);
  });

  it.each<[string, ConstructorParameters<typeof TestStack>[0], string[]]>([
    ["skip", [skips, completes()], ["\\Driver\\filter1 2 skipped", "\\Driver\\bottom 2 completed"]],
    ["copy", [copies, completes()], ["\\Driver\\filter1 2 passed", "\\Driver\\bottom 1 completed"]],
    [
      "a completion routine",
      [watches(STATUS_SUCCESS), completes()],
      ["\\Driver\\filter1 2 passedWithCompletionRoutine", "\\Driver\\bottom 1 completed"],
    ],
    [
      "skip above a completion routine above the last",
      [skips, watches(STATUS_SUCCESS), completes()],
      [
        "\\Driver\\filter2 3 skipped",
        "\\Driver\\filter1 3 passedWithCompletionRoutine",
        "\\Driver\\bottom 2 completed",
      ],
    ],
    [
      "copy above skip above the last",
      [copies, skips, completes(STATUS_UNSUCCESSFUL)],
      ["\\Driver\\filter2 3 passed", "\\Driver\\filter1 2 skipped", "\\Driver\\bottom 2 completed"],
    ],
    [
      "the middle one completes",
      [watches(STATUS_SUCCESS), completes(), completes()],
      ["\\Driver\\filter2 3 passedWithCompletionRoutine", "\\Driver\\filter1 2 completed"],
    ],
    ["nothing at all", [() => STATUS_SUCCESS], ["\\Driver\\bottom 1 forgotten"]],
  ])("%s", (_what, acts, expected) => {
    const stack = new TestStack(acts);
    stack.read();
    expect(verdicts(stack)).toEqual(expected);
  });

  it("a completion routine keeps the IRP, its driver completes it again", () => {
    const stack = new TestStack([
      watches(STATUS_MORE_PROCESSING_REQUIRED, ({ driver }: Layer, irp) => driver.complete(irp, STATUS_SUCCESS, 2)),
      completes(STATUS_UNSUCCESSFUL, 1),
    ]);
    stack.read();
    const { row, steps } = stack.newest();
    expect(verdicts(stack)).toEqual([
      "\\Driver\\filter1 2 passedWithCompletionRoutine",
      "\\Driver\\bottom 1 completed",
    ]);
    expect(row).toMatchObject({ status: { name: "STATUS_SUCCESS" }, information: 2 });
    expect(stepTexts(steps)).toEqual([
      "0 call 2",
      "1 call 1",
      "1 complete STATUS_UNSUCCESSFUL",
      "0 completionRoutine filter1!OnComplete STATUS_MORE_PROCESSING_REQUIRED",
      "1 return STATUS_UNSUCCESSFUL",
      "0 complete STATUS_SUCCESS",
      "-1 end STATUS_SUCCESS",
      "0 return STATUS_SUCCESS",
    ]);
    expect([...steps].map(({ order }) => order)).toEqual(steps.map(({ order }) => order).sort((a, b) => a - b));
  });

  it("pended, and completed while other IRPs came and went", () => {
    const kept: number[] = [];
    const stack = new TestStack([copies, pends(kept)]);
    stack.read();
    const { number } = stack.newest().row;
    expect(verdicts(stack)).toEqual(["\\Driver\\filter1 2 passed", "\\Driver\\bottom 1 pended"]);
    expect(stack.newest().row.status).toBeUndefined();
    stack.read();
    stack.complete(kept[0] ?? 0, STATUS_SUCCESS, 3);
    const first = irpDetail(stack.trace.store, number);
    expect(first?.row).toMatchObject({ status: { name: "STATUS_SUCCESS" }, information: 3 });
    expect(first?.hops.map(({ verdict }) => verdict)).toEqual(["passed", "completed"]);
    expect(stepTexts(first?.steps ?? [])).toEqual([
      "0 call 2",
      "1 call 1",
      "1 pend",
      "1 return STATUS_PENDING",
      "0 return STATUS_PENDING",
      "1 complete STATUS_SUCCESS",
      "-1 end STATUS_SUCCESS",
    ]);
    expect(stack.newest().row.status).toBeUndefined();
  });

  it("cancelled by its caller, with a routine and without one", () => {
    const kept: number[] = [];
    const cancel = ({ test: { kernel }, driver }: Layer, irp: number) => {
      kernel.dbg.DbgPrint("cancelled\n");
      kernel.io.cancel.IoReleaseCancelSpinLock(kernel.mem.readU8(irp + IRP.offset.CancelIrql));
      driver.complete(irp, STATUS_CANCELLED);
    };
    const stack = new TestStack([pends(kept, cancel)]);
    const { kernel } = stack.test;
    stack.read();
    kernel.enter(() => kernel.io.cancel.IoCancelIrp(kept[0] ?? 0));
    const { row, steps } = stack.newest();
    expect(row).toMatchObject({ wasCancelled: true, status: { name: "STATUS_CANCELLED" } });
    expect(stepTexts(steps)).toEqual([
      "0 call 1",
      "0 pend",
      "0 return STATUS_PENDING",
      "0 cancel bottom!Cancel",
      '0 print "cancelled\\n"',
      "0 complete STATUS_CANCELLED",
      "-1 end STATUS_CANCELLED",
    ]);
    const bare = new TestStack([pends(kept)]);
    bare.read();
    bare.test.kernel.enter(() => bare.test.kernel.io.cancel.IoCancelIrp(kept[1] ?? 0));
    expect(bare.newest().row).toMatchObject({ wasCancelled: true });
    expect(stepTexts(bare.newest().steps).at(-1)).toBe("0 cancel ");
  });

  it("an IRP that a driver makes, sends, gets back and frees", () => {
    const stack = new TestStack([completes(STATUS_SUCCESS, 9)]);
    const { test, layers } = stack;
    const [layer] = layers as [Layer];
    const { io, driverIo, mem } = test.kernel;
    test.kernel.enter(() => {
      const irp = driverIo.irps.IoAllocateIrp(1);
      mem.writeU8(io.IoGetNextIrpStackLocation(irp), IRP_MJ_READ);
      const routine = layer.driver.routine(() => STATUS_MORE_PROCESSING_REQUIRED, "Back");
      io.IoSetCompletionRoutine(irp, routine, 0, true, true, true);
      io.IoCallDriver(layer.device, irp);
      driverIo.irps.IoFreeIrp(irp);
    });
    const { row, steps } = stack.newest();
    expect(row).toMatchObject({ origin: "driver", process: "System", fileName: "", information: 9 });
    expect(stepTexts(steps)).toEqual([
      "0 call 1",
      "0 complete STATUS_SUCCESS",
      "-1 completionRoutine bottom!Back STATUS_MORE_PROCESSING_REQUIRED",
      "0 return STATUS_SUCCESS",
      "-1 end STATUS_SUCCESS",
    ]);
  });
});

describe("the order of steps", () => {
  it("is that in which they came, also when a driver issues another request in the midst of one", () => {
    let isNested = false;
    const stack: TestStack = new TestStack([
      (layer, irp) => {
        if (!isNested) {
          isNested = true;
          layer.test.host.time += 1;
          stack.read();
          layer.test.host.time += 1;
        }
        return completes(STATUS_SUCCESS, 7)(layer, irp);
      },
    ]);
    stack.read();
    const inner = stack.newest();
    const outer = irpDetail(stack.trace.store, inner.row.number - 1);
    const all = [...(outer?.steps ?? []), ...inner.steps].sort((first, second) => first.order - second.order);
    expect(stepTexts(all)).toEqual([
      "0 call 1",
      "0 call 1",
      "0 complete STATUS_SUCCESS",
      "-1 end STATUS_SUCCESS",
      "0 return STATUS_SUCCESS",
      "0 complete STATUS_SUCCESS",
      "-1 end STATUS_SUCCESS",
      "0 return STATUS_SUCCESS",
    ]);
    expect(new Set(all.map(({ order }) => order)).size).toBe(all.length);
    expect([outer?.row.duration, inner.row.duration]).toEqual([2, 0]);
    expect(all.map(({ time }) => time)).toEqual(
      [...all.map(({ time }) => time)].sort((first, second) => first - second),
    );
  });

  it("shows a driver that returns another status than it completed with", () => {
    const stack = new TestStack([
      (layer, irp) => {
        completes(STATUS_SUCCESS)(layer, irp);
        layer.test.host.time += 4;
        return STATUS_UNSUCCESSFUL;
      },
    ]);
    stack.read();
    const { steps, hops, row, lost } = stack.newest();
    expect(stepTexts(steps)).toEqual([
      "0 call 1",
      "0 complete STATUS_SUCCESS",
      "-1 end STATUS_SUCCESS",
      "0 return STATUS_UNSUCCESSFUL",
    ]);
    expect(hops).toMatchObject([{ verdict: "completed", returned: { name: "STATUS_UNSUCCESSFUL" } }]);
    expect(steps.map(({ time }) => time - row.time)).toEqual([0, 0, 0, 4]);
    expect(lost).toBe(0);
  });
});

describe("prints", () => {
  it("belong to the innermost routine that runs, and carry its IRP", () => {
    const stack = new TestStack([
      (layer, irp) => {
        const { dbg } = layer.test.kernel;
        dbg.DbgPrint("down\n");
        const status = copies(layer, irp);
        dbg.DbgPrint("back %s\n", "up");
        return status;
      },
      (layer, irp) => {
        layer.test.kernel.dbg.DbgPrint("bottom \u00e9");
        return completes()(layer, irp);
      },
    ]);
    stack.test.kernel.dbg.DbgPrint("outside\n");
    stack.read();
    const { row, steps } = stack.newest();
    expect(stepTexts(steps)).toEqual([
      "0 call 2",
      '0 print "down\\n"',
      "1 call 1",
      '1 print "bottom \u00e9"',
      "1 complete STATUS_SUCCESS",
      "-1 end STATUS_SUCCESS",
      "1 return STATUS_SUCCESS",
      '0 print "back up\\n"',
      "0 return STATUS_SUCCESS",
    ]);
    expect(stack.test.host.prints.slice(-4).map(({ text, irp }) => [text, irp])).toEqual([
      ["outside\n", 0],
      ["down\n", row.number],
      ["bottom \u00e9", row.number],
      ["back up\n", row.number],
    ]);
  });

  it("of a thread whose routine waits do not go to another thread's IRP", () => {
    const stack = new TestStack([completes()]);
    const { kernel } = stack.test;
    const { watch } = kernel.io;
    const other = kernel.ps.createThread(stack.test.process);
    stack.layers[0]?.driver.handle(IRP_MJ_READ, (_device, irp) => {
      watch.onWait?.("a mutex");
      // What the scheduler lets run meanwhile.
      kernel.ps.runAs(other, 0, () => kernel.dbg.DbgPrint("elsewhere\n"));
      watch.onResume?.();
      return stack.layers[0]?.driver.complete(irp, STATUS_SUCCESS) ?? 0;
    });
    stack.read();
    expect(stepTexts(stack.newest().steps).slice(1, 3)).toEqual(["0 wait a mutex", "0 resume"]);
    expect(stack.test.host.prints.at(-1)).toMatchObject({ text: "elsewhere\n", irp: 0 });
  });
});

describe("recording", () => {
  it("keeps the names of a device that is gone", () => {
    const stack = new TestStack([completes()]);
    const { kernel } = stack.test;
    stack.read();
    kernel.enter(() => kernel.io.IoDeleteDevice(stack.layers[0]?.device ?? 0));
    stack.test.close(stack.handle);
    const { rows } = stack.index.rows({}, 0, 100);
    expect(rows.map(({ major, device, driver }) => [major, device, driver])).toEqual(
      ["CREATE", "READ", "CLEANUP", "CLOSE"].map((major) => [
        `IRP_MJ_${major}`,
        "\\Device\\Bottom",
        "\\Driver\\bottom",
      ]),
    );
  });

  it("off adds no IRP, but follows those under way to their end", () => {
    const kept: number[] = [];
    const stack = new TestStack([pends(kept)]);
    stack.read();
    const { number } = stack.newest().row;
    stack.trace.setRecording(false);
    stack.read();
    expect(stack.newest().row.number).toBe(number);
    stack.complete(kept[0] ?? 0, STATUS_SUCCESS);
    expect(stack.newest().row.status?.name).toBe("STATUS_SUCCESS");
    stack.trace.setRecording(false);
    expect(Object.values(stack.test.kernel.io.watch).every((hook) => hook === undefined)).toBe(true);
    stack.trace.setRecording(true);
    stack.read();
    expect(stack.newest().row.number).toBe(number + 1);
  });

  it("cleared forgets, and numbers go on; so they do after a restart", () => {
    const stack = new TestStack([completes()]);
    stack.read();
    const { number } = stack.newest().row;
    stack.trace.clear();
    expect(stack.trace.state()).toMatchObject({ irps: 0, hops: 0, bytes: 0, dropped: 0, isRecording: true });
    expect(irpDetail(stack.trace.store, number)).toBeUndefined();
    stack.read();
    expect(stack.newest().row.number).toBe(number + 1);
    const next = new TestStack([completes()], { after: stack.trace });
    next.read();
    expect(next.newest().row.number).toBe(number + 3);
  });
});
