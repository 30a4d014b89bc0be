/**
 * What a client says to Sysinternals DebugView's remote agent: little-endian u32 words, which are the control codes of
 * DebugView's own driver. Source: DebugView++'s client and driver header (CobaltFusion/DebugViewPP); the agent's
 * makers have published nothing. The connection is neither encrypted nor authenticated.
 */

export const AGENT_PORT = 2020;

const BASE = 0x8305_0000;
const QUERY_FREQUENCY = BASE + 0x28;
/** Its meaning is not known; it is the first word that known clients send, and it is answered. */
const GREETING = BASE + 0x24;

/** Bytes that the agent answers to `agentGreeting` before its records: one u32 for each of the two questions. */
export const AGENT_ANSWER_SIZE = 8;

export interface AgentCapture {
  readonly kernel: boolean;
  readonly win32: boolean;
}

/** All that has to be sent, at once. */
export function agentGreeting(capture: AgentCapture): Uint8Array {
  const kernel = BASE + (capture.kernel ? 0x00 : 0x04);
  const win32 = BASE + (capture.win32 ? 0x18 : 0x1c);
  const words = [GREETING, kernel, QUERY_FREQUENCY, win32];
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of words.entries()) view.setUint32(index * 4, word, true);
  return bytes;
}
