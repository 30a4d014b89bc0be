/** Symbolic link objects: OBJECT_SYMBOLIC_LINK, whose target replaces the link's name in a path. */
import type { Address } from "../../../native-bindings/abi/address";
import { PagedPool } from "../../../native-bindings/abi/poolTypes";
import { OBJECT_SYMBOLIC_LINK } from "../../../native-bindings/abi/structures/objectManager";
import type { Pool } from "../ex/pool";
import type { KernelMemory } from "../mem/kernelMemory";
import { setUnicodeString } from "../mem/unicodeString";
import { equalsUtf16 } from "../mem/utf16";

const { CreationTime, LinkTarget } = OBJECT_SYMBOLIC_LINK.offset;
const LINK_TARGET_LENGTH = OBJECT_SYMBOLIC_LINK.offset["LinkTarget.Length"];
const LINK_TARGET_BUFFER = OBJECT_SYMBOLIC_LINK.offset["LinkTarget.Buffer"];
const LINK_TAG = "Symt";

/**
 * Fills the zeroed body of a new link. The text is not checked: NT accepts any.
 * @param creationTime 100 ns since 1601
 * @returns false when there is no pool for the target
 */
export function initializeLink(
  memory: KernelMemory,
  pool: Pool,
  link: Address,
  target: string,
  creationTime: bigint,
): boolean {
  const bytes = target.length * 2;
  const buffer = pool.ExAllocatePoolWithTag(PagedPool, bytes + 2, LINK_TAG);
  if (buffer === 0) return false;
  memory.writeUtf16(buffer, target);
  memory.writeU16(buffer + bytes, 0);
  memory.writeU64(link + CreationTime, creationTime);
  // A target of 32767 code units leaves no room for the NUL in a USHORT.
  setUnicodeString(memory, link + LinkTarget, buffer, bytes, Math.min(bytes + 2, 0xfffe));
  return true;
}

export function linkTarget(memory: KernelMemory, link: Address): string {
  return memory.readUnicodeString(link + LinkTarget);
}

const RECENT_TARGETS = 64;

/**
 * Targets as the look-up reads them: the strings made last are kept and given out again while memory says the same,
 * since comparing text is much quicker than making a string of it.
 */
export class LinkTargets {
  readonly #recent: string[] = new Array(RECENT_TARGETS).fill("");

  constructor(readonly memory: KernelMemory) {}

  read(link: Address): string {
    const { memory } = this;
    const slot = (link >>> 4) & (RECENT_TARGETS - 1);
    const known = this.#recent[slot] as string;
    const units = memory.readU16(link + LINK_TARGET_LENGTH) >>> 1;
    const buffer = memory.readPointer(link + LINK_TARGET_BUFFER);
    const isAligned = (buffer & 1) === 0;
    if (isAligned && known.length === units && equalsUtf16(memory, buffer, known, 0, units, undefined)) return known;
    const target = memory.readUtf16(buffer, units * 2);
    this.#recent[slot] = target;
    return target;
  }
}

/** Of the target, in bytes: Length and MaximumLength. */
export function linkTargetSizes(memory: KernelMemory, link: Address): { length: number; maximumLength: number } {
  return {
    length: memory.readU16(link + LINK_TARGET_LENGTH),
    maximumLength: memory.readU16(link + LINK_TARGET_LENGTH + 2),
  };
}

/** 100 ns since 1601. */
export function linkCreationTime(memory: KernelMemory, link: Address): bigint {
  return memory.readU64(link + CreationTime);
}

/** The delete procedure of the type. */
export function deleteLink(memory: KernelMemory, pool: Pool, link: Address): void {
  const buffer = memory.readPointer(link + LINK_TARGET_BUFFER);
  if (buffer !== 0) pool.ExFreePoolWithTag(buffer, LINK_TAG);
}
