/** The programs of one boot: processes with a console, their threads' beginning and end. */
import type { Address } from "../../../native-bindings/abi/address";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { THREAD_ALL_ACCESS } from "../../../native-bindings/abi/objectRights";
import type { Coroutine } from "../ke/call";
import { ThreadExit } from "../ke/threadExit";
import type { Kernel } from "../kernel";
import { UserMode } from "../ob/caller";
import type { Process, Thread } from "../ps/ps";
import type { Program } from "./program";
import { ProgramConsole } from "./programConsole";
import { type ProcessCalls, type ThreadMain, UserCalls } from "./userCalls";

/** Ended programs whose output is kept. */
const KEPT_PROGRAMS = 64;

/** `ending`: its threads are to end, and a driver keeps one. */
export type ProgramState = "running" | "waitsForInput" | "ending" | "ended";

export interface ProgramListener {
  didWrite(processId: number, text: string, from: number): void;
  /** It began or ceased to wait for input, is to end, or has ended. */
  didChange(program: RunningProgram): void;
}

export class RunningProgram implements ProcessCalls {
  readonly console: ProgramConsole;
  /** Set when it is known how it ends. */
  exitCode: number | undefined;
  hasEnded = false;
  readonly #memory: { readonly address: Address; readonly bytes: number }[] = [];

  constructor(
    private readonly kernel: Kernel,
    readonly process: Process,
    private readonly listener: ProgramListener,
  ) {
    this.console = new ProgramConsole(
      (text, from) => listener.didWrite(process.id, text, from),
      () => listener.didChange(this),
    );
  }

  get state(): ProgramState {
    if (this.hasEnded) return "ended";
    if (this.exitCode !== undefined) return "ending";
    return this.console.isWaiting ? "waitsForInput" : "running";
  }

  /** The thread that `main` runs in: the process ends with it. */
  start(main: ThreadMain): void {
    this.#begin((user) => this.#main(main, user));
  }

  *#main(main: ThreadMain, user: UserCalls): Coroutine<number> {
    const code = yield* main(user);
    this.exit(code);
    return code;
  }

  allocate(bytes: number): Address {
    const address = this.kernel.ps.allocateUser(this.process, bytes);
    this.#memory.push({ address, bytes });
    return address;
  }

  createThread(main: ThreadMain): number {
    const { ob, ps } = this.kernel;
    const thread = this.#begin(main);
    const { status, handle } = ob.ObOpenObjectByPointer(thread.object, 0, THREAD_ALL_ACCESS, ps.threadType, UserMode);
    return NT_SUCCESS(status) ? handle : 0;
  }

  #begin(main: ThreadMain): Thread {
    const { ps, threading } = this.kernel;
    const thread = ps.createThread(this.process);
    thread.control.isReserved = true;
    threading.scheduler.start(thread, UserMode, this.#run(thread, main));
    return thread;
  }

  *#run(thread: Thread, main: ThreadMain): Coroutine<undefined> {
    if (!thread.control.isTerminating) {
      try {
        yield* main(new UserCalls(this.kernel, thread, this));
      } catch (error) {
        if (!(error instanceof ThreadExit)) throw error;
      }
    }
    const isLast = yield* this.kernel.processEnd.exitThread(thread);
    if (isLast) this.#didEnd();
    return undefined;
  }

  /** ExitProcess of the first thread or of another one, or from outside. The first one that says it counts. */
  exit(code: number): void {
    if (this.exitCode !== undefined) return;
    this.exitCode = code;
    this.kernel.processEnd.terminate(this.process);
    this.console.forgetWait();
    this.listener.didChange(this);
  }

  #didEnd(): void {
    this.hasEnded = true;
    for (const { address, bytes } of this.#memory) this.kernel.ps.freeUser(this.process, address, bytes);
    this.exitCode ??= 0;
    this.listener.didChange(this);
  }
}

export class RunningPrograms {
  readonly #programs = new Map<number, RunningProgram>();

  constructor(
    private readonly kernel: Kernel,
    private readonly listener: ProgramListener,
  ) {}

  /** It runs when the kernel is left. Throws a RangeError when the pool is exhausted. */
  start({ name, main }: Program, args: readonly string[]): RunningProgram {
    const program = new RunningProgram(this.kernel, this.kernel.ps.createProcess(`${name}.exe`), this.listener);
    this.#programs.set(program.process.id, program);
    this.#forgetOldest();
    program.start((user) => main(user, args));
    return program;
  }

  /** Undefined for a process that is no program, and for one that ended long ago. */
  find(processId: number): RunningProgram | undefined {
    return this.#programs.get(processId);
  }

  get all(): RunningProgram[] {
    return [...this.#programs.values()];
  }

  #forgetOldest(): void {
    const ended = this.all.filter(({ hasEnded }) => hasEnded);
    for (const { process } of ended.slice(0, Math.max(0, ended.length - KEPT_PROGRAMS))) {
      this.#programs.delete(process.id);
    }
  }
}
