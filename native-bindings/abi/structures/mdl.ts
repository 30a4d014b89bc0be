/** MDL: describes a buffer by its physical pages (wdm.h). PFN numbers, 8 bytes each, follow the structure. */
import { mdlFlags } from "../mdlFlags";
import { structure } from "../structure";

export const MDL = structure("MDL", 0x30, {
  Next: [0x0, "pointer", "next MDL of a chain, or NULL"],
  Size: [0x8, "i16", "bytes, the page numbers included"],
  MdlFlags: [0xa, "u16", "state of the pages", mdlFlags],
  Process: [0x10, "pointer", "EPROCESS that the buffer belongs to, or NULL"],
  MappedSystemVa: [0x18, "pointer", "kernel address of the buffer, once mapped"],
  StartVa: [0x20, "pointer", "address of the buffer's first page"],
  ByteCount: [0x28, "u32", "bytes of the buffer"],
  ByteOffset: [0x2c, "u32", "where the buffer begins in its first page"],
});
