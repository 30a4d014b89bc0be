/** IRPs for tests: one way of each kind through a filter, a function driver and the one below. */
import type { IrpDetail, IrpHop, IrpRow, IrpStep, NtStatusText } from "../../../preload/shared";

export const success: NtStatusText = {
  status: "0x00000000",
  name: "STATUS_SUCCESS",
  message: "The operation succeeded.",
};
export const pending: NtStatusText = {
  status: "0x00000103",
  name: "STATUS_PENDING",
  message: "The operation is pending.",
};
export const denied: NtStatusText = {
  status: "0xC0000022",
  name: "STATUS_ACCESS_DENIED",
  message: "Access is denied.",
};

export function testRow(number: number, changes: Partial<IrpRow> = {}): IrpRow {
  return {
    number,
    time: 1_000_000 + number * 10,
    irp: `0xFFFFC0000000${number.toString(16).toUpperCase().padStart(4, "0")}`,
    origin: "user",
    process: "ntscope.exe",
    processId: 4242,
    threadId: 4246,
    major: "IRP_MJ_READ",
    minor: 0,
    device: "\\Device\\Example",
    driver: "\\Driver\\Example",
    fileName: "",
    status: success,
    information: 12,
    duration: 0.25,
    hops: 1,
    wasCancelled: false,
    ...changes,
  };
}

export function testHop(name: string, location: number, verdict: IrpHop["verdict"]): IrpHop {
  return {
    location,
    device: `\\Device\\${name}`,
    driver: `\\Driver\\${name}`,
    routine: `${name.toLowerCase()}!DispatchRead`,
    major: "IRP_MJ_READ",
    minor: 0,
    verdict,
    threadId: 1,
    begin: 1_000_000,
  };
}

type StepBody = IrpStep extends infer Step ? (Step extends IrpStep ? Omit<Step, "order" | "time"> : never) : never;

/** Numbers the steps and puts 0.1 ms between them. */
export function testSteps(bodies: readonly StepBody[]): IrpStep[] {
  return bodies.map((body, at) => ({ ...body, order: at + 1, time: 1_000_000 + at / 10 }) as IrpStep);
}

export function testDetail(hops: IrpHop[], bodies: readonly StepBody[], row: Partial<IrpRow> = {}): IrpDetail {
  return { row: testRow(1, row), hops, steps: testSteps(bodies), lost: 0 };
}
