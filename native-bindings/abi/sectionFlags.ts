/** Allocation attributes of sections (winnt.h SEC_; those that only NtQuerySection shows: ntmmapi.h of phnt). */
import { flagTable, valueTable } from "./flags";

export const sectionFlags = flagTable({
  SEC_BASED: [0x200000, "mapped at the same address everywhere"],
  SEC_NO_CHANGE: [0x400000, "its pages' protection can't be changed"],
  SEC_FILE: [0x800000, "a file is behind it"],
  SEC_IMAGE: [0x1000000, "the file is an executable image, laid out as it runs"],
  SEC_PROTECTED_IMAGE: [0x2000000, "the image was checked for a protected process"],
  SEC_RESERVE: [0x4000000, "memory is only reserved"],
  SEC_COMMIT: [0x8000000, "memory is committed"],
  SEC_NOCACHE: [0x10000000, "not cached"],
  SEC_GLOBAL: [0x20000000, "shared by all sessions"],
  SEC_WRITECOMBINE: [0x40000000, "writes are combined"],
  SEC_LARGE_PAGES: [0x80000000, "large pages"],
});
export const { SEC_IMAGE } = sectionFlags.bit;

/** IMAGE_FILE_MACHINE_, those that Windows runs. */
export const imageMachines = valueTable({
  IMAGE_FILE_MACHINE_I386: [0x14c, "x86"],
  IMAGE_FILE_MACHINE_ARMNT: [0x1c4, "ARM, Thumb-2"],
  IMAGE_FILE_MACHINE_AMD64: [0x8664, "x64"],
  IMAGE_FILE_MACHINE_ARM64: [0xaa64, "ARM64"],
});

/** IMAGE_SUBSYSTEM_, those of NT. */
export const imageSubsystems = valueTable({
  IMAGE_SUBSYSTEM_UNKNOWN: [0, "none"],
  IMAGE_SUBSYSTEM_NATIVE: [1, "drivers and native programs"],
  IMAGE_SUBSYSTEM_WINDOWS_GUI: [2, "programs with windows"],
  IMAGE_SUBSYSTEM_WINDOWS_CUI: [3, "console programs"],
  IMAGE_SUBSYSTEM_EFI_APPLICATION: [10, "EFI applications"],
});
