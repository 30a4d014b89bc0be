/** Counted strings, and the attributes with which objects are named (ntdef.h). */
import { objectAttributes } from "../objectAttributes";
import { structure } from "../structure";

export const UNICODE_STRING = structure("UNICODE_STRING", 0x10, {
  Length: [0x0, "u16", "bytes used, a terminating NUL not counted"],
  MaximumLength: [0x2, "u16", "bytes that Buffer has room for"],
  Buffer: [0x8, "pointer", "UTF-16 code units; need not end with NUL, may contain NULs"],
});

export const ANSI_STRING = structure("ANSI_STRING", 0x10, {
  Length: [0x0, "u16", "bytes used, a terminating NUL not counted"],
  MaximumLength: [0x2, "u16", "bytes that Buffer has room for"],
  Buffer: [0x8, "pointer", "characters of the ANSI code page"],
});

export const OBJECT_ATTRIBUTES = structure("OBJECT_ATTRIBUTES", 0x30, {
  Length: [0x0, "u32", "must be 0x30"],
  RootDirectory: [0x8, "pointer", "handle that ObjectName is relative to, or NULL"],
  ObjectName: [0x10, "pointer", "UNICODE_STRING of the name, or NULL"],
  Attributes: [0x18, "u32", "OBJ_ flags", objectAttributes],
  SecurityDescriptor: [0x20, "pointer", "for a new object, or NULL"],
  SecurityQualityOfService: [0x28, "pointer", "how a server may impersonate the opener"],
});
