/**
 * What a program in user mode can call: the part of Win32 that NtScope's programs need, for one thread of one process. Calls
 * that may wait are coroutines. Buffers are addresses in the process's own memory, so that a driver sees what it would
 * see of a compiled program.
 * Source: fileapi.h, ioapiset.h, handleapi.h, synchapi.h, processthreadsapi.h (Windows SDK).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { FILE_DEVICE_FILE_SYSTEM } from "../../../native-bindings/abi/deviceTypes";
import {
  IRP_MJ_CREATE,
  IRP_MJ_DEVICE_CONTROL,
  IRP_MJ_READ,
  IRP_MJ_WRITE,
  majorFunctionName,
} from "../../../native-bindings/abi/irpFunctions";
import { STATUS_END_OF_FILE, STATUS_SUCCESS, STATUS_TIMEOUT } from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { EVENT_ALL_ACCESS } from "../../../native-bindings/abi/objectRights";
import { RtlNtStatusToDosError } from "../../../native-bindings/abi/win32/fromNtStatus";
import { type Coroutine, isCoroutine } from "../ke/call";
import { TICKS_PER_MILLISECOND } from "../ke/clock";
import { NotificationEvent, SynchronizationEvent } from "../ke/dispatcherObjects";
import { ThreadExit } from "../ke/threadExit";
import type { Kernel } from "../kernel";
import type { IoDone, IoOutcome } from "../nt/ioOutcome";
import { requestDone } from "../nt/ioOutcome";
import { waitForObject } from "../nt/waitForObject";
import type { CreateFileParameters } from "../nt/win32";
import { UserMode } from "../ob/caller";
import type { Thread } from "../ps/ps";
import type { ProgramConsole } from "./programConsole";

/** In place of INVALID_HANDLE_VALUE and of NULL. */
export const NO_HANDLE = 0;
export const INFINITE = 0xffff_ffff;
export const WAIT_OBJECT_0 = 0;
export const WAIT_ABANDONED = 0x80;
export const WAIT_TIMEOUT = 258;
export const WAIT_FAILED = 0xffff_ffff;

/** Of a control code: the device type is its upper half. */
const DEVICE_TYPE_SHIFT = 16;

/** What ReadFile, WriteFile and DeviceIoControl say. */
export interface Transferred {
  /** What the call returns; false: see GetLastError. */
  readonly ok: boolean;
  /** lpNumberOfBytesRead, ...Written, lpBytesReturned. */
  readonly bytes: number;
}

/** Where a thread of the program begins. @returns its exit code */
export type ThreadMain = (user: UserCalls) => Coroutine<number>;

/** What the thread's process does for it. */
export interface ProcessCalls {
  readonly console: ProgramConsole;
  /** A new thread and a handle to it; 0 when there can be none. */
  createThread(main: ThreadMain): number;
  /** Zeroed bytes, freed when the process ends. */
  allocate(bytes: number): Address;
  /** All threads are to end. */
  exit(code: number): void;
}

export class UserCalls {
  #lastError = 0;

  constructor(
    private readonly kernel: Kernel,
    private readonly thread: Thread,
    private readonly process: ProcessCalls,
  ) {}

  GetLastError(): number {
    return this.#lastError;
  }

  GetCurrentThreadId(): number {
    return this.thread.id;
  }

  /** Zeroed bytes of the process's memory, which are its own until it ends. */
  allocate(bytes: number): Address {
    return this.process.allocate(bytes);
  }

  store(address: Address, bytes: Uint8Array): void {
    if (bytes.length > 0) this.kernel.mem.writeBytes(address, bytes);
  }

  load(address: Address, length: number): Uint8Array {
    return length === 0 ? new Uint8Array() : this.kernel.mem.readBytes(address, length);
  }

  /** @returns NO_HANDLE: see GetLastError */
  *CreateFile(path: string, parameters: CreateFileParameters): Coroutine<number> {
    const { files, win32 } = this.kernel;
    const outcome = win32.CreateFileW(path, parameters);
    const { error, handle } = outcome.pending
      ? yield* requestDone(
          outcome,
          UserMode,
          `${majorFunctionName(IRP_MJ_CREATE)} of ${path}`,
          () => void files.NtCancelSynchronousIoFile(outcome.irp),
        )
      : outcome;
    this.#backInUserMode();
    this.#lastError = error;
    return handle;
  }

  /**
   * @param buffer room for `length` bytes
   * @param offset in bytes; left out, the file's own position
   */
  *ReadFile(handle: number, buffer: Address, length: number, offset?: number): Coroutine<Transferred> {
    const outcome = this.kernel.files.NtReadFile(handle, buffer, length, offset);
    const done = yield* this.#done(handle, IRP_MJ_READ, outcome);
    // ReadFile finds no fault with the end of a file: it has read nothing.
    if (done.status === STATUS_END_OF_FILE) return { ok: true, bytes: 0 };
    return this.#transferred(done);
  }

  *WriteFile(handle: number, buffer: Address, length: number, offset?: number): Coroutine<Transferred> {
    const outcome = this.kernel.files.NtWriteFile(handle, buffer, length, offset);
    return this.#transferred(yield* this.#done(handle, IRP_MJ_WRITE, outcome));
  }

