/**
 * The system calls on files (ntifs.h: NtCreateFile, NtReadFile, NtWriteFile, NtDeviceIoControlFile, NtFsControlFile,
 * NtFlushBuffersFile, NtQueryInformationFile..., NtCancelIoFile..., NtClose), for the current thread. They never throw:
 * once the machine has stopped they answer STATUS_MACHINE_STOPPED.
 */

import type { Address } from "../../../native-bindings/abi/address";
import {
  IRP_MJ_DEVICE_CONTROL,
  IRP_MJ_FILE_SYSTEM_CONTROL,
  IRP_MJ_READ,
  IRP_MJ_WRITE,
} from "../../../native-bindings/abi/irpFunctions";
import { type KernelGate, STATUS_MACHINE_STOPPED } from "../kernelGate";
import type { ObjectAttributes } from "../ob/objectAttributes";
import type { Ps } from "../ps/ps";
import type { EndParameters } from "./endParameters";
import type { FileContext } from "./fileContext";
import type { FileParameters } from "./fileParameters";
import { cancelIoFile, cancelIoOfThread, cancelSynchronousIo } from "./filesCancel";
import { type ControlParameters, control } from "./filesControl";
import { type CreateOutcome, createFile } from "./filesCreate";
import { flushBuffers, queryInformation, queryVolumeInformation, setInformation } from "./filesInformation";
import { transfer } from "./filesTransfer";
import { type IoOutcome, ioDone } from "./ioOutcome";

export class NtFiles {
  constructor(
    private readonly context: FileContext,
    private readonly ps: Ps,
    private readonly gate: KernelGate,
  ) {}

  NtCreateFile(attributes: ObjectAttributes, parameters: FileParameters): CreateOutcome {
    if (this.gate.isStopped) return stoppedCreate;
    this.gate.enter();
    try {
      return createFile(this.context.ob, this.context.io, this.ps, attributes, parameters);
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
   * @param end left out, only what is returned tells of the end
   */
  NtReadFile(
    handle: number,
    buffer: Address,
    length: number,
    byteOffset?: number | bigint,
    end?: EndParameters,
  ): IoOutcome {
    return this.#transfer(handle, IRP_MJ_READ, buffer, length, byteOffset, end);
  }

  /** @param byteOffset as of NtReadFile; -1 writes at the end of the file */
  NtWriteFile(
    handle: number,
    buffer: Address,
    length: number,
    byteOffset?: number | bigint,
    end?: EndParameters,
  ): IoOutcome {
    return this.#transfer(handle, IRP_MJ_WRITE, buffer, length, byteOffset, end);
  }

  NtDeviceIoControlFile(handle: number, parameters: ControlParameters, end?: EndParameters): IoOutcome {
    return this.#control(handle, IRP_MJ_DEVICE_CONTROL, parameters, end);
  }

  /** What DeviceIoControl calls for codes of FILE_DEVICE_FILE_SYSTEM. */
  NtFsControlFile(handle: number, parameters: ControlParameters, end?: EndParameters): IoOutcome {
    return this.#control(handle, IRP_MJ_FILE_SYSTEM_CONTROL, parameters, end);
  }

  #control(
    handle: number,
    major: typeof IRP_MJ_DEVICE_CONTROL | typeof IRP_MJ_FILE_SYSTEM_CONTROL,
    parameters: ControlParameters,
    end: EndParameters | undefined,
  ): IoOutcome {
    return this.#io(() => control(this.context, handle, major, parameters, end));
  }

  /**
   * @param irp one request of the file; left out, all of them
   * @returns an NTSTATUS: STATUS_NOT_FOUND when none is under way
   */
  NtCancelIoFileEx(handle: number, irp?: Address): number {
    return this.#status(() => cancelIoFile(this.context.ob, this.context.io, handle, irp));
  }

  /** CancelIo: the calling thread's requests of the file. @returns an NTSTATUS */
  NtCancelIoFile(handle: number): number {
    return this.#status(() => cancelIoOfThread(this.context.ob, this.context.io, handle));
  }

  /** For an open that its driver keeps. @returns an NTSTATUS: STATUS_NOT_FOUND when it is under way no more */
  NtCancelSynchronousIoFile(irp: Address): number {
    return this.#status(() => cancelSynchronousIo(this.context.io, irp));
  }

  /** IRP_MJ_FLUSH_BUFFERS, for a handle that may write. */
  NtFlushBuffersFile(handle: number): IoOutcome {
    return this.#io(() => flushBuffers(this.context, handle));
  }

  /** @param informationClass FILE_INFORMATION_CLASS: what the I/O manager does not know itself is the driver's to answer */
  NtQueryInformationFile(handle: number, informationClass: number, buffer: Address, length: number): IoOutcome {
    return this.#io(() => queryInformation(this.context, handle, { informationClass, buffer, length }));
  }

  /** @param informationClass as of NtQueryInformationFile */
  NtSetInformationFile(handle: number, informationClass: number, buffer: Address, length: number): IoOutcome {
    return this.#io(() => setInformation(this.context, handle, { informationClass, buffer, length }));
  }

  /** @param informationClass FS_INFORMATION_CLASS: all but FileFsDeviceInformation are the driver's to answer */
  NtQueryVolumeInformationFile(handle: number, informationClass: number, buffer: Address, length: number): IoOutcome {
    return this.#io(() => queryVolumeInformation(this.context, handle, { informationClass, buffer, length }));
  }

  #io(action: () => IoOutcome): IoOutcome {
    return this.#within(action, stopped);
  }

  #status(action: () => number): number {
    return this.#within(action, STATUS_MACHINE_STOPPED);
  }

  #within<T>(action: () => T, whenStopped: T): T {
    if (this.gate.isStopped) return whenStopped;
    this.gate.enter();
    try {
      return action();
    } catch (error) {
      this.gate.caught(error);
      return whenStopped;
    } finally {
      this.gate.leave();
    }
  }

  /** @returns an NTSTATUS */
  NtClose(handle: number): number {
    return this.#status(() => this.context.ob.NtClose(handle));
  }

  #transfer(
    handle: number,
    major: typeof IRP_MJ_READ | typeof IRP_MJ_WRITE,
    buffer: Address,
    length: number,
    byteOffset: number | bigint | undefined,
    end: EndParameters | undefined,
  ): IoOutcome {
    return this.#io(() => transfer(this.context, handle, major, buffer, length, byteOffset, end));
  }
}

const stopped = ioDone(STATUS_MACHINE_STOPPED, 0);
const stoppedCreate: CreateOutcome = { pending: false, status: STATUS_MACHINE_STOPPED, information: 0, handle: 0 };
