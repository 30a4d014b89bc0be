/** The IRP trace of the model machine's present boot, as the port asks for it. A machine that has stopped still tells. */
import type { IrpDetail, IrpRows, IrpRowsQuery, IrpTraceState } from "../machine/irpTrace";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { Kernel } from "./kernel";
import { irpDetail } from "./trace/irpDetail";
import { IrpTrace } from "./trace/irpTrace";
import { RowIndex } from "./trace/rowIndex";

/** Rows an answer: some ms of work. */
const MOST_ROWS = 5000;

const cancelled = fail(ntscopeError("cancelled", "The question was given up."));

export class ModelMachineTrace {
  readonly #trace: IrpTrace;
  readonly #index: RowIndex;

  /** @param before the trace of the boot before, whose numbers this one goes on with */
  constructor(
    kernel: Kernel,
    whenChanged: () => void,
    private readonly pause: (signal: AbortSignal | undefined) => Promise<void>,
    before: ModelMachineTrace | undefined,
  ) {
    this.#trace = new IrpTrace(kernel, whenChanged, before === undefined ? {} : { after: before.#trace });
    this.#index = new RowIndex(this.#trace.store);
  }

  state(): IrpTraceState {
    return this.#trace.state();
  }

  async rows({ filter, from, count }: IrpRowsQuery, signal?: AbortSignal): Promise<Result<IrpRows>> {
    while (!this.#index.scan(filter)) {
      try {
        await this.pause(signal);
      } catch (error) {
        if (signal?.aborted) return cancelled;
        throw error;
      }
    }
    return ok(this.#index.rows(filter, from, Math.min(count, MOST_ROWS)));
  }

  irp(number: number): Result<IrpDetail> {
    const detail = irpDetail(this.#trace.store, number);
    if (detail !== undefined) return ok(detail);
    return fail(ntscopeError("no-irp", `The trace holds no IRP ${number}: it was never there, or has been dropped.`));
  }

  setRecording(on: boolean): Result<void> {
    this.#trace.setRecording(on);
    return ok(undefined);
  }

  clear(): Result<void> {
    this.#trace.clear();
    return ok(undefined);
  }
}
