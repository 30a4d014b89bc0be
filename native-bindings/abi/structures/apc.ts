/** KAPC (wdm.h). */
import { processorModes } from "../irpFlags";
import { structure } from "../structure";
import { LIST_ENTRY } from "./lists";

export const KAPC = structure("KAPC", 0x58, {
  Type: [0x0, "u8", "ApcObject"],
  Size: [0x2, "u8", "0x58"],
  Thread: [0x8, "pointer", "KTHREAD it runs in"],
  ApcListEntry: [0x10, LIST_ENTRY, "in the thread's queue"],
  KernelRoutine: [0x20, "pointer", "runs first, at APC_LEVEL"],
  RundownRoutine: [0x28, "pointer", "runs instead when the thread ends"],
  NormalRoutine: [0x30, "pointer", "runs at PASSIVE_LEVEL or in user mode, or NULL"],
  NormalContext: [0x38, "pointer", "its first argument"],
  SystemArgument1: [0x40, "pointer", "its second argument"],
  SystemArgument2: [0x48, "pointer", "its third argument"],
  ApcStateIndex: [0x50, "i8", "process environment"],
  ApcMode: [0x51, "i8", "mode NormalRoutine runs in", processorModes],
  Inserted: [0x52, "u8", "1 while queued"],
});
