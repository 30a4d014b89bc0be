/**
 * The parse procedures of the types Device and File: how a name that leads to a device becomes a FILE_OBJECT.
 * Source: "Controlling Device Namespace Access", "Specifying Exclusive Access to Device Objects" and IRP_MJ_CREATE
 * (Windows Driver Kit).
 */

import type { Address } from "../../../native-bindings/abi/address";
import {
  FILE_NO_INTERMEDIATE_BUFFERING,
  FILE_SEQUENTIAL_ONLY,
  FILE_SYNCHRONOUS_IO_ALERT,
  FILE_SYNCHRONOUS_IO_NONALERT,
  FILE_WRITE_THROUGH,
} from "../../../native-bindings/abi/createOptions";
import { FILE_DEVICE_SECURE_OPEN } from "../../../native-bindings/abi/deviceCharacteristics";
import {
  FO_ALERTABLE_IO,
  FO_DIRECT_DEVICE_OPEN,
  FO_NO_INTERMEDIATE_BUFFERING,
  FO_SEQUENTIAL_ONLY,
  FO_SYNCHRONOUS_IO,
  FO_WRITE_THROUGH,
} from "../../../native-bindings/abi/fileObjectFlags";
import { IRP_CREATE_OPERATION, IRP_SYNCHRONOUS_API } from "../../../native-bindings/abi/irpFlags";
import { IRP_MJ_CREATE } from "../../../native-bindings/abi/irpFunctions";
import {
  STATUS_ACCESS_DENIED,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_OBJECT_PATH_NOT_FOUND,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_PENDING,
  STATUS_REPARSE,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
} from "../../../native-bindings/abi/ntstatus/codes";
import { DEVICE_OBJECT } from "../../../native-bindings/abi/structures/deviceObject";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { IO_STACK_LOCATION } from "../../../native-bindings/abi/structures/stackLocation";
import type { KernelMemory } from "../mem/kernelMemory";
import { grantAsked } from "../ob/accessCheck";
import type { ObjectManager } from "../ob/objectManager";
import type { ParseContext, ParseResult } from "../ob/parse";
import type { Devices } from "./devices";
import type { FileObjects } from "./fileObjects";
import type { IrpRecord } from "./irpRecord";
import { OpenPacket } from "./openPacket";
import type { IoRequests } from "./requests";
import type { SecurityContexts } from "./securityContexts";
import type { IoTypes } from "./types";

/**
 * SYNCHRONIZE, FILE_READ_ATTRIBUTES, READ_CONTROL, WRITE_DAC, WRITE_OWNER, ACCESS_SYSTEM_SECURITY: an open for no more
 * than these and with no name left is a direct device open.
 */
const DIRECT_OPEN_ACCESS = 0x0010_0000 | 0x80 | 0x0002_0000 | 0x0004_0000 | 0x0008_0000 | 0x0100_0000;

const stackField = IO_STACK_LOCATION.offset;

const optionFlags: readonly (readonly [option: number, flags: number])[] = [
  [FILE_SYNCHRONOUS_IO_ALERT, FO_SYNCHRONOUS_IO | FO_ALERTABLE_IO],
  [FILE_SYNCHRONOUS_IO_NONALERT, FO_SYNCHRONOUS_IO],
  [FILE_NO_INTERMEDIATE_BUFFERING, FO_NO_INTERMEDIATE_BUFFERING],
  [FILE_WRITE_THROUGH, FO_WRITE_THROUGH],
  [FILE_SEQUENTIAL_ONLY, FO_SEQUENTIAL_ONLY],
];

function fileFlags({ options, desiredAccess }: OpenPacket["parameters"], remaining: string): number {
  let flags = remaining === "" && (desiredAccess & ~DIRECT_OPEN_ACCESS) === 0 ? FO_DIRECT_DEVICE_OPEN : 0;
  for (const [option, flag] of optionFlags) if ((options & option) !== 0) flags |= flag;
  return flags;
}

