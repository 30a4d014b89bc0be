/**
 * Which driver routines with an IRP run on which thread: what is printed belongs to the innermost. A routine may wait
 * in its middle while others run on other threads, so each thread has its own.
 */
import type { Thread } from "../ps/ps";
import type { TracedIrp } from "./tracedIrp";

/** One routine that runs. Used again for another once it has ended. */
export interface IrpFrame {
  /** Undefined for an IRP that is not traced. */
  irp: TracedIrp | undefined;
  lane: number;
  /** `example!OnComplete`; empty for a dispatch routine, whose call says it. */
  routine: string;
  readonly thread: ThreadFrames;
}

/** Outermost first; from `depth` on they are free. */
interface ThreadFrames {
  readonly frames: IrpFrame[];
  depth: number;
}

export class IrpFrames {
  readonly #threads = new WeakMap<Thread, ThreadFrames>();
  #lastThread: Thread | undefined;
  #last: ThreadFrames = { frames: [], depth: 0 };
  #running = 0;

  /** Routines that run or wait. */
  get running(): number {
    return this.#running;
  }

  push(thread: Thread, irp: TracedIrp | undefined, lane: number, routine: string): IrpFrame {
    const own = this.#of(thread);
    this.#running++;
    const frame = own.frames[own.depth++] ?? addFrame(own);
    frame.irp = irp;
    frame.lane = lane;
    frame.routine = routine;
    return frame;
  }

  /** Whatever thread runs now. What the frame held is not its own any more. */
  pop(frame: IrpFrame): void {
    const { thread } = frame;
    thread.depth--;
    this.#running--;
    frame.irp = undefined;
    if (thread.frames[thread.depth] !== frame) makeLast(thread.frames, frame);
  }

  innermost(thread: Thread): IrpFrame | undefined {
    const { frames, depth } = this.#of(thread);
    return depth === 0 ? undefined : frames[depth - 1];
  }

  #of(thread: Thread): ThreadFrames {
    return thread === this.#lastThread ? this.#last : this.#find(thread);
  }

  #find(thread: Thread): ThreadFrames {
    let own = this.#threads.get(thread);
    if (own === undefined) {
      own = { frames: [], depth: 0 };
      this.#threads.set(thread, own);
    }
    this.#lastThread = thread;
    this.#last = own;
    return own;
  }
}

function addFrame(thread: ThreadFrames): IrpFrame {
  const frame: IrpFrame = { irp: undefined, lane: 0, routine: "", thread };
  thread.frames.push(frame);
  return frame;
}

/** Free ones stand behind those that run: one that ends before those that it called goes there. */
function makeLast(frames: IrpFrame[], frame: IrpFrame): void {
  frames.splice(frames.lastIndexOf(frame), 1);
  frames.push(frame);
}
