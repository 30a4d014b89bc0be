/** Builds the columns of a `log.rows` answer for tests. */
import type { LogRows } from "../../../preload/shared";

export function testRows(from: number, texts: readonly string[]): LogRows {
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  const offsets = [0];
  for (const bytes of encoded) {
    offsets.push((offsets.at(-1) ?? 0) + bytes.length);
  }
  const text = new Uint8Array(offsets.at(-1) ?? 0);
  for (const [index, bytes] of encoded.entries()) {
    text.set(bytes, offsets[index] ?? 0);
  }
  const count = texts.length;
  return {
    view: 1,
    from,
    count,
    sequence: Float64Array.from(texts, (_, index) => from + index + 1),
    time: Float64Array.from(texts, (_, index) => 1_000_000 + (from + index) * 250),
    source: new Uint8Array(count),
    kind: new Uint8Array(count),
    component: new Int32Array(count).fill(101),
    level: new Int32Array(count).fill(3),
    processId: new Int32Array(count).fill(4),
    threadId: new Int32Array(count).fill(8),
    process: new Uint32Array(count),
    processes: ["System"],
    irp: new Uint32Array(count),
    textOffset: Uint32Array.from(offsets),
    text,
    colour: new Int8Array(count).fill(-1),
    marked: new Uint8Array(count),
  };
}
