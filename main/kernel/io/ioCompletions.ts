/**
 * Completion ports: objects of the type IoCompletion, which are KQUEUEs of packets (ntifs.h: NtCreateIoCompletion,
 * NtSetIoCompletion, NtRemoveIoCompletion), and the bond between a file and its port (FileCompletionInformation).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { FO_SYNCHRONOUS_IO } from "../../../native-bindings/abi/fileObjectFlags";
import {
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
  STATUS_TIMEOUT,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { DISPATCHER_HEADER, dispatcherObjectTypes } from "../../../native-bindings/abi/structures/dispatcher";
import { FILE_OBJECT, IO_COMPLETION_CONTEXT } from "../../../native-bindings/abi/structures/fileObject";
import type { Pool } from "../ex/pool";
import { type Coroutine, isCoroutine, type MayWait } from "../ke/call";
import type { Dispatcher } from "../ke/dispatcher";
import { writeHeader } from "../ke/dispatcherObjects";
import type { KernelMemory } from "../mem/kernelMemory";
import { type ProcessorMode, UserMode } from "../ob/caller";
import type { ObjectManager } from "../ob/objectManager";
import type { ObjectType } from "../ob/objectType";
import type { IoEnd } from "./irpDelivery";

/** KQUEUE (wdm.h): header, list of entries, counts, list of threads. */
const KQUEUE_SIZE = 0x40;
const CONTEXT_TAG = "IoCC";
const PORT_CONTEXT = FILE_OBJECT.offset.CompletionContext;

export interface RemovedPacket {
  /** STATUS_SUCCESS, or STATUS_TIMEOUT: then there is no packet. */
  readonly status: number;
  readonly packet?: IoEnd;
}

export class IoCompletions {
  readonly type: ObjectType;
  readonly #packets = new Map<Address, IoEnd[]>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly ob: ObjectManager,
    private readonly dispatcher: Dispatcher,
  ) {
    this.type = ob.createType("IoCompletion", { delete: (port) => void this.#packets.delete(port) });
  }

  initialize(port: Address): void {
    writeHeader(this.memory, port, dispatcherObjectTypes.value.QueueObject, KQUEUE_SIZE, 0);
    this.#packets.set(port, []);
  }

  /** Packets that nobody has taken yet. */
  depth(port: Address): number {
    return this.#packets.get(port)?.length ?? 0;
  }

  readonly queue = (port: Address, end: IoEnd): void => {
    this.#packets.get(port)?.push(end);
    this.dispatcher.signal(port);
    this.#writeCount(port);
  };

  #take(port: Address): IoEnd | undefined {
    const packet = this.#packets.get(port)?.shift();
    this.#writeCount(port);
    return packet;
  }

  /** SignalState is the number of entries. */
  #writeCount(port: Address): void {
    this.memory.writeI32(port + DISPATCHER_HEADER.offset.SignalState, this.depth(port));
  }

  /** @param timeout in 100 ns as of KeWaitForSingleObject; undefined for ever */
  remove(port: Address, timeout: bigint | undefined, mode: ProcessorMode = UserMode): MayWait<RemovedPacket> {
    const packet = this.#take(port);
    if (packet !== undefined) return { status: STATUS_SUCCESS, packet };
    return timeout === 0n ? { status: STATUS_TIMEOUT } : this.#removeLater(port, timeout, mode);
  }

  *#removeLater(port: Address, timeout: bigint | undefined, mode: ProcessorMode): Coroutine<RemovedPacket> {
    for (;;) {
      const wait = this.dispatcher.KeWaitForSingleObject(port, { timeout, mode });
      const status = isCoroutine(wait) ? yield* wait : wait;
      if (status !== STATUS_SUCCESS) return { status };
      const packet = this.#take(port);
      if (packet !== undefined) return { status: STATUS_SUCCESS, packet };
    }
  }

  /** FileCompletionInformation: once, and not for a synchronous file. */
  bind(file: Address, port: Address, key: Address): number {
    const { memory } = this;
    const isSynchronous = (memory.readU32(file + FILE_OBJECT.offset.Flags) & FO_SYNCHRONOUS_IO) !== 0;
    if (isSynchronous || memory.readPointer(file + PORT_CONTEXT) !== 0) return STATUS_INVALID_PARAMETER;
    const context = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, IO_COMPLETION_CONTEXT.size, CONTEXT_TAG);
    if (context === 0) return STATUS_INSUFFICIENT_RESOURCES;
    this.ob.ObReferenceObject(port);
    memory.writePointer(context + IO_COMPLETION_CONTEXT.offset.Port, port);
    memory.writePointer(context + IO_COMPLETION_CONTEXT.offset.Key, key);
    memory.writePointer(file + PORT_CONTEXT, context);
    return STATUS_SUCCESS;
  }

  isBound(file: Address): boolean {
    return this.memory.readPointer(file + PORT_CONTEXT) !== 0;
  }

  /** The file goes. */
  release(file: Address): void {
    const { memory } = this;
    const context = memory.readPointer(file + PORT_CONTEXT);
    if (context === 0) return;
    memory.writePointer(file + PORT_CONTEXT, 0);
    this.ob.ObDereferenceObject(memory.readPointer(context + IO_COMPLETION_CONTEXT.offset.Port));
    this.pool.ExFreePoolWithTag(context, CONTEXT_TAG);
  }
}
