/**
 * What waits to be told to a client that is slow to listen: changes of the same kind become one, so that the list
 * stays short however long it takes.
 */
import type { MachineChange } from "../machine/machine";

/** Directories named one by one; with more the page had better read everything again. */
const NAMED_DIRECTORIES = 1000;
/** Reports kept; all of them are in the log. */
const WAITING_REPORTS = 100;

export function mergeMachineEvents(waiting: readonly MachineChange[], event: MachineChange): MachineChange[] {
  if (event.kind === "report") {
    const reports = waiting.filter((each) => each.kind === "report");
    const [oldest] = reports;
    const kept = reports.length < WAITING_REPORTS ? waiting : waiting.filter((each) => each !== oldest);
    return [...kept, event];
  }
  const others = waiting.filter((each) => each.kind !== event.kind);
  if (event.kind !== "namespaceChanged") return [...others, event];
  const before = waiting.find((each) => each.kind === "namespaceChanged");
  const directories = new Set([...(before?.directories ?? []), ...event.directories]);
  const named = directories.size <= NAMED_DIRECTORIES ? [...directories] : ["\\"];
  return [...others, { kind: "namespaceChanged", directories: named }];
}
