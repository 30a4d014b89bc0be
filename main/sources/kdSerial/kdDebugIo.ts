/**
 * What a target prints and asks: the payload of a DEBUG_IO packet. u32 api, u16 processor level, u16 processor, then
 * for a print u32 length and the text; for a prompt u32 length of the prompt, u32 room for the answer and the prompt.
 * Source: DBGKD_DEBUG_IO in windbgkd.h. The text begins at 16; old stubs put a print's text at 12.
 */
import { DbgKdGetStringApi, DbgKdPrintStringApi } from "./kdProtocol";

const HEADER_SIZE = 16;
const OLD_HEADER_SIZE = 12;

export type KdDebugIo =
  | { readonly kind: "print"; readonly text: Uint8Array }
  /** `room`: bytes that the answer may have. */
  | { readonly kind: "prompt"; readonly text: Uint8Array; readonly room: number };

/** @returns undefined for anything else. A length beyond the payload's end means what is there. */
export function readDebugIo(payload: Uint8Array): KdDebugIo | undefined {
  if (payload.length < OLD_HEADER_SIZE) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const api = view.getUint32(0, true);
  const length = view.getUint32(8, true);
  if (api === DbgKdPrintStringApi) {
    const start = length === payload.length - OLD_HEADER_SIZE ? OLD_HEADER_SIZE : HEADER_SIZE;
    return { kind: "print", text: payload.subarray(start, start + length) };
  }
  if (api !== DbgKdGetStringApi || payload.length < HEADER_SIZE) return undefined;
  const text = payload.subarray(HEADER_SIZE, HEADER_SIZE + length);
  return { kind: "prompt", text, room: view.getUint32(12, true) };
}

/** The answer to a prompt, which the asking packet's header begins. */
export function promptAnswer(prompt: Uint8Array, answer: string, room: number): Uint8Array {
  const text = new TextEncoder().encode(answer).subarray(0, room);
  const bytes = new Uint8Array(HEADER_SIZE + text.length);
  bytes.set(prompt.subarray(0, HEADER_SIZE));
  new DataView(bytes.buffer).setUint32(12, text.length, true);
  bytes.set(text, HEADER_SIZE);
  return bytes;
}
