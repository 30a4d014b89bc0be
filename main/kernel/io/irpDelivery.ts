/**
 * What the end of a request does for the one who made it (NT's IopCompleteRequest): IO_STATUS_BLOCK, event, APC, packet
 * for the completion port. Case 73: nothing of it for a request that failed before it was pending.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  FO_SKIP_COMPLETION_PORT,
  FO_SKIP_SET_EVENT,
  FO_SYNCHRONOUS_IO,
} from "../../../native-bindings/abi/fileObjectFlags";
import { IRP_SYNCHRONOUS_API } from "../../../native-bindings/abi/irpFlags";
import { FILE_OBJECT, IO_COMPLETION_CONTEXT } from "../../../native-bindings/abi/structures/fileObject";
import { IO_STATUS_BLOCK } from "../../../native-bindings/abi/structures/ioStatusBlock";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { Dispatcher } from "../ke/dispatcher";
import type { KernelMemory } from "../mem/kernelMemory";
import type { IrpRecord } from "./irpRecord";

/** Of NT_ERROR, and of what is no NT_SUCCESS. */
const FIRST_ERROR = 0xc000_0000;
const FIRST_WARNING = 0x8000_0000;

const {
  Flags: FLAGS,
  UserIosb: USER_IOSB,
  UserEvent: USER_EVENT,
  UserApcRoutine: APC_ROUTINE,
  UserApcContext: APC_CONTEXT,
} = IRP.offset;
const {
  Flags: FILE_FLAGS,
  Event: FILE_EVENT,
  FinalStatus: FINAL_STATUS,
  CompletionContext: PORT_CONTEXT,
} = FILE_OBJECT.offset;

/** A packet for a completion port, or the call of an APC routine. */
export interface IoEnd {
  readonly key: Address;
  readonly context: Address;
  readonly status: number;
  readonly information: number;
}

export interface DeliveryTargets {
  queueApc(thread: Address, routine: Address, context: Address, ioStatusBlock: Address): void;
  queuePacket(port: Address, end: IoEnd): void;
}

export class IrpDelivery {
  constructor(
    private readonly memory: KernelMemory,
    private readonly dispatcher: Dispatcher,
    private readonly targets: DeliveryTargets,
  ) {}

  /** To be set as {@link IrpRecord.deliver}: the IRP is still there. */
  readonly deliver = (record: IrpRecord): void => {
    const { memory } = this;
    const { irp, file } = record;
    const isError = record.status >= FIRST_ERROR;
    if (isError && !record.markedPending) return;
    const isSynchronous = this.#isSynchronous(irp, file);
    this.#writeStatus(record, memory.readPointer(irp + USER_IOSB));
    this.#signal(record, isSynchronous);
    const apcRoutine = memory.readPointer(irp + APC_ROUTINE);
    const context = memory.readPointer(irp + APC_CONTEXT);
    if (apcRoutine !== 0)
      this.targets.queueApc(record.thread, apcRoutine, context, memory.readPointer(irp + USER_IOSB));
    else if (!isSynchronous) this.#queuePacket(record, context);
  };

  #isSynchronous(irp: Address, file: Address): boolean {
    const { memory } = this;
    if ((memory.readU32(irp + FLAGS) & IRP_SYNCHRONOUS_API) !== 0) return true;
    return file !== 0 && (memory.readU32(file + FILE_FLAGS) & FO_SYNCHRONOUS_IO) !== 0;
  }

  /** In the address space of whoever asked. NT writes within __try: memory that is gone is nobody's fault. */
  #writeStatus({ space, status, information }: IrpRecord, block: Address): void {
    if (block === 0) return;
    const { memory } = this;
    const before = memory.translation.user;
    if (space !== before) memory.attachUser(space);
    if (memory.pages.allows(block, IO_STATUS_BLOCK.size, "write")) {
      memory.writePointer(block + IO_STATUS_BLOCK.offset.Information, information);
      memory.writeU32(block + IO_STATUS_BLOCK.offset.Status, status);
    }
    if (space !== before) memory.attachUser(before);
  }

  /** The event that the caller gave, else the file's own; of a synchronous file both. */
  #signal({ irp, file, status }: IrpRecord, isSynchronous: boolean): void {
    const { memory, dispatcher } = this;
    const event = memory.readPointer(irp + USER_EVENT);
    if (event !== 0) dispatcher.KeSetEvent(event);
    if (file === 0 || (event !== 0 && !isSynchronous)) return;
    memory.writeU32(file + FINAL_STATUS, status);
    if ((memory.readU32(file + FILE_FLAGS) & FO_SKIP_SET_EVENT) !== 0) return;
    dispatcher.KeSetEvent(file + FILE_EVENT);
  }

  /** Only for who gave a context: NULL asks for no packet. */
  #queuePacket({ file, status, information, markedPending }: IrpRecord, context: Address): void {
    const { memory } = this;
    const skipsSuccess = file !== 0 && (memory.readU32(file + FILE_FLAGS) & FO_SKIP_COMPLETION_PORT) !== 0;
    if (skipsSuccess && !markedPending && status < FIRST_WARNING) return;
    const port = file === 0 ? 0 : memory.readPointer(file + PORT_CONTEXT);
    if (port === 0 || context === 0) return;
    const key = memory.readPointer(port + IO_COMPLETION_CONTEXT.offset.Key);
    this.targets.queuePacket(memory.readPointer(port + IO_COMPLETION_CONTEXT.offset.Port), {
      key,
      context,
      status,
      information,
    });
  }
}
