/**
 * PsSetCreateProcessNotifyRoutine, -ThreadNotifyRoutine and PsSetLoadImageNotifyRoutine (ntddk.h): up to 64 routines of
 * each kind, called in the order in which they were registered, in the context of whoever does what they are told.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INVALID_PARAMETER,
  STATUS_PROCEDURE_NOT_FOUND,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { IMAGE_INFO, PS_CREATE_NOTIFY_INFO } from "../../../native-bindings/abi/structures/notify";
import type { Pool } from "../ex/pool";
import type { KernelModule } from "../ke/routines";
import { UNICODE_STRING_SIZE } from "../mem/unicodeString";
import type { Process, PsWatch, Running, Thread } from "./ps";

/** PSP_MAX_CREATE_PROCESS_NOTIFY and its kin. */
const MOST_ROUTINES = 64;
const TAG = "PsNt";
/** IMAGE_INFO.Properties: SystemModeImage, and an addressing mode of 64 bits. */
const SYSTEM_IMAGE = 0x103;

/** process: three parameters of the old routine; processEx: EPROCESS, id, PS_CREATE_NOTIFY_INFO. */
export type NotifyKind = "process" | "processEx" | "thread" | "image";

interface Registration {
  readonly kind: NotifyKind;
  readonly routine: Address;
  readonly owner: KernelModule;
}

const setters: Readonly<Record<NotifyKind, string>> = {
  process: "PsSetCreateProcessNotifyRoutine",
  processEx: "PsSetCreateProcessNotifyRoutineEx",
  thread: "PsSetCreateThreadNotifyRoutine",
  image: "PsSetLoadImageNotifyRoutine",
};

function isOfProcess(kind: NotifyKind): boolean {
  return kind === "process" || kind === "processEx";
}

export class NotifyRoutines implements PsWatch {
  #registrations: readonly Registration[] = [];

  constructor(private readonly pool: Pool) {}

  /** @returns STATUS_INVALID_PARAMETER for a process routine that is there already, or when there are 64 */
  register(owner: KernelModule, kind: NotifyKind, routine: Address): number {
    const isProcess = isOfProcess(kind);
    const same = this.#registrations.filter(
      (other) => isOfProcess(other.kind) === isProcess && (isProcess || other.kind === kind),
    );
    if (same.length >= MOST_ROUTINES) return isProcess ? STATUS_INVALID_PARAMETER : STATUS_INSUFFICIENT_RESOURCES;
    if (isProcess && same.some((other) => other.routine === routine)) return STATUS_INVALID_PARAMETER;
    this.#registrations = [...this.#registrations, { kind, routine, owner }];
    return STATUS_SUCCESS;
  }

  /** @returns STATUS_PROCEDURE_NOT_FOUND when it is not there */
  remove(kind: NotifyKind, routine: Address): number {
    const found = this.#registrations.find((other) => other.kind === kind && other.routine === routine);
    if (found === undefined) return STATUS_PROCEDURE_NOT_FOUND;
    this.#registrations = this.#registrations.filter((other) => other !== found);
    return STATUS_SUCCESS;
  }

  /** What a driver has registered and not removed: the names of the routines that registered it. */
  ofDriver(owner: KernelModule): string[] {
    return this.#registrations.filter((other) => other.owner === owner).map(({ kind }) => setters[kind]);
  }

  process(process: Process, creator: Running | undefined, isNew: boolean): void {
    const parentId = creator?.process.id ?? 0;
    for (const { kind, routine } of this.#registrations) {
      if (kind === "process") this.#call(routine, parentId, process.id, isNew ? 1 : 0);
      else if (kind === "processEx" && !isNew) this.#call(routine, process.object, process.id, 0);
      else if (kind === "processEx") this.#tellNew(routine, process, parentId, creator?.thread.id ?? 0);
    }
  }

  thread(thread: Thread, isNew: boolean): void {
    for (const { kind, routine } of this.#registrations) {
      if (kind === "thread") this.#call(routine, thread.process.id, thread.id, isNew ? 1 : 0);
    }
  }

  /** A driver's image was mapped; its DriverEntry comes next. */
  image(path: string, module: KernelModule): void {
    if (!this.#registrations.some(({ kind }) => kind === "image")) return;
    this.#withStructure(IMAGE_INFO.size, path, (info, name) => {
      const view = IMAGE_INFO.view(this.pool.memory, info);
      view.Properties = SYSTEM_IMAGE;
      view.ImageBase = module.base;
      view.ImageSize = BigInt(module.size);
      for (const { kind, routine } of this.#registrations) if (kind === "image") this.#call(routine, name, 0, info);
    });
  }

  #tellNew(routine: Address, process: Process, parentId: number, threadId: number): void {
    this.#withStructure(PS_CREATE_NOTIFY_INFO.size, process.name, (info, name) => {
      const view = PS_CREATE_NOTIFY_INFO.view(this.pool.memory, info);
      view.Size = BigInt(PS_CREATE_NOTIFY_INFO.size);
      view.ParentProcessId = parentId;
      view.CreatingThreadId.UniqueProcess = parentId;
      view.CreatingThreadId.UniqueThread = threadId;
      view.ImageFileName = name;
      this.#call(routine, process.object, process.id, info);
    });
  }

  /** A zeroed structure with a UNICODE_STRING behind it, for the time of a call. */
  #withStructure(bytes: number, text: string, action: (at: Address, name: Address) => void): void {
    const { memory } = this.pool;
    const block = this.pool.ExAllocatePoolWithTag(
      NonPagedPoolNx,
      bytes + UNICODE_STRING_SIZE + text.length * 2 + 2,
      TAG,
    );
    // Without memory NT too leaves the routines untold.
    if (block === 0) return;
    memory.fill(block, bytes, 0);
    memory.writeUnicodeString(block + bytes, text);
    action(block, block + bytes);
    this.pool.ExFreePoolWithTag(block, TAG);
  }

  #call(routine: Address, ...parameters: number[]): void {
    this.pool.ke.routines.call(routine, ...parameters);
  }
}
