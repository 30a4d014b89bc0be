/** DdkBuffers over the kernel. */
import { type Address, isCanonicalAddress } from "../../../native-bindings/abi/address";
import { STATUS_ACCESS_VIOLATION, STATUS_DATATYPE_MISALIGNMENT } from "../../../native-bindings/abi/ntstatus/codes";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import { MDL } from "../../../native-bindings/abi/structures/mdl";
import { exceptionCodeOf, NtException } from "../ex/ntException";
import { IoReadAccess, IoWriteAccess } from "../io/mdls";
import type { Kernel } from "../kernel";
import { USER_PROBE_ADDRESS } from "../mem/regions";
import { UserMode } from "../ob/caller";
import type { DdkBuffers } from "./ddkProcesses";

/** ULONG: what an MDL can describe. */
const MOST_BYTES = 0xffff_ffff;
/** Behind so many, the MDLs of an IRP hang on themselves. */
const MOST_MDLS = 4096;

function probe(address: Address, length: number, alignment: number, routine: string): void {
  if (length === 0) return;
  if (address % alignment !== 0) throw new NtException(STATUS_DATATYPE_MISALIGNMENT, routine);
  const isUser = address >= 0 && length > 0 && address + length <= USER_PROBE_ADDRESS;
  if (!isUser) throw new NtException(STATUS_ACCESS_VIOLATION, routine);
}

export function buffersDdk({ mem, io, ps }: Kernel): DdkBuffers {
  const { mdls } = io;
  return {
    ExRaiseStatus: (status) => {
      throw new NtException(status >>> 0, "ExRaiseStatus");
    },
    ExRaiseAccessViolation: () => {
      throw new NtException(STATUS_ACCESS_VIOLATION, "ExRaiseAccessViolation");
    },
    ExRaiseDatatypeMisalignment: () => {
      throw new NtException(STATUS_DATATYPE_MISALIGNMENT, "ExRaiseDatatypeMisalignment");
    },
    GetExceptionCode: exceptionCodeOf,
    ProbeForRead: (address, length, alignment) => probe(address, length, alignment, "ProbeForRead"),
    ProbeForWrite: (address, length, alignment) => {
      probe(address, length, alignment, "ProbeForWrite");
      if (mem.pages.allows(address, length, "write")) return;
      throw new NtException(STATUS_ACCESS_VIOLATION, "ProbeForWrite");
    },
    MmIsAddressValid: (address) => isCanonicalAddress(address) && mem.pages.allows(address, 1, "read"),
    IoAllocateMdl: (address, length, secondary, _quota, irp) => {
      if (!(length >= 0 && length <= MOST_BYTES)) return 0;
      const mdl = mdls.IoAllocateMdl(address, length);
      if (mdl === 0 || irp === 0) return mdl;
      let link = irp + IRP.offset.MdlAddress;
      for (let count = 0; secondary && count < MOST_MDLS && mem.readPointer(link) !== 0; count++) {
        link = mem.readPointer(link) + MDL.offset.Next;
      }
      mem.writePointer(link, mdl);
      return mdl;
    },
    IoFreeMdl: (mdl) => mdls.IoFreeMdl(mdl),
    MmProbeAndLockPages: (mdl, mode, operation) => {
      const start = mdls.MmGetMdlVirtualAddress(mdl);
      const length = mdls.MmGetMdlByteCount(mdl);
      const isForbidden = mode === UserMode && (start < 0 || start + length > USER_PROBE_ADDRESS);
      const access = operation === IoReadAccess ? IoReadAccess : IoWriteAccess;
      const status = isForbidden
        ? STATUS_ACCESS_VIOLATION
        : mdls.MmProbeAndLockPages(mdl, ps.current.process.object, access);
      if (status !== 0) throw new NtException(status, "MmProbeAndLockPages");
    },
    MmUnlockPages: (mdl) => mdls.MmUnlockPages(mdl),
    MmBuildMdlForNonPagedPool: (mdl) => mdls.MmBuildMdlForNonPagedPool(mdl),
    MmMapLockedPagesSpecifyCache: (mdl, mode) => (mode === UserMode ? 0 : mdls.MmGetSystemAddressForMdlSafe(mdl)),
    MmGetMdlVirtualAddress: (mdl) => mdls.MmGetMdlVirtualAddress(mdl),
  };
}
