/**
 * Processes and threads, as far as the rest needs them: real objects of their types, a handle table and a user
 * address space for each process, and who is running. What EPROCESS and ETHREAD say of themselves is written by {@link ProcessRecords}.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { KTHREAD } from "../../../native-bindings/abi/structures/process";
import { type KeThread, ThreadControl } from "../ke/threadControl";
import { PAGE_SIZE } from "../mem/frames";
import type { KernelMemory } from "../mem/kernelMemory";
import { UserSpace } from "../mem/userSpace";
import { KernelMode, type ObProcess, type ProcessorMode, UserMode } from "../ob/caller";
import { HandleTable } from "../ob/handleTable";
import type { ObjectManager } from "../ob/objectManager";
import type { ObjectType } from "../ob/objectType";
import { ProcessRecords } from "./processRecords";

export interface Process extends ObProcess {
  readonly space: UserSpace;
  readonly threads: Thread[];
}

export interface Thread extends KeThread {
  readonly process: Process;
}

/** What gives processes their tokens; without it, in the object manager's own tests, they have none. */
export interface ProcessTokens {
  /** @param token undefined: the one of an ordinary process */
  assign(process: Address, token: Address | undefined): void;
  release(process: Address): void;
}

export interface Running {
  readonly process: Process;
  readonly thread: Thread;
  /** The previous mode: UserMode while a system call from user mode is served. */
  readonly mode: ProcessorMode;
}

/** Told of processes and threads that come and go. */
export interface PsWatch {
  process(process: Process, creator: Running | undefined, isNew: boolean): void;
  thread(thread: Thread, isNew: boolean): void;
}

/** PsInitialSystemProcess has id 4 on every Windows; its first thread comes next in the same table of ids. */
const SYSTEM_PROCESS_ID = 4;
const HIGHEST_PRIORITY = 31;

/** Process and thread ids are multiples of 4 from one table. */
const ID_STEP = 4;

export class Ps {
  readonly processType: ObjectType;
  readonly threadType: ObjectType;
  readonly system: Process;
  readonly systemThread: Thread;
  /** Undefined when nobody wants to know. */
  watch: PsWatch | undefined;
  readonly #records: ProcessRecords;
  readonly #processes: Process[] = [];
  #nextId = SYSTEM_PROCESS_ID;
  #current: Running;
  /** Told of a thread that is about to end, by its ETHREAD. */
  whenThreadEnds: (thread: Address) => void = () => undefined;

  constructor(
    readonly memory: KernelMemory,
    readonly ob: ObjectManager,
    private readonly tokens?: ProcessTokens,
  ) {
    this.#records = new ProcessRecords(memory, ob.pool, ob.ke);
    this.processType = ob.createType("Process");
    this.threadType = ob.createType("Thread");
    this.system = this.createProcess("System");
    this.systemThread = this.createThread(this.system);
    this.#current = { process: this.system, thread: this.systemThread, mode: KernelMode };
    ob.systemProcess = this.system;
    this.#enter(this.#current);
  }

  get current(): Running {
    return this.#current;
  }

  get processes(): readonly Process[] {
    return this.#processes;
  }

  processById(id: number): Process | undefined {
    return this.#processes.find((process) => process.id === id);
  }

  /** By EPROCESS. */
  processAt(object: Address): Process | undefined {
    return this.#processes.find((process) => process.object === object);
  }

  threadById(id: number): Thread | undefined {
    return this.#threadWhere((thread) => thread.id === id);
  }

  /** By ETHREAD; undefined for one that has ended, and for what is no thread. */
  threadAt(object: Address): Thread | undefined {
    return this.#threadWhere((thread) => thread.object === object);
  }