  /** @param input, output with their lengths in bytes; 0 for none */
  *DeviceIoControl(
    handle: number,
    code: number,
    input: Address,
    inputLength: number,
    output: Address,
    outputLength: number,
  ): Coroutine<Transferred> {
    const { files } = this.kernel;
    const parameters = { code, input, inputLength, output, outputLength };
    const outcome =
      code >>> DEVICE_TYPE_SHIFT === FILE_DEVICE_FILE_SYSTEM
        ? files.NtFsControlFile(handle, parameters)
        : files.NtDeviceIoControlFile(handle, parameters);
    return this.#transferred(yield* this.#done(handle, IRP_MJ_DEVICE_CONTROL, outcome));
  }

  /** Returns when the driver has done with IRP_MJ_CLEANUP and IRP_MJ_CLOSE. */
  *CloseHandle(handle: number): Coroutine<boolean> {
    const status = this.kernel.files.NtClose(handle);
    yield* this.kernel.processEnd.closed(this.thread);
    return this.#succeeded(status);
  }

  CreateEvent(isManualReset: boolean, isSet: boolean): number {
    const type = isManualReset ? NotificationEvent : SynchronizationEvent;
    const { events } = this.kernel.objects;
    const { status, handle } = events.NtCreateEvent(EVENT_ALL_ACCESS, undefined, type, isSet);
    return this.#succeeded(status) ? handle : NO_HANDLE;
  }

  SetEvent(event: number): boolean {
    return this.#succeeded(this.kernel.objects.events.NtSetEvent(event).status);
  }

  ResetEvent(event: number): boolean {
    return this.#succeeded(this.kernel.objects.events.NtResetEvent(event).status);
  }

  /** @returns WAIT_OBJECT_0, WAIT_TIMEOUT, WAIT_ABANDONED, or WAIT_FAILED: see GetLastError */
  *WaitForSingleObject(handle: number, milliseconds: number): Coroutine<number> {
    const timeout = milliseconds === INFINITE ? undefined : ticksFromNow(milliseconds);
    const status = yield* waitForObject(this.kernel.objects.context, handle, timeout);
    this.#backInUserMode();
    if (status === STATUS_TIMEOUT) return WAIT_TIMEOUT;
    if (NT_SUCCESS(status)) return status;
    this.#lastError = RtlNtStatusToDosError(status);
    return WAIT_FAILED;
  }

  *Sleep(milliseconds: number): Coroutine<void> {
    const { dispatcher } = this.kernel.threading;
    const slept = dispatcher.KeDelayExecutionThread(ticksFromNow(milliseconds), { mode: UserMode });
    if (isCoroutine(slept)) yield* slept;
    this.#backInUserMode();
  }

  /** Begins to run when this thread waits. @returns a handle that is signalled when it has ended */
  CreateThread(main: ThreadMain): number {
    return this.process.createThread(main);
  }

  ExitProcess(code: number): never {
    this.process.exit(code);
    throw new ThreadExit(code);
  }

  /** Of stdout. Bytes are shown as UTF-8. */
  print(...parts: readonly (string | Uint8Array)[]): void {
    for (const part of parts) this.process.console.write(part);
  }

  /**
   * fgets of stdin: waits for a line. Undefined at the end of the input.
   * @param size of the buffer, which has to hold a NUL besides
   */
  *gets(size: number): Coroutine<Uint8Array | undefined> {
    const { console } = this.process;
    const wait = console.waitForLine();
    if (wait !== undefined) {
      yield wait;
      console.forgetWait();
      this.#backInUserMode();
    }
    return console.takeLine(size - 1);
  }

  *#done(handle: number, major: number, outcome: IoOutcome): Coroutine<IoDone> {
    if (!outcome.pending) return outcome;
    const cancel = () => void this.kernel.files.NtCancelIoFileEx(handle, outcome.irp);
    const done = yield* requestDone(outcome, UserMode, this.#nameOf(handle, major), cancel);
    this.#backInUserMode();
    return done;
  }

  #nameOf(handle: number, major: number): string {
    const { ob, io, processEnd } = this.kernel;
    const { status, object } = ob.ObReferenceObjectByHandle(handle, 0, io.types.file, UserMode);
    if (status !== STATUS_SUCCESS) return majorFunctionName(major);
    const name = processEnd.requestName(major, io.files.relatedDevice(object));
    ob.ObDereferenceObject(object);
    return name;
  }

  #transferred({ status, information }: IoDone): Transferred {
    return { ok: this.#succeeded(status), bytes: information };
  }

  #succeeded(status: number): boolean {
    if (NT_SUCCESS(status)) return true;
    this.#lastError = RtlNtStatusToDosError(status);
    return false;
  }

  /** Where a thread that is to end does so. */
  #backInUserMode(): void {
    if (this.thread.control.isTerminating) throw new ThreadExit(0);
  }
}

function ticksFromNow(milliseconds: number): bigint {
  return -BigInt(Math.trunc(milliseconds * TICKS_PER_MILLISECOND));
}
