/**
 * Asking the driver of a file: IRP_MJ_QUERY_INFORMATION, and the name of a file object made from its answer.
 * Source: FILE_NAME_INFORMATION (ntddk.h): u32 FileNameLength in bytes, then the UTF-16 text.
 */

import type { Address } from "../../../native-bindings/abi/address";
import { IRP_MJ_QUERY_INFORMATION } from "../../../native-bindings/abi/irpFunctions";
import {
  STATUS_BUFFER_OVERFLOW,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_INVALID_PARAMETER,
  STATUS_NOT_IMPLEMENTED,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { NonPagedPoolNx } from "../../../native-bindings/abi/poolTypes";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { Pool } from "../ex/pool";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";
import type { FileObjects } from "./fileObjects";
import type { IrpRecord } from "./irpRecord";
import type { IoRequests } from "./requests";
import type { Transfers } from "./transfers";

const FIRST_ERROR = 0xc000_0000;

/** FILE_INFORMATION_CLASS */
const FileNameInformation = 9;
/** FILE_NAME_INFORMATION before the text. */
const NAME_OFFSET = 4;
/** Room for the longest UNICODE_STRING. */
const NAME_BUFFER_SIZE = NAME_OFFSET + 0xfffe;
const NAME_TAG = "IoQn";

const stackField = IO_STACK_LOCATION.offset;

/** Answers of a driver that has no names for its files: then the device's name is all there is. */
const noName: ReadonlySet<number> = new Set([
  STATUS_NOT_IMPLEMENTED,
  STATUS_INVALID_PARAMETER,
  STATUS_INVALID_DEVICE_REQUEST,
]);

export class FileNames {
  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
    private readonly ob: ObjectManager,
    private readonly files: FileObjects,
    private readonly requests: IoRequests,
    private readonly transfers: Transfers,
  ) {}

  /**
   * Sends a buffered IRP_MJ_QUERY_INFORMATION.
   * @param buffer where the answer goes, in the current address space
   */
  ask(
    file: Address,
    informationClass: number,
    buffer: Address,
    length: number,
  ): { status: number; record?: IrpRecord } {
    const record = this.requests.create(this.files.relatedDevice(file), file, IRP_MJ_QUERY_INFORMATION);
    if (record === undefined) return { status: STATUS_INSUFFICIENT_RESOURCES };
    record.length = length;
    this.memory.writePointer(record.irp + IRP.offset.UserBuffer, buffer);
    const prepared = this.transfers.prepareBuffered(record, length, buffer, true);
    if (prepared !== STATUS_SUCCESS) {
      this.requests.abandon(record);
      return { status: prepared };
    }
    const location = this.requests.location(record.irp);
    this.memory.writeU32(location + stackField["Parameters.QueryFile.Length"], length);
    this.memory.writeU32(location + stackField["Parameters.QueryFile.FileInformationClass"], informationClass);
    return { status: this.requests.send(record), record };
  }

  /** The query-name procedure of the type File. */
  query(file: Address): { status: number; name: string } {
    const device = this.memory.readPointer(file + FILE_OBJECT.offset.DeviceObject);
    if (device === 0) return { status: STATUS_SUCCESS, name: "" };
    const deviceName = this.ob.ObQueryNameString(device);
    const buffer = this.pool.ExAllocatePoolWithTag(NonPagedPoolNx, NAME_BUFFER_SIZE, NAME_TAG);
    if (buffer === 0) return { status: STATUS_INSUFFICIENT_RESOURCES, name: "" };
    const { status, record } = this.ask(file, FileNameInformation, buffer, NAME_BUFFER_SIZE);
    // A driver that has not answered yet still owns the buffer.
    if (status === STATUS_PENDING && record?.isOver === false) {
      record.finish = () => this.pool.ExFreePoolWithTag(buffer, NAME_TAG);
      return { status: STATUS_SUCCESS, name: deviceName };
    }
    const result = this.#compose(deviceName, status, buffer);
    this.pool.ExFreePoolWithTag(buffer, NAME_TAG);
    return result;
  }

  #compose(deviceName: string, status: number, buffer: Address): { status: number; name: string } {
    if (noName.has(status)) return { status: STATUS_SUCCESS, name: deviceName };
    if (status >= FIRST_ERROR) return { status, name: "" };
    const bytes = Math.min(this.memory.readU32(buffer), NAME_BUFFER_SIZE - NAME_OFFSET);
    const name = deviceName + this.memory.readUtf16(buffer + NAME_OFFSET, bytes);
    return { status: status === STATUS_BUFFER_OVERFLOW ? status : STATUS_SUCCESS, name };
  }
}
