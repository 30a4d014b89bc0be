/** What a thread waits for, and who waits for whom, in words for people. */
import type { ThreadInfo, WaitGraph, WaitTarget } from "./threads";
import { visibleText } from "./visibleText";

/** "Mutant deadlock!DeviceExtension+0x38", with control characters made visible. */
export function targetText({ kind, name, address }: WaitTarget): string {
  // A request's name says already what it is.
  if (kind === "Irp" && name !== "") return visibleText(name);
  return `${kind} ${name === "" ? address : visibleText(name)}`;
}

/** "Mutant A or Event B"; what it waits for where that is no object. */
export function waitText({ waitsFor, waitReason, waitType, state }: ThreadInfo): string {
  if (waitsFor.length > 0) return waitsFor.map(targetText).join(waitType === "all" ? " and " : " or ");
  if (state !== "waiting") return "";
  return waitReason === "DelayExecution" ? "time to pass" : (waitReason ?? "");
}

/** "thread 48, \\Driver\\Example" */
export function holderText({ waitsFor }: ThreadInfo): string {
  const holders = waitsFor.flatMap(({ owners, keeper }) => [
    ...owners.map((id) => `thread ${id}`),
    ...(keeper === undefined ? [] : [visibleText(keeper)]),
  ]);
  return [...new Set(holders)].join(", ");
}

/** A sentence for each circle. */
export function deadlockTexts({ threads, deadlocks }: WaitGraph): string[] {
  const byId = new Map(threads.map((thread) => [thread.threadId, thread]));
  return deadlocks.map((circle) => {
    const links = circle.map((id, index) => {
      const next = circle[(index + 1) % circle.length] as number;
      const thread = byId.get(id);
      const held = thread?.waitsFor.find(({ owners }) => owners.includes(next));
      const what = held === undefined ? "something" : targetText(held);
      const who = thread === undefined ? "" : ` (${visibleText(thread.process)})`;
      return `thread ${id}${who} waits for ${what}, which ${next === id ? "it holds itself" : `thread ${next} holds`}`;
    });
    return `Deadlock: ${links.join("; ")}.`;
  });
}
