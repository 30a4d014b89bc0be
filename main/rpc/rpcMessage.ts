/**
 * The messages on the wire, and how a received value is recognised as one. Anything else is refused without being
 * looked at further: what comes in may be anything at all.
 */
import type { Result } from "../machine/result";

export type ClientMessage =
  | { type: "call"; id: number; verb: string; params: unknown }
  /** The caller gave up; the call is still answered, with whatever came of it. */
  | { type: "cancel"; id: number }
  /** Events are sent only to those who listen. */
  | { type: "listen"; event: string; on: boolean }
  /** One event of this name was handled: the next may be sent. */
  | { type: "acknowledge"; event: string }
  | { type: "bye" };

export type ServerMessage =
  | { type: "answer"; id: number; result: Result<unknown> }
  | { type: "event"; event: string; value: unknown }
  | { type: "bye" };

/** Longest verb or event name that is looked at; a longer one is no name of ours. */
const NAME_LIMIT = 64;

/** Undefined for anything that is not a client's message. Never throws, whatever `value` is. */
export function parseClientMessage(value: unknown): ClientMessage | undefined {
  try {
    if (!isRecord(value)) return undefined;
    switch (value.type) {
      case "call":
        if (!isId(value.id) || typeof value.verb !== "string") return undefined;
        return { type: "call", id: value.id, verb: value.verb.slice(0, NAME_LIMIT), params: value.params };
      case "cancel":
        return isId(value.id) ? { type: "cancel", id: value.id } : undefined;
      case "listen":
        if (!isName(value.event) || typeof value.on !== "boolean") return undefined;
        return { type: "listen", event: value.event, on: value.on };
      case "acknowledge":
        return isName(value.event) ? { type: "acknowledge", event: value.event } : undefined;
      case "bye":
        return { type: "bye" };
      default:
        return undefined;
    }
  } catch {
    // A getter or a proxy threw: possible only where messages are not cloned. It is no message of ours.
    return undefined;
  }
}

/** The client trusts its engine's values, but not that a port carries nothing else. */
export function parseServerMessage(value: unknown): ServerMessage | undefined {
  if (!isRecord(value)) return undefined;
  switch (value.type) {
    case "answer":
      if (!isId(value.id) || !isRecord(value.result) || typeof value.result.ok !== "boolean") return undefined;
      return { type: "answer", id: value.id, result: value.result as unknown as Result<unknown> };
    case "event":
      return isName(value.event) ? { type: "event", event: value.event, value: value.value } : undefined;
    case "bye":
      return { type: "bye" };
    default:
      return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isId(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.length <= NAME_LIMIT;
}
