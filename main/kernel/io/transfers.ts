/**
 * How the caller's buffer gets to the driver and back: a system buffer, locked pages, or the raw pointer.
 * Source: "Methods for Accessing Data Buffers" (Windows Driver Kit); the cases of METHOD_BUFFERED apply alike.
 */

import type { Address } from "../../../native-bindings/abi/address";
import { DO_BUFFERED_IO, DO_DIRECT_IO } from "../../../native-bindings/abi/deviceFlags";
import { METHOD_BUFFERED, METHOD_IN_DIRECT, METHOD_NEITHER } from "../../../native-bindings/abi/ioctl";
import { IRP_BUFFERED_IO, IRP_DEALLOCATE_BUFFER, IRP_INPUT_OPERATION } from "../../../native-bindings/abi/irpFlags";
import {
  STATUS_ACCESS_VIOLATION,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Pool } from "../ex/pool";
import { tagToNumber } from "../ex/poolTags";
import type { KernelMemory } from "../mem/kernelMemory";
import type { IrpRecord } from "./irpRecord";
import { IoReadAccess, IoWriteAccess, type LockOperation, type Mdls } from "./mdls";
import type { IoReports } from "./reports";

/** Of NT_ERROR: severities 0, 1 and 2 copy data back, warnings such as STATUS_BUFFER_OVERFLOW included. */
const FIRST_ERROR = 0xc000_0000;
/** The tag of the I/O manager's system buffers. */
const SYSTEM_BUFFER_TAG = tagToNumber("IoSB");

const field = IRP.offset;
const TYPE3_INPUT_BUFFER = IO_STACK_LOCATION.offset["Parameters.DeviceIoControl.Type3InputBuffer"];

/** The two buffers of a control code. An address of 0 goes with a length of 0, but for METHOD_NEITHER. */
export interface ControlBuffers {
  /** METHOD_BUFFERED...: the low two bits of the code. */
  readonly method: number;
  readonly input: Address;
  /** In bytes. */
  readonly inputLength: number;
  readonly output: Address;
  /** In bytes. */
  readonly outputLength: number;
}

