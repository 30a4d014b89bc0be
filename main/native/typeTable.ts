/**
 * What can be asked of an object of each type by its name: the opener, the least access, and the questions
 * (reference: the native calls' own documentation and phnt). Types that are not here are named by the reason why.
 * Queries can hang: the query thread makes them.
 */
import { READ_CONTROL } from "../../native-bindings/abi/access";
import {
  DIRECTORY_QUERY,
  EVENT_QUERY_STATE,
  IO_COMPLETION_QUERY_STATE,
  JOB_OBJECT_QUERY,
  KEY_QUERY_VALUE,
  MUTANT_QUERY_STATE,
  SECTION_QUERY,
  SEMAPHORE_QUERY_STATE,
  SYMBOLIC_LINK_QUERY,
  TIMER_QUERY_STATE,
} from "../../native-bindings/abi/objectRights";
import { imageMachines, imageSubsystems, SEC_IMAGE, sectionFlags } from "../../native-bindings/abi/sectionFlags";
import type { StructureLayout } from "../../native-bindings/abi/structure";
import {
  EVENT_BASIC_INFORMATION,
  eventTypes,
  IO_COMPLETION_BASIC_INFORMATION,
  JOBOBJECT_BASIC_ACCOUNTING_INFORMATION,
  KEY_FULL_INFORMATION,
  MUTANT_BASIC_INFORMATION,
  SECTION_BASIC_INFORMATION,
  SECTION_IMAGE_INFORMATION,
  SEMAPHORE_BASIC_INFORMATION,
  TIMER_BASIC_INFORMATION,
} from "../../native-bindings/abi/structures/nativeQueries";
import type { NativeFunction } from "../../native-bindings/koffi/library";
import * as nt from "../../native-bindings/koffi/ntdll";
import type { NamedField } from "../machine/fieldValue";
import { boolean, bytes, codeValue, count, field, flagsValue, text, timeValue } from "../machine/fieldValues";

export interface NativeQuery {
  readonly call: NativeFunction;
  /** Information class of the query. */
  readonly class: number;
  readonly layout: StructureLayout;
  /** Bytes the answer may need beyond the layout. */
  readonly slack?: number;
  /** Left out: always. Asks of the first query's answer whether this one can be answered. */
  applies?(first: Buffer): boolean;
  fields(answer: Buffer): NamedField[];
}

export interface NativeType {
  /** What such an object is, in a sentence. */
  readonly help: string;
  readonly open: NativeFunction;
  /** The least that the queries take; READ_CONTROL where there are none. */
  readonly access: number;
  readonly queries: readonly NativeQuery[];
}

/** A key's class name follows the structure. */
const classNameSlack = 1024;