  #threadWhere(isWanted: (thread: Thread) => boolean): Thread | undefined {
    for (const { threads } of this.#processes) {
      const found = threads.find(isWanted);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * The current thread runs in another process's address space and with its handles, until {@link runAs} returns or the
   * process before is attached again. @returns the process before
   */
  attach(process: Process): Process {
    const before = this.#current.process;
    this.#enter({ ...this.#current, process });
    return before;
  }

  /**
   * Throws a RangeError when the pool is exhausted.
   * @param token a token object; left out: an elevated administrator's, and SYSTEM's for the first process
   */
  createProcess(name: string, token?: Address): Process {
    const process: Process = {
      object: this.#createObject(this.processType),
      id: this.#takeId(),
      name,
      handles: new HandleTable(),
      dosDevices: undefined,
      space: new UserSpace(),
      threads: [],
    };
    this.tokens?.assign(process.object, token);
    this.#processes.push(process);
    // The first process comes before anybody runs.
    const creator = this.#processes.length === 1 ? undefined : this.#current;
    this.#records.didCreateProcess(process, creator?.process.id ?? 0);
    this.watch?.process(process, creator, true);
    return process;
  }

  createThread(process: Process): Thread {
    const object = this.#createObject(this.threadType);
    const thread: Thread = { object, id: this.#takeId(), process, control: new ThreadControl() };
    process.threads.push(thread);
    this.#records.didCreateThread(thread);
    this.watch?.thread(thread, true);
    return thread;
  }

  /** A thread of the process that does nothing at the moment: what a program's thread pool would give. */
  idleThread(process: Process): Thread {
    const { thread: current } = this.#current;
    const isIdle = ({ control }: Thread) => control.stack === undefined && !control.hasEnded && !control.isReserved;
    return process.threads.find((thread) => thread !== current && isIdle(thread)) ?? this.createThread(process);
  }

  /**
   * The process has ended: it has no handle any more and no thread (see ProcessEnd). Its object lives on while somebody has
   * a reference or a handle.
   */
  removeProcess(process: Process): void {
    const at = this.#processes.indexOf(process);
    if (at < 0) return;
    this.#processes.splice(at, 1);
    for (const thread of [...process.threads]) this.removeThread(thread);
    this.watch?.process(process, this.#current, false);
    this.#records.willEnd(process);
    this.tokens?.release(process.object);
    this.ob.ObDereferenceObject(process.object);
  }

  /**
   * Runs `action` as this thread in this mode, and puts back who ran before, whatever happens.
   * @param process that the thread is attached to; its own when left out
   */
  runAs<T>(thread: Thread, mode: ProcessorMode, action: () => T, process = thread.process): T {
    return this.#as({ process, thread, mode }, action);
  }

  #as<T>(running: Running, action: () => T): T {
    const before = this.#current;
    this.#enter(running);
    try {
      return action();
    } finally {
      this.#enter(before);
    }
  }

  /** The thread has ended; its object lives on while somebody has a reference or a handle. */
  removeThread(thread: Thread): void {
    const at = thread.process.threads.indexOf(thread);
    if (at < 0) return;
    this.whenThreadEnds(thread.object);
    thread.process.threads.splice(at, 1);
    this.watch?.thread(thread, false);
    this.#records.willEndThread(thread);
    this.ob.ObDereferenceObject(thread.object);
  }

  /** KernelApcDisable of the current thread. @param by -1 on entering a critical region, 1 on leaving it */
  changeApcDisable(by: -1 | 1): void {
    const { object, control } = this.#current.thread;
    control.apcDisable += by;
    this.memory.writeU16(object + KTHREAD.offset.KernelApcDisable, control.apcDisable & 0xffff);
  }

  /** @returns the priority before; 0 for what is no thread */
  setPriority(object: Address, priority: number): number {
    const control = this.threadAt(object)?.control;
    if (control === undefined) return 0;
    const before = control.priority;
    control.priority = Math.min(HIGHEST_PRIORITY, Math.max(1, Math.trunc(priority)));
    this.memory.writeU8(object + KTHREAD.offset.Priority, control.priority);
    return before;
  }

  get threads(): Thread[] {
    return this.#processes.flatMap(({ threads }) => threads);
  }

  /** As the calling thread, from kernel mode: what the Zw routines do. */
  asKernel<T>(action: () => T): T {
    return this.#as({ ...this.#current, mode: KernelMode }, action);
  }

  /** As the calling thread, from user mode. */
  asUser<T>(action: () => T): T {
    return this.#as({ ...this.#current, mode: UserMode }, action);
  }

  /**
   * Zeroed pages in a process's user half, readable and writable.
   * @param bytes rounded up to pages
   */
  allocateUser(process: Process, bytes: number): Address {
    const pages = Math.max(1, Math.ceil(bytes / PAGE_SIZE));
    const address = this.memory.pages.allocateUser(process.space, pages, { write: true });
    if (address === undefined) throw new RangeError("the process's address space is used up");
    return address;
  }

  /** @param bytes as given to {@link allocateUser} */
  freeUser(process: Process, address: Address, bytes: number): void {
    this.memory.pages.freeUser(process.space, address, Math.max(1, Math.ceil(bytes / PAGE_SIZE)));
  }

  #enter(running: Running): void {
    this.#current = running;
    this.memory.attachUser(running.process.space);
    const { caller } = this.ob;
    caller.process = running.process;
    caller.thread = running.thread.object;
    caller.mode = running.mode;
  }

  #takeId(): number {
    const id = this.#nextId;
    this.#nextId += ID_STEP;
    return id;
  }

  #createObject(type: ObjectType): Address {
    const { status, object } = this.ob.ObCreateObject(type, undefined);
    if (!NT_SUCCESS(status)) throw new RangeError("no pool is left for a process or thread");
    // Inserted without a handle: the reference of its creation keeps it while it lives.
    this.ob.ObInsertObject(object, 0, { createHandle: false });
    return object;
  }
}
