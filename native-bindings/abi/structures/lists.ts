/** Linked lists of the kernel (ntdef.h). */
import { structure } from "../structure";

export const LIST_ENTRY = structure("LIST_ENTRY", 0x10, {
  Flink: [0x0, "pointer", "next entry; of an empty list's head, the head itself"],
  Blink: [0x8, "pointer", "previous entry"],
});

export const SINGLE_LIST_ENTRY = structure("SINGLE_LIST_ENTRY", 0x8, {
  Next: [0x0, "pointer", "next entry, or NULL"],
});

export const SLIST_HEADER = structure("SLIST_HEADER", 0x10, {
  Alignment: [0x0, "u64", "depth in the low 16 bits, sequence number above"],
  Region: [0x8, "u64", "first entry, 16-byte aligned, with type bits in the low 4"],
});

export const SLIST_ENTRY = structure("SLIST_ENTRY", 0x10, {
  Next: [0x0, "pointer", "next entry, or NULL"],
});