export const nativeTypes: Readonly<Record<string, NativeType>> = {
  Directory: {
    help: "Holds named objects.",
    open: nt.NtOpenDirectoryObject,
    access: DIRECTORY_QUERY,
    queries: [],
  },
  SymbolicLink: {
    help: "Stands for another name.",
    open: nt.NtOpenSymbolicLinkObject,
    access: SYMBOLIC_LINK_QUERY,
    queries: [],
  },
  KeyedEvent: {
    help: "Pairs threads that wait with threads that wake them; it has no state of its own.",
    open: nt.NtOpenKeyedEvent,
    access: READ_CONTROL,
    queries: [],
  },
  Event: {
    help: "Threads wait for it until another sets it.",
    open: nt.NtOpenEvent,
    access: EVENT_QUERY_STATE,
    queries: [
      {
        call: nt.NtQueryEvent,
        class: 0,
        layout: EVENT_BASIC_INFORMATION,
        fields: (answer) => [
          field("kind", "Kind", codeValue(eventTypes, answer.readUInt32LE(0))),
          field("signalled", "Signalled", boolean(answer.readInt32LE(4) !== 0)),
        ],
      },
    ],
  },
  Mutant: {
    help: "A mutex: one thread at a time owns it.",
    open: nt.NtOpenMutant,
    access: MUTANT_QUERY_STATE,
    queries: [
      {
        call: nt.NtQueryMutant,
        class: 0,
        layout: MUTANT_BASIC_INFORMATION,
        fields: (answer) => [
          field("count", "Count", count(answer.readInt32LE(0)), "1 when it is free, less by one for each acquisition."),
          field("abandoned", "Abandoned", boolean(answer.readUInt8(5) !== 0), "Its owner ended without releasing it."),
        ],
      },
    ],
  },
  Semaphore: {
    help: "So many threads at a time get past it.",
    open: nt.NtOpenSemaphore,
    access: SEMAPHORE_QUERY_STATE,
    queries: [
      {
        call: nt.NtQuerySemaphore,
        class: 0,
        layout: SEMAPHORE_BASIC_INFORMATION,
        fields: (answer) => [
          field("count", "Count", count(answer.readInt32LE(0))),
          field("limit", "Limit", count(answer.readInt32LE(4))),
        ],
      },
    ],
  },
  Timer: {
    help: "Is signalled when its time has come.",
    open: nt.NtOpenTimer,
    access: TIMER_QUERY_STATE,
    queries: [
      {
        call: nt.NtQueryTimer,
        class: 0,
        layout: TIMER_BASIC_INFORMATION,
        fields: (answer) => [
          field("remaining", "Remaining", text(`${Number(answer.readBigInt64LE(0)) / 10_000} ms`), "Until it is due."),
          field("signalled", "Signalled", boolean(answer.readUInt8(8) !== 0)),
        ],
      },
    ],
  },
  Section: {
    help: "Memory that processes share, or a file as memory.",
    open: nt.NtOpenSection,
    access: SECTION_QUERY,
    queries: [
      {
        call: nt.NtQuerySection,
        class: 0,
        layout: SECTION_BASIC_INFORMATION,
        fields: (answer) => [
          field("size", "Size", bytes(Number(answer.readBigInt64LE(0x10)))),
          field("allocation", "Attributes", flagsValue(sectionFlags, answer.readUInt32LE(8))),
        ],
      },
      {
        call: nt.NtQuerySection,
        class: 1,
        layout: SECTION_IMAGE_INFORMATION,
        applies: (first) => (first.readUInt32LE(8) & SEC_IMAGE) !== 0,
        fields: imageFields,
      },
    ],
  },
  Job: {
    help: "Processes that are limited and ended together.",
    open: nt.NtOpenJobObject,
    access: JOB_OBJECT_QUERY,
    queries: [
      {
        call: nt.NtQueryInformationJobObject,
        class: 1,
        layout: JOBOBJECT_BASIC_ACCOUNTING_INFORMATION,
        fields: (answer) => [
          field("active", "Processes now", count(answer.readUInt32LE(0x28))),
          field("total", "Processes ever", count(answer.readUInt32LE(0x24))),
          field("terminated", "Ended by a limit", count(answer.readUInt32LE(0x2c))),
        ],
      },
    ],
  },
  IoCompletion: {
    help: "A queue of finished requests that threads wait at.",
    open: nt.NtOpenIoCompletion,
    access: IO_COMPLETION_QUERY_STATE,
    queries: [
      {
        call: nt.NtQueryIoCompletion,
        class: 0,
        layout: IO_COMPLETION_BASIC_INFORMATION,
        fields: (answer) => [field("depth", "Packets that wait", count(answer.readInt32LE(0)))],
      },
    ],
  },
  Key: {
    help: "A key of the registry.",
    open: nt.NtOpenKey,
    access: KEY_QUERY_VALUE,
    queries: [
      {
        call: nt.NtQueryKey,
        class: 2,
        layout: KEY_FULL_INFORMATION,
        slack: classNameSlack,
        fields: (answer) => [
          field("subkeys", "Subkeys", count(answer.readUInt32LE(0x14))),
          field("values", "Values", count(answer.readUInt32LE(0x20))),
          field("written", "Last written", timeValue(answer.readBigInt64LE(0))),
        ],
      },
    ],
  },
};

function imageFields(answer: Buffer): NamedField[] {
  const { offset } = SECTION_IMAGE_INFORMATION;
  const version = [offset.SubSystemMajorVersion, offset.SubSystemMinorVersion].map((at) => answer.readUInt16LE(at));
  return [
    field("machine", "Machine", codeValue(imageMachines, answer.readUInt16LE(offset.Machine))),
    field("subsystem", "Subsystem", codeValue(imageSubsystems, answer.readUInt32LE(offset.SubSystemType))),
    field("subsystemVersion", "Subsystem version", text(version.join("."))),
    field("fileSize", "Image file", bytes(answer.readUInt32LE(offset.ImageFileSize))),
    field("stackReserve", "Stack reserved", bytes(Number(answer.readBigUInt64LE(offset.MaximumStackSize)))),
    field("stackCommit", "Stack committed", bytes(Number(answer.readBigUInt64LE(offset.CommittedStackSize)))),
  ];
}

/** Why a type's objects cannot be asked by name from user mode. */
export const unopenable: Readonly<Record<string, string>> = {
  Driver: "User mode has no call that opens a driver object. Its service has the rest.",
  Type: "User mode has no call that opens an object type.",
  Callback: "User mode has no call that opens a callback object.",
  "ALPC Port": "A port can only be connected to, which its server would notice.",
  FilterConnectionPort: "A port can only be connected to, which its filter would notice.",
  Device: "A device can only be opened as a file, which sends IRP_MJ_CREATE to its driver: ask for it with Open.",
};
