/**
 * DBWIN_BUFFER, the shared section through which OutputDebugString reaches a monitor: u32 process id, then ANSI text
 * with NUL. Source: "Understanding Win32 OutputDebugString" (unixwiz.net); ReactOS kernel32/client/debugger.c.
 */

export const DBWIN_BUFFER_SIZE = 4096;
const TEXT_OFFSET = 4;
/** Longest text of one block; a longer one is split by the writer. One byte stays for the NUL. */
export const DBWIN_TEXT_SIZE = DBWIN_BUFFER_SIZE - TEXT_OFFSET - 1;

export interface DbwinBlock {
  readonly processId: number;
  /** Up to the NUL, at most 4,091 bytes; a view into the block. */
  readonly text: Uint8Array;
}

/**
 * What lies after the NUL is left over from older messages, so the text ends there. A block without NUL was written
 * by somebody who does not keep to the protocol: its text is what fits.
 * @returns undefined when there is not even a process id
 */
export function readDbwinBlock(block: Uint8Array): DbwinBlock | undefined {
  if (block.length < TEXT_OFFSET) return undefined;
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const limit = Math.min(block.length, TEXT_OFFSET + DBWIN_TEXT_SIZE);
  const found = block.subarray(TEXT_OFFSET, limit).indexOf(0);
  const end = found < 0 ? limit : TEXT_OFFSET + found;
  return { processId: view.getUint32(0, true), text: block.subarray(TEXT_OFFSET, end) };
}
