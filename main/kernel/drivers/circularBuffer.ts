/** The circular buffer of "Contexts and Pools": it never blocks, and what does not fit is ignored. */
import type { Address } from "../../../native-bindings/abi/address";
import type { ByteMemory } from "../../../native-bindings/abi/byteMemory";
import { structure } from "../../../native-bindings/abi/structure";

/** Not configurable, as in the article. */
const CIRCLE_BYTES = 4096;

const CIRCULAR_BUFFER = structure("CIRCULAR_BUFFER", 0x1008, {
  Start: [0x0, "u32", "index of the oldest byte"],
  Used: [0x4, "u32", "bytes in it"],
  Bytes: [0x8, "u8", "4096 bytes"],
});
const { Start: START, Used: USED, Bytes: BYTES } = CIRCULAR_BUFFER.offset;

/** @returns how many bytes were put */
export function putInCircle(memory: ByteMemory, circle: Address, from: Address, length: number): number {
  const start = memory.readU32(circle + START);
  const used = memory.readU32(circle + USED);
  const size = Math.min(length, CIRCLE_BYTES - used);
  for (let at = 0; at < size; at += 1) {
    memory.writeU8(circle + BYTES + ((start + used + at) % CIRCLE_BYTES), memory.readU8(from + at));
  }
  memory.writeU32(circle + USED, used + size);
  return size;
}

/** @returns how many bytes were taken */
export function takeFromCircle(memory: ByteMemory, circle: Address, to: Address, length: number): number {
  const start = memory.readU32(circle + START);
  const used = memory.readU32(circle + USED);
  const size = Math.min(length, used);
  for (let at = 0; at < size; at += 1) {
    memory.writeU8(to + at, memory.readU8(circle + BYTES + ((start + at) % CIRCLE_BYTES)));
  }
  memory.writeU32(circle + START, (start + size) % CIRCLE_BYTES);
  memory.writeU32(circle + USED, used - size);
  return size;
}
