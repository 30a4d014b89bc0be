/** The create and open calls of all kinds of objects that user mode names, for tests that hold for each. */
import type { HandleResult } from "./handles";
import type { ObjectAttributes } from "./objectAttributes";
import type { TestKernel } from "./testKernel";

const ALL = 0x1000_0000;

type Attributes = ObjectAttributes | undefined;

/** Every kind of object that user mode creates and opens by name. */
export function kinds({
  nt,
}: TestKernel): Record<string, { create(a: Attributes): HandleResult; open(a: Attributes): HandleResult }> {
  return {
    Mutant: { create: (a) => nt.mutants.NtCreateMutant(ALL, a, false), open: (a) => nt.open(nt.mutants.type, ALL, a) },
    Semaphore: {
      create: (a) => nt.semaphores.NtCreateSemaphore(ALL, a, 1, 2),
      open: (a) => nt.open(nt.semaphores.type, ALL, a),
    },
    Event: { create: (a) => nt.events.NtCreateEvent(ALL, a, 1, false), open: (a) => nt.open(nt.events.type, ALL, a) },
    KeyedEvent: { create: (a) => nt.NtCreateKeyedEvent(ALL, a), open: (a) => nt.open(nt.keyedEventType, ALL, a) },
    Timer: { create: (a) => nt.timers.NtCreateTimer(ALL, a, 0), open: (a) => nt.open(nt.timers.type, ALL, a) },
    Job: { create: (a) => nt.NtCreateJobObject(ALL, a), open: (a) => nt.open(nt.jobType, ALL, a) },
    Directory: { create: (a) => nt.NtCreateDirectoryObject(ALL, a), open: (a) => nt.NtOpenDirectoryObject(ALL, a) },
    SymbolicLink: {
      create: (a) => nt.NtCreateSymbolicLinkObject(ALL, a, "\\DosDevices"),
      open: (a) => nt.NtOpenSymbolicLinkObject(ALL, a),
    },
    Section: {
      create: (a) => nt.sections.NtCreateSection(ALL, a, 4096),
      open: (a) => nt.open(nt.sections.type, ALL, a),
    },
    DebugObject: {
      create: (a) => nt.NtCreateDebugObject(ALL, a),
      open: (a) => nt.open(nt.debugObjectType, ALL, a),
    },
  };
}
