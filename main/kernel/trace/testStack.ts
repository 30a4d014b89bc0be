/** A stack of test drivers with a recorded trace: `\Device\Bottom` and filters above it, each told what to do. */

import { IRP_MJ_READ } from "../../../native-bindings/abi/irpFunctions";
import { STATUS_PENDING, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { IrpDetail, IrpStep } from "../../machine/irpTrace";
import type { MayWait } from "../ke/call";
import type { IoOutcome } from "../nt/ioOutcome";
import { type TestDriver, TestKernel } from "../testKernel";
import { irpDetail } from "./irpDetail";
import { IrpTrace, type IrpTraceOptions } from "./irpTrace";
import { RowIndex } from "./rowIndex";

export interface Layer {
  readonly test: TestKernel;
  readonly driver: TestDriver;
  readonly device: number;
  /** Device below; 0 for the lowest. */
  readonly below: number;
}

/** What a layer does with IRP_MJ_READ. */
export type Act = (layer: Layer, irp: number) => MayWait<number>;

export const completes =
  (status: number = STATUS_SUCCESS, information = 0): Act =>
  ({ driver }, irp) =>
    driver.complete(irp, status, information);

export const skips: Act = ({ test: { kernel }, below }, irp) => {
  kernel.io.IoSkipCurrentIrpStackLocation(irp);
  return kernel.io.IoCallDriver(below, irp);
};

export const copies: Act = ({ test: { kernel }, below }, irp) => {
  kernel.io.IoCopyCurrentIrpStackLocationToNext(irp);
  return kernel.io.IoCallDriver(below, irp);
};

/** Keeps the IRP for whoever completes it. */
export const pends =
  (kept: number[], cancel?: (layer: Layer, irp: number) => void): Act =>
  (layer, irp) => {
    const { io } = layer.test.kernel;
    if (cancel !== undefined) {
      const routine = layer.driver.routine((_device: number, own: number) => cancel(layer, own), "Cancel");
      io.cancel.IoSetCancelRoutine(irp, routine);
    }
    io.IoMarkIrpPending(irp);
    kept.push(irp);
    return STATUS_PENDING;
  };

/** Copies, with a completion routine that answers `answer`. */
export const watches =
  (answer: number, then: (layer: Layer, irp: number) => number | undefined = () => undefined): Act =>
  (layer, irp) => {
    const { test, driver, below } = layer;
    const { io } = test.kernel;
    io.IoCopyCurrentIrpStackLocationToNext(irp);
    const routine = driver.routine((_device: number, own: number) => {
      // As a driver must that lets the completion go on.
      if (test.kernel.mem.readU8(own + IRP.offset.PendingReturned) !== 0) io.IoMarkIrpPending(own);
      return answer;
    }, "OnComplete");
    io.IoSetCompletionRoutine(irp, routine, 0, true, true, true);
    const status = io.IoCallDriver(below, irp);
    return then(layer, irp) ?? status;
  };

export class TestStack {
  readonly test = new TestKernel();
  readonly layers: Layer[] = [];
  readonly trace: IrpTrace;
  readonly index: RowIndex;
  readonly handle: number;

  /** Top first. */
  constructor(acts: readonly Act[], options: IrpTraceOptions = {}) {
    const { test } = this;
    let below = 0;
    for (const [position, act] of [...acts].reverse().entries()) {
      const name = position === 0 ? "bottom" : `filter${position}`;
      test.load(name, (driver) => {
        const device = driver.createDevice(position === 0 ? "\\Device\\Bottom" : undefined);
        const layer = { test, driver, device, below };
        driver.handle("all", (_device, irp) => driver.complete(irp, STATUS_SUCCESS));
        driver.handle(IRP_MJ_READ, (_device, irp) => act(layer, irp));
        driver.onUnload(() => undefined);
        if (below !== 0) test.kernel.io.IoAttachDeviceToDeviceStack(device, below);
        this.layers.unshift(layer);
        below = device;
        return undefined;
      });
    }
    this.trace = new IrpTrace(test.kernel, () => undefined, options);
    this.index = new RowIndex(this.trace.store);
    const opened = test.user(() =>
      test.kernel.files.NtCreateFile({ name: "\\Device\\Bottom\\HELLO" }, { desiredAccess: 0x10_0001 }),
    );
    if (opened.pending || opened.handle === 0) throw new Error("the stack could not be opened");
    this.handle = opened.handle;
  }

  read(): IoOutcome {
    return this.test.user(() => this.test.kernel.files.NtReadFile(this.handle, 0, 0, 0));
  }

  /** From outside, as an interrupt would come. */
  complete(irp: number, status: number, information = 0): void {
    this.test.kernel.enter(() => this.layers.at(-1)?.driver.complete(irp, status, information));
  }

  /** The newest read. */
  newest(): IrpDetail {
    const { rows, total } = this.index.rows({ major: "READ" }, 0, Number.MAX_SAFE_INTEGER);
    const detail = irpDetail(this.trace.store, rows[total - 1]?.number ?? 0);
    if (detail === undefined) throw new Error("no read was traced");
    return detail;
  }
}

/** "lane kind what", one a step. */
export function stepTexts(steps: readonly IrpStep[]): string[] {
  return steps.map((step) => [step.lane, step.kind, ...wordsOf(step)].join(" "));
}

function wordsOf(step: IrpStep): string[] {
  switch (step.kind) {
    case "call":
      return [String(step.location)];
    case "print":
      return [JSON.stringify(step.text)];
    case "completionRoutine":
      return [step.routine, step.status.name];
    case "cancel":
      return [step.routine];
    case "wait":
      return [step.reason];
    case "return":
    case "complete":
    case "end":
      return [step.status.name];
    default:
      return [];
  }
}