export class Transfers {
  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly mdls: Mdls,
    private readonly reports: IoReports,
  ) {}

  /**
   * Sets an IRP up for a read into `buffer` or a write from it. On failure nothing is left for the caller to free.
   * @param deviceFlags of the device that the IRP is sent to
   */
  prepare(record: IrpRecord, deviceFlags: number, buffer: Address, isRead: boolean): number {
    record.block.fields.writePointer(field.UserBuffer, buffer);
    if ((deviceFlags & DO_BUFFERED_IO) !== 0) return this.prepareBuffered(record, record.length, buffer, isRead);
    if ((deviceFlags & DO_DIRECT_IO) !== 0) return this.#giveMdl(record, buffer, isRead ? IoWriteAccess : IoReadAccess);
    return STATUS_SUCCESS;
  }

  /** A length of 0 gives no buffer. What a read finds in it is old pool, as on NT. */
  prepareBuffered(record: IrpRecord, length: number, buffer: Address, isRead: boolean): number {
    const flags = IRP_BUFFERED_IO | (isRead ? IRP_INPUT_OPERATION : 0);
    return this.#giveSystemBuffer(record, flags, length, buffer, isRead ? 0 : length);
  }

  /**
   * Sets an IRP_MJ_DEVICE_CONTROL up; its other parameters are the caller's to fill in. On failure nothing is left to free.
   * Source: "Buffer Descriptions for I/O Control Codes" (Windows Driver Kit).
   * @param location the stack location of the top driver
   */
  prepareControl(location: Address, record: IrpRecord, buffers: ControlBuffers): number {
    const { fields } = record.block;
    const { method, input, inputLength, output, outputLength } = buffers;
    if (method === METHOD_NEITHER) {
      this.memory.writePointer(location + TYPE3_INPUT_BUFFER, input);
      fields.writePointer(field.UserBuffer, output);
      return STATUS_SUCCESS;
    }
    if (method === METHOD_BUFFERED) {
      // One system buffer serves both ways: the driver answers where its input was.
      const length = Math.max(inputLength, outputLength);
      if (length === 0) return STATUS_SUCCESS;
      fields.writePointer(field.UserBuffer, output);
      const flags = IRP_BUFFERED_IO | (output === 0 ? 0 : IRP_INPUT_OPERATION);
      return this.#giveSystemBuffer(record, flags, length, input, inputLength);
    }
    if (inputLength > 0) {
      const status = this.#giveSystemBuffer(record, IRP_BUFFERED_IO, inputLength, input, inputLength);
      if (status !== STATUS_SUCCESS) return status;
    }
    const operation = method === METHOD_IN_DIRECT ? IoReadAccess : IoWriteAccess;
    const status = this.#giveMdl(record, output, operation);
    if (status !== STATUS_SUCCESS) this.#freeSystemBuffer(record);
    return status;
  }

  /** A length of 0 gives none. @param flags to be added to those of the IRP */
  #giveSystemBuffer(
    { block: { fields } }: IrpRecord,
    flags: number,
    length: number,
    source: Address,
    sourceLength: number,
  ): number {
    const all = fields.readU32(field.Flags) | flags;
    if (length === 0) {
      fields.writeU32(field.Flags, all);
      return STATUS_SUCCESS;
    }
    const systemBuffer = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, length, SYSTEM_BUFFER_TAG);
    if (systemBuffer === 0) return STATUS_INSUFFICIENT_RESOURCES;
    if (sourceLength > 0) this.memory.copy(systemBuffer, source, sourceLength);
    fields.writePointer(field.SystemBuffer, systemBuffer);
    fields.writeU32(field.Flags, all | IRP_DEALLOCATE_BUFFER);
    return STATUS_SUCCESS;
  }

  /** For `record.length` bytes; none gives no MDL. */
  #giveMdl(record: IrpRecord, buffer: Address, operation: LockOperation): number {
    if (record.length === 0) return STATUS_SUCCESS;
    const mdl = this.mdls.IoAllocateMdl(buffer, record.length);
    if (mdl === 0) return STATUS_INSUFFICIENT_RESOURCES;
    const status = this.mdls.MmProbeAndLockPages(mdl, record.process, operation);
    if (status !== STATUS_SUCCESS) this.mdls.IoFreeMdl(mdl);
    else record.block.fields.writePointer(field.MdlAddress, mdl);
    return status;
  }

  /** The end of a request: data to the caller, buffers freed. */
  finish(record: IrpRecord): void {
    const { fields } = record.block;
    const flags = fields.readU32(field.Flags);
    if ((flags & IRP_BUFFERED_IO) !== 0) this.#finishBuffered(record, flags);
    const mdl = fields.readPointer(field.MdlAddress);
    if (mdl !== 0) {
      fields.writePointer(field.MdlAddress, 0);
      this.mdls.release(mdl);
    }
  }

  #finishBuffered(record: IrpRecord, flags: number): void {
    const { fields } = record.block;
    const systemBuffer = fields.readPointer(field.SystemBuffer);
    if (systemBuffer === 0) return;
    if ((flags & IRP_INPUT_OPERATION) !== 0 && record.status < FIRST_ERROR && record.information !== 0) {
      this.#copyBack(systemBuffer, fields.readPointer(field.UserBuffer), record);
    }
    if ((flags & IRP_DEALLOCATE_BUFFER) !== 0) this.#freeSystemBuffer(record);
  }

  #freeSystemBuffer({ block: { fields } }: IrpRecord): void {
    const systemBuffer = fields.readPointer(field.SystemBuffer);
    if (systemBuffer === 0) return;
    fields.writePointer(field.SystemBuffer, 0);
    this.pool.ExFreePoolWithTag(systemBuffer, SYSTEM_BUFFER_TAG);
  }

  /** In the address space of the process that asked, whichever runs now. It may have freed the buffer meanwhile. */
  #copyBack(systemBuffer: Address, buffer: Address, record: IrpRecord): void {
    const { memory } = this;
    const { information, length } = record;
    const isTooLarge = information < 0 || information > length;
    if (isTooLarge) this.reports.informationTooLarge(record.device, information, length);
    const count = isTooLarge ? length : information;
    const before = memory.translation.user;
    const { space } = record;
    if (space !== before) memory.attachUser(space);
    if (memory.pages.allows(buffer, count, "write")) memory.copy(buffer, systemBuffer, count);
    else record.status = STATUS_ACCESS_VIOLATION;
    if (space !== before) memory.attachUser(before);
  }
}
