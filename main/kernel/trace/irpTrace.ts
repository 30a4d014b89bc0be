/**
 * Records the way of each IRP through its drivers. Everything is keyed by the IRP's record or by a routine's frame,
 * never by "what ran last": a dispatch routine may wait while others run.
 *
 * Verdicts are read off the stack locations when the driver below is called, so that drivers whose compiler put
 * IoSkipCurrentIrpStackLocation and its kin inline are seen as any other.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  SL_INVOKE_ON_CANCEL,
  SL_INVOKE_ON_ERROR,
  SL_INVOKE_ON_SUCCESS,
} from "../../../native-bindings/abi/stackLocationFlags";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { IrpTraceState } from "../../machine/irpTrace";
import type { IrpRecord } from "../io/irpRecord";
import type { Kernel } from "../kernel";
import type { KernelHost } from "../kernelHost";
import { UserMode } from "../ob/caller";
import type { Running, Thread } from "../ps/ps";
import { callWord, Passage } from "./callWord";
import { type IrpFrame, IrpFrames } from "./irpFrames";
import { RowOrigin, type RowSource } from "./rowChunk";
import { LAST_LANE, NO_LANE, type StepChunk, StepKind } from "./stepChunk";
import { TracedIrp } from "./tracedIrp";
import { type DeviceWords, TraceNames } from "./traceNames";
import { type TraceStart, TraceStore } from "./traceStore";

/** Bytes: room for a million hops of usual IRPs. */
export const DEFAULT_TRACE_BYTES = 128 * 2 ** 20;

const INVOKE_FLAGS = SL_INVOKE_ON_SUCCESS | SL_INVOKE_ON_ERROR | SL_INVOKE_ON_CANCEL;
const CURRENT_STACK = IRP.offset.CurrentStackLocation;
const ROUTINE = IO_STACK_LOCATION.offset.CompletionRoutine;
/** The first four bytes of a stack location are read as one: major, minor, flags, Control. */
const MINOR_SHIFT = IO_STACK_LOCATION.offset.MinorFunction * 8;
const CONTROL_SHIFT = IO_STACK_LOCATION.offset.Control * 8;
const FILE_NAME = FILE_OBJECT.offset.FileName;

export interface IrpTraceOptions {
  /** Bytes; {@link DEFAULT_TRACE_BYTES} when left out. */
  readonly limit?: number;
  /** The trace of the boot before: numbers go on from there, so that none means two IRPs. */
  readonly after?: IrpTrace;
}

const firstEver: TraceStart = { number: 1, order: 0 };

export class IrpTrace {
  readonly store: TraceStore;
  readonly #names: TraceNames;
  readonly #frames = new IrpFrames();
  readonly #sources = new WeakMap<Thread, RowSource>();
  readonly #whenChanged: () => void;
  readonly #host: KernelHost;
  #lastThread: Thread | undefined;
  #lastSource: RowSource = { process: "", processId: 0, threadId: 0 };
  #isRecording = false;
  /** IRPs that are traced and have not ended. */
  #open = 0;

  /** Records from the start. @param whenChanged called often, so it must be quick */
  constructor(
    private readonly kernel: Kernel,
    whenChanged: () => void,
    options: IrpTraceOptions = {},
  ) {
    const { after, limit = DEFAULT_TRACE_BYTES } = options;
    this.store = new TraceStore(after?.store.end ?? firstEver, limit);
    this.#names = new TraceNames(kernel.io, kernel.ob.names, kernel.ke.routines);
    this.#whenChanged = whenChanged;
    this.#host = kernel.host;
    if (after?.isRecording ?? true) this.setRecording(true);
  }

  get isRecording(): boolean {
    return this.#isRecording;
  }

  state(): IrpTraceState {
    const { irps, hops, bytes, dropped } = this.store;
    return { isRecording: this.#isRecording, irps, hops, bytes, dropped };
  }

  /** Off: no IRP is added any more; those under way are followed to their end. */
  setRecording(on: boolean): void {
    this.#isRecording = on;
    if (on) this.#attach();
    else if (this.#open === 0 && this.#frames.running === 0) this.#detach();
    this.#whenChanged();
  }

  /** Forgets what was recorded. Numbers go on. */
  clear(): void {
    this.store.clear();
    this.#whenChanged();
  }

  #attach(): void {
    const { watch } = this.kernel.io;
    watch.onCall = this.#onCall;
    watch.onReturn = this.#onReturn;
    watch.onPend = this.#onPend;
    watch.onComplete = this.#onComplete;
    watch.onCompletionCall = this.#onCompletionCall;
    watch.onCompletionReturn = this.#onCompletionReturn;
    watch.onCancelCall = this.#onCancelCall;
    watch.onCancelReturn = this.#onCancelReturn;
    watch.onEnd = this.#onEnd;
    watch.onWait = this.#onWait;
    watch.onResume = this.#onResume;
    this.kernel.dbg.irpOf = this.#onPrint;
  }

  #detach(): void {
    const { watch } = this.kernel.io;
    for (const hook of Object.keys(watch)) watch[hook as keyof typeof watch] = undefined;
    this.kernel.dbg.irpOf = undefined;
  }

