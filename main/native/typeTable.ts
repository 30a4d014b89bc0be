/**
 * What can be asked of an object of each type by its name: the opener, the least access, and the questions
 * (reference: the native calls' own documentation and phnt). Types that are not here are named by the reason why.
 */
import {
  EVENT_QUERY_STATE,
  IO_COMPLETION_QUERY_STATE,
  JOB_OBJECT_QUERY,
  KEY_QUERY_VALUE,
  MUTANT_QUERY_STATE,
  SECTION_QUERY,
  SEMAPHORE_QUERY_STATE,
  TIMER_QUERY_STATE,
} from "../../native-bindings/abi/objectRights";
import type { StructureLayout } from "../../native-bindings/abi/structure";
import {
  EVENT_BASIC_INFORMATION,
  eventTypes,
  IO_COMPLETION_BASIC_INFORMATION,
  JOBOBJECT_BASIC_ACCOUNTING_INFORMATION,
  KEY_FULL_INFORMATION,
  MUTANT_BASIC_INFORMATION,
  SECTION_BASIC_INFORMATION,
  SEMAPHORE_BASIC_INFORMATION,
  TIMER_BASIC_INFORMATION,
} from "../../native-bindings/abi/structures/nativeQueries";
import type { NativeFunction } from "../../native-bindings/koffi/library";
import * as nt from "../../native-bindings/koffi/ntdll";
import type { NamedField } from "../machine/fieldValue";
import { boolean, bytes, codeValue, count, field, text, timeValue } from "../machine/fieldValues";

export interface NativeType {
  readonly open: NativeFunction;
  readonly access: number;
  readonly query: NativeFunction;
  /** Information class of the query. */
  readonly class: number;
  readonly layout: StructureLayout;
  /** Bytes the answer may need beyond the layout. */
  readonly slack: number;
  fields(answer: Buffer): NamedField[];
}

const noSlack = 0;
/** A key's class name follows the structure. */
const classNameSlack = 1024;

export const nativeTypes: Readonly<Record<string, NativeType>> = {
  Event: {
    open: nt.NtOpenEvent,
    access: EVENT_QUERY_STATE,
    query: nt.NtQueryEvent,
    class: 0,
    layout: EVENT_BASIC_INFORMATION,
    slack: noSlack,
    fields: (answer) => [
      field("kind", "Kind", codeValue(eventTypes, answer.readUInt32LE(0))),
      field("signalled", "Signalled", boolean(answer.readInt32LE(4) !== 0)),
    ],
  },
  Mutant: {
    open: nt.NtOpenMutant,
    access: MUTANT_QUERY_STATE,
    query: nt.NtQueryMutant,
    class: 0,
    layout: MUTANT_BASIC_INFORMATION,
    slack: noSlack,
    fields: (answer) => [
      field("count", "Count", count(answer.readInt32LE(0)), "1 when it is free, less by one for each acquisition."),
      field("abandoned", "Abandoned", boolean(answer.readUInt8(5) !== 0), "Its owner ended without releasing it."),
    ],
  },
  Semaphore: {
    open: nt.NtOpenSemaphore,
    access: SEMAPHORE_QUERY_STATE,
    query: nt.NtQuerySemaphore,
    class: 0,
    layout: SEMAPHORE_BASIC_INFORMATION,
    slack: noSlack,
    fields: (answer) => [
      field("count", "Count", count(answer.readInt32LE(0))),
      field("limit", "Limit", count(answer.readInt32LE(4))),
    ],
  },
  Timer: {
    open: nt.NtOpenTimer,
    access: TIMER_QUERY_STATE,
    query: nt.NtQueryTimer,
    class: 0,
    layout: TIMER_BASIC_INFORMATION,
    slack: noSlack,
    fields: (answer) => [
      field("remaining", "Remaining", text(`${Number(answer.readBigInt64LE(0)) / 10_000} ms`), "Until it is due."),
      field("signalled", "Signalled", boolean(answer.readUInt8(8) !== 0)),
    ],
  },
  Section: {
    open: nt.NtOpenSection,
    access: SECTION_QUERY,
    query: nt.NtQuerySection,
    class: 0,
    layout: SECTION_BASIC_INFORMATION,
    slack: noSlack,
    fields: (answer) => [
      field("size", "Size", bytes(Number(answer.readBigInt64LE(0x10)))),
      field(
        "allocation",
        "SEC_ flags",
        text(`0x${answer.readUInt32LE(8).toString(16).toUpperCase().padStart(8, "0")}`),
      ),
    ],
  },
  Job: {
    open: nt.NtOpenJobObject,
    access: JOB_OBJECT_QUERY,
    query: nt.NtQueryInformationJobObject,
    class: 1,
    layout: JOBOBJECT_BASIC_ACCOUNTING_INFORMATION,
    slack: noSlack,
    fields: (answer) => [
      field("active", "Processes now", count(answer.readUInt32LE(0x28))),
      field("total", "Processes ever", count(answer.readUInt32LE(0x24))),
      field("terminated", "Ended by a limit", count(answer.readUInt32LE(0x2c))),
    ],
  },
  IoCompletion: {
    open: nt.NtOpenIoCompletion,
    access: IO_COMPLETION_QUERY_STATE,
    query: nt.NtQueryIoCompletion,
    class: 0,
    layout: IO_COMPLETION_BASIC_INFORMATION,
    slack: noSlack,
    fields: (answer) => [field("depth", "Packets that wait", count(answer.readInt32LE(0)))],
  },
  Key: {
    open: nt.NtOpenKey,
    access: KEY_QUERY_VALUE,
    query: nt.NtQueryKey,
    class: 2,
    layout: KEY_FULL_INFORMATION,
    slack: classNameSlack,
    fields: (answer) => [
      field("subkeys", "Subkeys", count(answer.readUInt32LE(0x14))),
      field("values", "Values", count(answer.readUInt32LE(0x20))),
      field("written", "Last written", timeValue(answer.readBigInt64LE(0))),
    ],
  },
};

/** Why a type's objects cannot be asked by name from user mode. */
export const unopenable: Readonly<Record<string, string>> = {
  Driver: "User mode has no call that opens a driver object. Its service has the rest.",
  Type: "User mode has no call that opens an object type.",
  Callback: "User mode has no call that opens a callback object.",
  "ALPC Port": "A port can only be connected to, which its server would notice.",
  FilterConnectionPort: "A port can only be connected to, which its filter would notice.",
  Device: "A device can only be opened as a file, which sends IRP_MJ_CREATE to its driver: ask for it with Open.",
};
