/** What a call step says besides its site, in 32 bits: stack location, functions, and how the IRP came there. */

/** What the driver above did before it called, as the stack locations show it. */
export const Passage = {
  /** Nobody above: the I/O manager sent it, or the driver that made it. */
  none: 0,
  skipped: 1,
  passed: 2,
  passedWithCompletionRoutine: 3,
} as const;

const MAJOR_SHIFT = 8;
const MINOR_SHIFT = 16;
const PASSAGE_SHIFT = 24;

export interface Call {
  readonly location: number;
  readonly major: number;
  readonly minor: number;
  readonly passage: number;
}

export function callWord(location: number, major: number, minor: number, passage: number): number {
  return (location | (major << MAJOR_SHIFT) | (minor << MINOR_SHIFT) | (passage << PASSAGE_SHIFT)) >>> 0;
}

export function readCallWord(word: number): Call {
  return {
    location: word & 0xff,
    major: (word >>> MAJOR_SHIFT) & 0xff,
    minor: (word >>> MINOR_SHIFT) & 0xff,
    passage: word >>> PASSAGE_SHIFT,
  };
}
