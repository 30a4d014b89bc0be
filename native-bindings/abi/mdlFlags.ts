/**
 * MDL.MdlFlags (wdm.h).
 */
import { flagTable } from "./flags";

export const mdlFlags = flagTable({
  MDL_MAPPED_TO_SYSTEM_VA: [0x1, "MappedSystemVa is valid"],
  MDL_PAGES_LOCKED: [0x2, "The pages are locked in memory"],
  MDL_SOURCE_IS_NONPAGED_POOL: [0x4, "Describes non-paged pool, which needs no mapping"],
  MDL_ALLOCATED_FIXED_SIZE: [0x8, "Came from a lookaside list"],
  MDL_PARTIAL: [0x10, "Describes a part of another MDL"],
  MDL_PARTIAL_HAS_BEEN_MAPPED: [0x20, "That part has its own mapping"],
  MDL_IO_PAGE_READ: [0x40, "For reading pages in"],
  MDL_WRITE_OPERATION: [0x80, "The pages were locked for writing into them"],
  MDL_LOCKED_PAGE_TABLES: [0x100, "The page tables are locked too (MDL_PARENT_MAPPED_SYSTEM_VA in older headers)"],
  MDL_FREE_EXTRA_PTES: [0x200, "The mapping used more page table entries than needed"],
  MDL_DESCRIBES_AWE: [0x400, "Describes AWE memory"],
  MDL_IO_SPACE: [0x800, "Describes device memory"],
  MDL_NETWORK_HEADER: [0x1000, "A network header"],
  MDL_MAPPING_CAN_FAIL: [0x2000, "Mapping may answer NULL instead of stopping the system"],
  MDL_PAGE_CONTENTS_INVARIANT: [0x4000, "The contents won't change"],
  MDL_INTERNAL: [0x8000, "Made by the memory manager"],
});
export const {
  MDL_MAPPED_TO_SYSTEM_VA,
  MDL_PAGES_LOCKED,
  MDL_SOURCE_IS_NONPAGED_POOL,
  MDL_ALLOCATED_FIXED_SIZE,
  MDL_PARTIAL,
  MDL_PARTIAL_HAS_BEEN_MAPPED,
  MDL_IO_PAGE_READ,
  MDL_WRITE_OPERATION,
  MDL_LOCKED_PAGE_TABLES,
  MDL_FREE_EXTRA_PTES,
  MDL_DESCRIBES_AWE,
  MDL_IO_SPACE,
  MDL_NETWORK_HEADER,
  MDL_MAPPING_CAN_FAIL,
  MDL_PAGE_CONTENTS_INVARIANT,
  MDL_INTERNAL,
} = mdlFlags.bit;
