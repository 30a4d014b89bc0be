/**
 * The system calls on files (ntifs.h: NtCreateFile, NtReadFile, NtWriteFile, NtDeviceIoControlFile,
 * NtFsControlFile, NtCancelIoFileEx, NtQueryInformationFile, NtClose), for the current thread. They never throw: once the machine has stopped they answer STATUS_MACHINE_STOPPED.
 */

import type { Address } from "../../../native-bindings/abi/address";
import {
  IRP_MJ_DEVICE_CONTROL,
  IRP_MJ_FILE_SYSTEM_CONTROL,
  IRP_MJ_READ,
  IRP_MJ_WRITE,
} from "../../../native-bindings/abi/irpFunctions";
import type { IoManager } from "../io/ioManager";
import { type KernelGate, STATUS_MACHINE_STOPPED } from "../kernelGate";
import type { ObjectAttributes } from "../ob/objectAttributes";
import type { ObjectManager } from "../ob/objectManager";
import type { Ps } from "../ps/ps";
import { cancelIoFile, cancelSynchronousIo } from "./filesCancel";
import { type ControlParameters, control } from "./filesControl";
import { type CreateOutcome, createFile, type FileParameters } from "./filesCreate";
import { queryInformation, transfer } from "./filesTransfer";
import { type IoOutcome, ioDone } from "./ioOutcome";

export class NtFiles {
  constructor(
    private readonly ob: ObjectManager,
    private readonly io: IoManager,
    private readonly ps: Ps,
    private readonly gate: KernelGate,
  ) {}

  NtCreateFile(attributes: ObjectAttributes, parameters: FileParameters): CreateOutcome {
    if (this.gate.isStopped) return stoppedCreate;
    this.gate.enter();
    try {
      return createFile(this.ob, this.io, this.ps, attributes, parameters);
    } catch (error) {
      this.gate.caught(error);
      return stoppedCreate;
    } finally {
      this.gate.leave();
    }
  }

  /**
   * @param buffer where the data goes, in the caller's address space
   * @param length in bytes, 0 to 2^32 - 1
   * @param byteOffset undefined: the file's own position, for a synchronous file
   */
  NtReadFile(handle: number, buffer: Address, length: number, byteOffset?: number | bigint): IoOutcome {
    return this.#transfer(handle, IRP_MJ_READ, buffer, length, byteOffset);
  }

  /** @param byteOffset as of NtReadFile; -1 writes at the end of the file */
  NtWriteFile(handle: number, buffer: Address, length: number, byteOffset?: number | bigint): IoOutcome {
    return this.#transfer(handle, IRP_MJ_WRITE, buffer, length, byteOffset);
  }

  NtDeviceIoControlFile(handle: number, parameters: ControlParameters): IoOutcome {
    return this.#control(handle, IRP_MJ_DEVICE_CONTROL, parameters);
  }

  /** What DeviceIoControl calls for codes of FILE_DEVICE_FILE_SYSTEM. */
  NtFsControlFile(handle: number, parameters: ControlParameters): IoOutcome {
    return this.#control(handle, IRP_MJ_FILE_SYSTEM_CONTROL, parameters);
  }

  #control(
    handle: number,
    major: typeof IRP_MJ_DEVICE_CONTROL | typeof IRP_MJ_FILE_SYSTEM_CONTROL,
    parameters: ControlParameters,
  ): IoOutcome {
    if (this.gate.isStopped) return stopped;
    this.gate.enter();
    try {
      return control(this.ob, this.io, handle, major, parameters);
    } catch (error) {
      this.gate.caught(error);
      return stopped;
    } finally {
      this.gate.leave();
    }
  }

  /**
   * @param irp one request of the file; left out, all of them
   * @returns an NTSTATUS: STATUS_NOT_FOUND when none is under way
   */
  NtCancelIoFileEx(handle: number, irp?: Address): number {
    return this.#cancel(() => cancelIoFile(this.ob, this.io, handle, irp));
  }

  /** For an open that its driver keeps. @returns an NTSTATUS: STATUS_NOT_FOUND when it is under way no more */
  NtCancelSynchronousIoFile(irp: Address): number {
    return this.#cancel(() => cancelSynchronousIo(this.io, irp));
  }

  #cancel(action: () => number): number {
    if (this.gate.isStopped) return STATUS_MACHINE_STOPPED;
    this.gate.enter();
    try {
      return action();
    } catch (error) {
      this.gate.caught(error);
      return STATUS_MACHINE_STOPPED;
    } finally {
      this.gate.leave();
    }
  }

  /** @param informationClass FILE_INFORMATION_CLASS; all are the driver's to answer */
  NtQueryInformationFile(handle: number, informationClass: number, buffer: Address, length: number): IoOutcome {
    if (this.gate.isStopped) return stopped;
    this.gate.enter();
    try {
      return queryInformation(this.ob, this.io, handle, informationClass, buffer, length);
    } catch (error) {
      this.gate.caught(error);
      return stopped;
    } finally {
      this.gate.leave();
    }
  }

  /** @returns an NTSTATUS */
  NtClose(handle: number): number {
    if (this.gate.isStopped) return STATUS_MACHINE_STOPPED;
    this.gate.enter();
    try {
      return this.ob.NtClose(handle);
    } catch (error) {
      this.gate.caught(error);
      return STATUS_MACHINE_STOPPED;
    } finally {
      this.gate.leave();
    }
  }

  #transfer(
    handle: number,
    major: typeof IRP_MJ_READ | typeof IRP_MJ_WRITE,
    buffer: Address,
    length: number,
    byteOffset: number | bigint | undefined,
  ): IoOutcome {
    if (this.gate.isStopped) return stopped;
    this.gate.enter();
    try {
      return transfer(this.ob, this.io, handle, major, buffer, length, byteOffset);
    } catch (error) {
      this.gate.caught(error);
      return stopped;
    } finally {
      this.gate.leave();
    }
  }
}

const stopped = ioDone(STATUS_MACHINE_STOPPED, 0);
const stoppedCreate: CreateOutcome = { pending: false, status: STATUS_MACHINE_STOPPED, information: 0, handle: 0 };
