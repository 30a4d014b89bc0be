/**
 * What ETW could not keep. It says so twice: events of class RT_LostEvent {6A399AE0-4BC6-4DE9-870B-3657F8947E7E} in the
 * stream, and counters in EVENT_TRACE_PROPERTIES when the session is queried (evntrace.h, x64).
 */

export const RT_LostEvent = "6a399ae0-4bc6-4de9-870b-3657f8947e7e";

/** `event`: single events found no buffer. `buffer`: a whole buffer of events was overwritten before it was read. */
export type LostKind = "event" | "buffer";

/** @param providerId lower case, without braces */
export function lostKind(providerId: string, opcode: number): LostKind | undefined {
  if (providerId !== RT_LostEvent) return undefined;
  if (opcode === 32) return "event";
  return opcode === 33 ? "buffer" : undefined;
}

export interface LostCounters {
  readonly events: number;
  readonly logBuffers: number;
  readonly realTimeBuffers: number;
}

/** EVENT_TRACE_PROPERTIES without the names behind it. */
export const EVENT_TRACE_PROPERTIES_SIZE = 120;

/** @returns undefined when there are fewer than 120 bytes */
export function readLostCounters(properties: Uint8Array): LostCounters | undefined {
  if (properties.length < EVENT_TRACE_PROPERTIES_SIZE) return undefined;
  const view = new DataView(properties.buffer, properties.byteOffset, properties.byteLength);
  return {
    events: view.getUint32(88, true),
    logBuffers: view.getUint32(96, true),
    realTimeBuffers: view.getUint32(100, true),
  };
}

/** What was lost between two queries. The counters are 32 bits wide and wrap. */
export function lostSince(before: LostCounters, now: LostCounters): LostCounters {
  return {
    events: (now.events - before.events) >>> 0,
    logBuffers: (now.logBuffers - before.logBuffers) >>> 0,
    realTimeBuffers: (now.realTimeBuffers - before.realTimeBuffers) >>> 0,
  };
}

/** @returns the loss as a line of the log, or undefined when nothing was lost */
export function lossSentence(lost: LostCounters): string | undefined {
  const buffers = lost.logBuffers + lost.realTimeBuffers;
  const parts = [
    ...(lost.events > 0 ? [`${lost.events} debug ${lost.events === 1 ? "print" : "prints"}`] : []),
    ...(buffers > 0 ? [`${buffers} whole ${buffers === 1 ? "buffer" : "buffers"} of debug prints`] : []),
  ];
  return parts.length === 0 ? undefined : `Windows lost ${parts.join(" and ")}: the trace session was too slow.`;
}
