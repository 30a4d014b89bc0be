/**
 * IO_STACK_LOCATION.Control and IO_STACK_LOCATION.Flags (wdm.h, ntifs.h). Flags mean something else for each
 * major function, so there is a table for each.
 */
import { flagTable } from "./flags";

export const stackLocationControl = flagTable({
  SL_PENDING_RETURNED: [0x1, "The driver called IoMarkIrpPending here"],
  SL_ERROR_RETURNED: [0x2, "A lower driver ended the IRP with an error"],
  SL_INVOKE_ON_CANCEL: [0x20, "The completion routine runs when the IRP was cancelled"],
  SL_INVOKE_ON_SUCCESS: [0x40, "The completion routine runs on success"],
  SL_INVOKE_ON_ERROR: [0x80, "The completion routine runs on failure"],
});
export const { SL_PENDING_RETURNED, SL_ERROR_RETURNED, SL_INVOKE_ON_CANCEL, SL_INVOKE_ON_SUCCESS, SL_INVOKE_ON_ERROR } =
  stackLocationControl.bit;

export const createStackFlags = flagTable({
  SL_FORCE_ACCESS_CHECK: [0x1, "Access is checked although the caller is the kernel"],
  SL_OPEN_PAGING_FILE: [0x2, "A paging file is being opened"],
  SL_OPEN_TARGET_DIRECTORY: [0x4, "The parent directory is to be opened, for a rename"],
  SL_STOP_ON_SYMLINK: [0x8, "Stop at a symbolic link"],
  SL_CASE_SENSITIVE: [0x80, "Match the name with case"],
});
export const {
  SL_FORCE_ACCESS_CHECK,
  SL_OPEN_PAGING_FILE,
  SL_OPEN_TARGET_DIRECTORY,
  SL_STOP_ON_SYMLINK,
  SL_CASE_SENSITIVE,
} = createStackFlags.bit;

export const readWriteStackFlags = flagTable({
  SL_KEY_SPECIFIED: [0x1, "Parameters.Read.Key or Parameters.Write.Key holds a lock key"],
  SL_OVERRIDE_VERIFY_VOLUME: [0x2, "Goes on although the volume is to be verified"],
  SL_WRITE_THROUGH: [0x4, "The data must reach the medium"],
  SL_FT_SEQUENTIAL_WRITE: [0x8, "Written in sequence by a fault-tolerant volume"],
  SL_FORCE_DIRECT_WRITE: [0x10, "Raw writes to a mounted volume are allowed"],
  SL_REALTIME_STREAM: [0x20, "Part of a real-time stream"],
});
export const {
  SL_KEY_SPECIFIED,
  SL_OVERRIDE_VERIFY_VOLUME,
  SL_WRITE_THROUGH,
  SL_FT_SEQUENTIAL_WRITE,
  SL_FORCE_DIRECT_WRITE,
  SL_REALTIME_STREAM,
} = readWriteStackFlags.bit;

export const deviceControlStackFlags = flagTable({
  SL_READ_ACCESS_GRANTED: [0x1, "The handle has FILE_READ_DATA"],
  SL_WRITE_ACCESS_GRANTED: [0x4, "The handle has FILE_WRITE_DATA"],
});
export const { SL_READ_ACCESS_GRANTED, SL_WRITE_ACCESS_GRANTED } = deviceControlStackFlags.bit;

export const directoryStackFlags = flagTable({
  SL_RESTART_SCAN: [0x1, "List from the start again (SL_WATCH_TREE for a change notification)"],
  SL_RETURN_SINGLE_ENTRY: [0x2, "Return one entry"],
  SL_INDEX_SPECIFIED: [0x4, "Start at the given index"],
});
export const { SL_RESTART_SCAN, SL_RETURN_SINGLE_ENTRY, SL_INDEX_SPECIFIED } = directoryStackFlags.bit;

export const lockStackFlags = flagTable({
  SL_FAIL_IMMEDIATELY: [0x1, "Fail instead of waiting for the lock"],
  SL_EXCLUSIVE_LOCK: [0x2, "Nobody else may lock the range"],
});
export const { SL_FAIL_IMMEDIATELY, SL_EXCLUSIVE_LOCK } = lockStackFlags.bit;
