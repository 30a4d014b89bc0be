/** How an I/O request ended (wdm.h). */
import { structure } from "../structure";

export const IO_STATUS_BLOCK = structure("IO_STATUS_BLOCK", 0x10, {
  Status: [0x0, "u32", "NTSTATUS"],
  Pointer: [0x0, "pointer", "reserved; makes Status eight bytes wide"],
  Information: [0x8, "pointer", "usually the number of bytes; depends on the request"],
});
