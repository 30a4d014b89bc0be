/** Structures of the run-time library that drivers keep in their own memory: bitmaps, AVL trees, times (wdm.h, ntddk.h). */
import { structure } from "../structure";

export const RTL_BITMAP = structure("RTL_BITMAP", 0x10, {
  SizeOfBitMap: [0x0, "u32", "bits"],
  Buffer: [0x8, "pointer", "ULONGs"],
});

export const RTL_BALANCED_LINKS = structure("RTL_BALANCED_LINKS", 0x20, {
  Parent: [0x0, "pointer", "node above; of the root, the table"],
  LeftChild: [0x8, "pointer", "smaller elements, or NULL"],
  RightChild: [0x10, "pointer", "greater elements, or NULL"],
  Balance: [0x18, "i8", "height of the right subtree less that of the left: -1, 0 or 1"],
  Reserved: [0x19, ["u8", 3], "unused"],
});

export const RTL_AVL_TABLE = structure("RTL_AVL_TABLE", 0x68, {
  BalancedRoot: [0x0, RTL_BALANCED_LINKS, "its right child is the root of the tree"],
  OrderedPointer: [0x20, "pointer", "node that was asked for by number last, or NULL"],
  WhichOrderedElement: [0x28, "u32", "its number, from 1"],
  NumberGenericTableElements: [0x2c, "u32", "elements"],
  DepthOfTree: [0x30, "u32", "levels"],
  RestartKey: [0x38, "pointer", "node that was enumerated last, or NULL"],
  DeleteCount: [0x40, "u32", "deletions, for enumerations"],
  CompareRoutine: [0x48, "pointer", "0 less, 1 greater, 2 equal"],
  AllocateRoutine: [0x50, "pointer", "makes room for an element and its links"],
  FreeRoutine: [0x58, "pointer", "frees it"],
  TableContext: [0x60, "pointer", "the driver's own"],
});

export const TIME_FIELDS = structure("TIME_FIELDS", 0x10, {
  Year: [0x0, "i16", "1601 to 30827"],
  Month: [0x2, "i16", "1 to 12"],
  Day: [0x4, "i16", "1 to 31"],
  Hour: [0x6, "i16", "0 to 23"],
  Minute: [0x8, "i16", "0 to 59"],
  Second: [0xa, "i16", "0 to 59"],
  Milliseconds: [0xc, "i16", "0 to 999"],
  Weekday: [0xe, "i16", "0 Sunday to 6"],
});

export const RTL_QUERY_REGISTRY_TABLE = structure("RTL_QUERY_REGISTRY_TABLE", 0x38, {
  QueryRoutine: [0x0, "pointer", "called with each value, or NULL"],
  Flags: [0x8, "u32", "RTL_QUERY_REGISTRY_ flags"],
  Name: [0x10, "pointer", "name of the value or subkey, with its NUL, or NULL"],
  EntryContext: [0x18, "pointer", "for the routine, or where the value goes"],
  DefaultType: [0x20, "u32", "type of the value when there is none, in the high byte the one that is wanted"],
  DefaultData: [0x28, "pointer", "the value when there is none"],
  DefaultLength: [0x30, "u32", "bytes of it"],
});