  readonly #onCall = (
    record: IrpRecord,
    device: Address,
    location: number,
    header: number,
    routine: Address,
  ): IrpFrame => {
    const { current } = this.kernel.ps;
    const isNew = record.trace === undefined && this.#isRecording;
    const time = this.#host.now();
    const words = this.#names.device(device);
    const irp = isNew ? this.#begin(record, words, header, current, time) : record.trace;
    if (irp === undefined || !this.store.isKept(irp.number)) return this.#frames.push(current.thread, undefined, 0, "");
    const above = irp.lane;
    const chunk = this.store.stepsAt(time);
    const site = chunk.siteIndex(words.siteOf(header & 0xff, routine, this.#names));
    const passage = above === NO_LANE ? Passage.none : this.#passage(record, irp, location, header);
    const word = callWord(location, header & 0xff, (header >>> MINOR_SHIFT) & 0xff, passage);
    const lane = Math.min(irp.hops, LAST_LANE);
    irp.hops++;
    irp.chunk.didCall(irp.index, irp.hops);
    irp.didCall(lane, location);
    this.#append(chunk, irp, StepKind.call, lane, current.thread.id, site | (above << 16), word);
    return this.#frames.push(current.thread, irp, lane, "");
  };

  /** How the driver that has the IRP hands it on. */
  #passage({ block }: IrpRecord, irp: TracedIrp, location: number, header: number): number {
    if (irp.location === location) return Passage.skipped;
    const isAsked = ((header >>> CONTROL_SHIFT) & INVOKE_FLAGS) !== 0;
    const stack = block.fields.readPointer(CURRENT_STACK);
    return isAsked && this.kernel.mem.readPointer(stack + ROUTINE) !== 0
      ? Passage.passedWithCompletionRoutine
      : Passage.passed;
  }

  /** Names are taken now: the device and the file may be gone when somebody looks. */
  #begin(record: IrpRecord, top: DeviceWords, header: number, running: Running, time: number): TracedIrp {
    const { mem } = this.kernel;
    const chunk = this.store.rowsAt(time);
    const major = header & 0xff;
    const minor = (header >>> MINOR_SHIFT) & 0xff;
    const { file } = record;
    const index = chunk.append(
      record.irp,
      originOf(record, running),
      major,
      minor,
      this.#sourceOf(running),
      this.#target(top, file),
    );
    if (file !== 0 && mem.readU16(file + FILE_NAME) !== 0) {
      chunk.setFileName(index, mem.readUnicodeString(file + FILE_NAME));
    }
    const irp = new TracedIrp(chunk.start + index, chunk, index);
    record.trace = irp;
    this.#open++;
    return irp;
  }

  /** The top of the stack, which gets the request first; the device that was opened where that is a filter without a name. */
  #target(top: DeviceWords, file: Address): DeviceWords {
    if (top.isNamed || file === 0) return top;
    const opened = this.#names.device(this.kernel.mem.readPointer(file + FILE_OBJECT.offset.DeviceObject));
    return opened.isNamed ? opened : top;
  }

  #sourceOf({ thread }: Running): RowSource {
    if (thread === this.#lastThread) return this.#lastSource;
    let source = this.#sources.get(thread);
    if (source === undefined) {
      source = { process: thread.process.name, processId: thread.process.id, threadId: thread.id };
      this.#sources.set(thread, source);
    }
    this.#lastThread = thread;
    this.#lastSource = source;
    return source;
  }

  readonly #onReturn = (frame: IrpFrame, status: number): void => {
    const { irp, lane } = frame;
    this.#frames.pop(frame);
    if (irp === undefined || !this.store.isKept(irp.number)) return;
    if (irp.lastStep === irp.endStep && this.#returnsAtOnce(irp, lane, status)) return;
    this.#step(irp, StepKind.return, lane, status, 0);
  };

  /**
   * A dispatch routine that completes the request and returns the same status, as most do: no step is added and the
   * clock is not read again, which is half of what tracing such a request costs.
   */
  #returnsAtOnce(irp: TracedIrp, lane: number, status: number): boolean {
    if (irp.chunk.statusOf(irp.index) !== status) return false;
    const chunk = this.store.stepChunkOf(irp.endStep);
    return chunk?.becomesReturn(irp.endStep - chunk.start, lane) ?? false;
  }

  readonly #onPend = (address: Address): void => {
    const irp = this.kernel.io.irps.find(address)?.trace;
    if (irp !== undefined) this.#step(irp, StepKind.pend, irp.lane, 0, 0);
  };

  readonly #onComplete = ({ trace: irp }: IrpRecord, status: number, information: number): void => {
    if (irp !== undefined) this.#step(irp, StepKind.complete, irp.lane, status, information);
  };

  readonly #onCompletionCall = ({ trace: irp }: IrpRecord, location: number, routine: Address): IrpFrame => {
    irp?.didComplete(location);
    return this.#frames.push(this.#thread, irp, irp?.lane ?? NO_LANE, this.#names.routine(routine));
  };

  readonly #onCompletionReturn = (frame: IrpFrame, status: number): void => {
    const { irp, lane, routine } = frame;
    this.#frames.pop(frame);
    this.#named(irp, StepKind.completionRoutine, lane, status, routine);
  };

  readonly #onCancelCall = ({ trace: irp }: IrpRecord, routine: Address): IrpFrame => {
    const name = routine === 0 ? "" : this.#names.routine(routine);
    const lane = irp?.lane ?? NO_LANE;
    if (irp !== undefined) {
      irp.chunk.didCancel(irp.index);
      this.#named(irp, StepKind.cancel, lane, 0, name);
    }
    return this.#frames.push(this.#thread, irp, lane, name);
  };

  readonly #onCancelReturn = (frame: IrpFrame): void => {
    this.#frames.pop(frame);
  };

  readonly #onEnd = (
    record: IrpRecord,
    status: number,
    information: number,
    completedWith: number | undefined,
  ): void => {
    const irp = record.trace;
    if (irp === undefined) return;
    record.trace = undefined;
    this.#open--;
    if (!this.store.isKept(irp.number)) return;
    const time = this.#tellEnd(irp, status, information, completedWith);
    irp.chunk.didEnd(irp.index, time, status, information);
    irp.endStep = irp.lastStep;
    this.#whenChanged();
  };

  /** A completion that ends the request at once is one step, or part of the call's. @returns its time */
  #tellEnd(irp: TracedIrp, status: number, information: number, completedWith: number | undefined): number {
    if (completedWith === status) {
      const isCalled = this.store.chunkEndingWith(irp.lastStep)?.becomesEnd(irp.lane, this.#thread.id);
      if (isCalled) return this.#host.now();
      return this.#step(irp, StepKind.completeAndEnd, irp.lane, status, information);
    }
    if (completedWith !== undefined) this.#step(irp, StepKind.complete, irp.lane, completedWith, information);
    return this.#step(irp, StepKind.end, NO_LANE, status, information);
  }

  readonly #onWait = (reason: string): void => {
    const frame = this.#frames.innermost(this.#thread);
    if (frame !== undefined) this.#named(frame.irp, StepKind.wait, frame.lane, 0, reason);
  };

  readonly #onResume = (): void => {
    const frame = this.#frames.innermost(this.#thread);
    if (frame !== undefined) this.#step(frame.irp, StepKind.resume, frame.lane, 0, 0);
  };

  readonly #onPrint = (text: string, time: number): number => {
    const frame = this.#frames.innermost(this.#thread);
    const irp = frame?.irp;
    if (frame === undefined || irp === undefined || !this.store.isKept(irp.number)) return 0;
    const chunk = this.store.stepsAt(time, text.length);
    const start = chunk.addText(text);
    this.#append(chunk, irp, StepKind.print, frame.lane, this.#thread.id, start, chunk.textEnd - start);
    return irp.number;
  };

  get #thread(): Thread {
    return this.kernel.ps.current.thread;
  }

  #named(irp: TracedIrp | undefined, kind: number, lane: number, first: number, word: string): void {
    if (irp === undefined || !this.store.isKept(irp.number)) return;
    const time = this.#host.now();
    const chunk = this.store.stepsAt(time);
    this.#append(chunk, irp, kind, lane, this.#thread.id, first, chunk.words.indexOf(word));
  }

  /** @returns its time */
  #step(irp: TracedIrp | undefined, kind: number, lane: number, first: number, second: number): number {
    if (irp === undefined || !this.store.isKept(irp.number)) return 0;
    const time = this.#host.now();
    const chunk = this.store.stepsAt(time);
    this.#append(chunk, irp, kind, lane, this.#thread.id, first, chunk.informationWord(second));
    return time;
  }

  #append(
    chunk: StepChunk,
    irp: TracedIrp,
    kind: number,
    lane: number,
    threadId: number,
    first: number,
    second: number,
  ): void {
    const order = chunk.end;
    const before = irp.lastStep < 0 ? 0 : order - irp.lastStep;
    chunk.append(kind, lane, threadId, before, first, second);
    irp.lastStep = order;
    irp.chunk.addStep(irp.index, order);
  }
}

/** The mode of who runs is that of who asked: the first call comes before anyone else runs. */
function originOf({ origin }: IrpRecord, { mode }: Running): number {
  if (origin === "driver") return RowOrigin.driver;
  return mode === UserMode ? RowOrigin.user : RowOrigin.kernel;
}
