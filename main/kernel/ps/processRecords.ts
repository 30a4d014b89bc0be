/**
 * What EPROCESS and ETHREAD say in memory, for drivers and for the structure view: ids, names, and the lists of
 * processes and threads. Offsets are those of Windows 10 22H2 (native-bindings/abi/structures/process.ts).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { dispatcherObjectTypes } from "../../../native-bindings/abi/structures/dispatcher";
import { LIST_ENTRY } from "../../../native-bindings/abi/structures/lists";
import { EPROCESS, ETHREAD, KTHREAD } from "../../../native-bindings/abi/structures/process";
import type { Pool } from "../ex/pool";
import { initializeListHead, writeHeader } from "../ke/dispatcherObjects";
import type { Ke } from "../ke/ke";
import { InsertTailList, RemoveEntryList } from "../ke/linkedLists";
import type { KernelMemory } from "../mem/kernelMemory";
import type { Process, Thread } from "./ps";

const process = EPROCESS.offset;
const thread = ETHREAD.offset;
/** ImageFileName has 15 bytes, the last of which stays NUL. */
const NAME_BYTES = 14;

export class ProcessRecords {
  /** PsActiveProcessHead */
  readonly #head: Address;

  constructor(
    private readonly memory: KernelMemory,
    pool: Pool,
    private readonly ke: Ke,
  ) {
    this.#head = pool.ExAllocatePoolWithTag(NonPagedPoolNx, LIST_ENTRY.size, "PsAc");
    initializeListHead(memory, this.#head);
  }

  didCreateProcess({ object, id, name }: Process, parentId: number): void {
    const { memory } = this;
    writeHeader(memory, object, dispatcherObjectTypes.value.ProcessObject, EPROCESS.size, 0);
    memory.writePointer(object + process.UniqueProcessId, id);
    memory.writePointer(object + process.InheritedFromUniqueProcessId, parentId);
    memory.writeBytes(object + process.ImageFileName, new TextEncoder().encode(name).subarray(0, NAME_BYTES));
    initializeListHead(memory, object + process.ThreadListHead);
    InsertTailList(memory, this.ke, this.#head, object + process.ActiveProcessLinks);
  }

  didCreateThread({ object, id, process: owner, control }: Thread): void {
    const { memory } = this;
    writeHeader(memory, object, dispatcherObjectTypes.value.ThreadObject, ETHREAD.size, 0);
    memory.writeU8(object + KTHREAD.offset.Priority, control.priority);
    memory.writePointer(object + thread["Cid.UniqueProcess"], owner.id);
    memory.writePointer(object + thread["Cid.UniqueThread"], id);
    memory.writePointer(object + KTHREAD.offset.Process, owner.object);
    memory.writePointer(object + KTHREAD.offset["ApcState.Process"], owner.object);
    InsertTailList(memory, this.ke, owner.object + process.ThreadListHead, object + thread.ThreadListEntry);
    const count = owner.object + process.ActiveThreads;
    memory.writeU32(count, memory.readU32(count) + 1);
  }

  willEndThread({ object, process: owner }: Thread): void {
    RemoveEntryList(this.memory, this.ke, object + thread.ThreadListEntry);
    const count = owner.object + process.ActiveThreads;
    this.memory.writeU32(count, this.memory.readU32(count) - 1);
  }

  willEnd({ object, threads }: Process): void {
    const { memory, ke } = this;
    for (const ended of threads) RemoveEntryList(memory, ke, ended.object + thread.ThreadListEntry);
    memory.writeU32(object + process.ActiveThreads, 0);
    RemoveEntryList(memory, ke, object + process.ActiveProcessLinks);
  }
}