export class DeviceParse {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ob: ObjectManager,
    private readonly types: () => IoTypes,
    private readonly devices: Devices,
    private readonly files: FileObjects,
    private readonly requests: IoRequests,
    private readonly securityContexts: SecurityContexts,
  ) {}

  /** IopParseFile: the root of the name is an open file; its device decides. */
  parseFile(context: ParseContext): ParseResult {
    const packet = context.parseContext;
    if (!(packet instanceof OpenPacket)) return { status: STATUS_OBJECT_TYPE_MISMATCH };
    packet.relatedFile = context.object;
    const device = this.memory.readPointer(context.object + FILE_OBJECT.offset.DeviceObject);
    return this.#open(device, packet, context);
  }

  /** IopParseDevice */
  parseDevice(context: ParseContext): ParseResult {
    const packet = context.parseContext;
    if (packet instanceof OpenPacket) return this.#open(context.object, packet, context);
    // Nothing but a file can be below a device, and the device itself is opened only as a file.
    return { status: context.remaining === "" ? STATUS_OBJECT_TYPE_MISMATCH : STATUS_OBJECT_PATH_NOT_FOUND };
  }

  #open(device: Address, packet: OpenPacket, context: ParseContext): ParseResult {
    const { parameters } = packet;
    packet.parsed = true;
    const ignoreExclusive = packet.relatedFile !== 0 || parameters.attaching === true;
    const referenced = this.devices.reference(device, ignoreExclusive);
    if (referenced !== STATUS_SUCCESS) {
      packet.refusal = { by: referenced === STATUS_ACCESS_DENIED ? "exclusive" : "state", device, top: device };
      return { status: referenced };
    }
    const top = this.devices.records.top(device);
    const status = this.#grantAccess(device, top, packet, context) || this.#createFile(device, packet, context);
    if (status !== STATUS_SUCCESS) {
      packet.refusal = { by: status === STATUS_INSUFFICIENT_RESOURCES ? "resources" : "access", device, top };
      this.devices.dereference(device);
      return { status };
    }
    return this.#sendCreate(top, packet);
  }

  #grantAccess(device: Address, top: Address, packet: OpenPacket, context: ParseContext): number {
    const { desiredAccess } = packet.parameters;
    const isNameBelow = context.remaining !== "" || packet.relatedFile !== 0;
    if (isNameBelow && !this.#protectsNames(top)) {
      packet.granted = grantAsked(this.types().file, desiredAccess);
      return STATUS_SUCCESS;
    }
    const { status, granted } = this.ob.accessCheck(device, this.types().device, desiredAccess, context.mode);
    packet.granted = granted;
    return status;
  }

  /** Case 51: names below a device that is not FILE_DEVICE_SECURE_OPEN are the driver's own business. */
  #protectsNames(top: Address): boolean {
    return (this.memory.readU32(top + DEVICE_OBJECT.offset.Characteristics) & FILE_DEVICE_SECURE_OPEN) !== 0;
  }

  /** The device whose security descriptor counts for an open file; 0 where none does. */
  securityObject(file: Address): Address {
    const { offset } = FILE_OBJECT;
    const device = this.memory.readPointer(file + offset.DeviceObject);
    if (device === 0) return 0;
    const isNameBelow =
      this.memory.readU16(file + offset["FileName.Length"]) !== 0 ||
      this.memory.readPointer(file + offset.RelatedFileObject) !== 0;
    return isNameBelow && !this.#protectsNames(this.devices.records.top(device)) ? 0 : device;
  }

  #createFile(device: Address, packet: OpenPacket, context: ParseContext): number {
    const created = this.ob.ObCreateObject(this.types().file, undefined);
    if (created.status !== STATUS_SUCCESS) return created.status;
    const flags = fileFlags(packet.parameters, context.remaining);
    if (!this.files.initialize(created.object, device, packet.relatedFile, context.remaining, flags)) {
      this.ob.ObDereferenceObject(created.object);
      return STATUS_INSUFFICIENT_RESOURCES;
    }
    packet.file = created.object;
    return STATUS_SUCCESS;
  }

  #sendCreate(top: Address, packet: OpenPacket): ParseResult {
    const { memory } = this;
    const { parameters, file } = packet;
    const record = this.requests.create(top, file, IRP_MJ_CREATE);
    if (record === undefined) {
      packet.refusal = { by: "resources", device: top, top };
      return this.#failed(packet, STATUS_INSUFFICIENT_RESOURCES);
    }
    const location = this.requests.location(record.irp);
    const security = this.securityContexts.allocate(parameters.desiredAccess, parameters.options);
    memory.writeU32(record.irp + IRP.offset.Flags, IRP_CREATE_OPERATION | IRP_SYNCHRONOUS_API);
    memory.writePointer(location + stackField["Parameters.Create.SecurityContext"], security);
    const options = ((parameters.disposition << 24) | (parameters.options & 0x00ff_ffff)) >>> 0;
    memory.writeU32(location + stackField["Parameters.Create.Options"], options);
    memory.writeU16(location + stackField["Parameters.Create.FileAttributes"], parameters.fileAttributes);
    memory.writeU16(location + stackField["Parameters.Create.ShareAccess"], parameters.shareAccess);
    const status = this.requests.send(record);
    if (status === STATUS_PENDING && !record.isOver) {
      packet.pending = record;
      record.finish = () => this.securityContexts.free(security);
      // The open goes on when the driver has completed the IRP; until then there is nothing to hand out.
      return { status: STATUS_UNSUCCESSFUL };
    }
    this.securityContexts.free(security);
    return this.finish(packet, record, status);
  }

  /** After the driver's answer: the file, or everything undone. */
  finish(packet: OpenPacket, record: IrpRecord, status: number): ParseResult {
    packet.information = record.done ? record.information : 0;
    if (status === STATUS_REPARSE) {
      const reparse = this.memory.readUnicodeString(packet.file + FILE_OBJECT.offset.FileName);
      this.#failed(packet, status);
      return { reparse };
    }
    if (status >= 0x8000_0000) {
      const device = this.memory.readPointer(packet.file + FILE_OBJECT.offset.DeviceObject);
      packet.refusal = { by: record.done ? "driver" : "forgotten", device, top: record.device };
      return this.#failed(packet, status);
    }
    return { status: STATUS_SUCCESS, object: packet.file, granted: packet.granted };
  }

  /** The driver refused: neither CLEANUP nor CLOSE is sent for a file that it never had. */
  #failed(packet: OpenPacket, status: number): ParseResult {
    const { file } = packet;
    const at = file + FILE_OBJECT.offset.DeviceObject;
    const device = this.memory.readPointer(at);
    this.memory.writePointer(at, 0);
    packet.file = 0;
    this.ob.ObDereferenceObject(file);
    this.devices.dereference(device);
    return { status };
  }
}
