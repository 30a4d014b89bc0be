/**
 * Generic tables over AVL trees (RtlInitializeGenericTableAvl... of ntddk.h): nodes in the driver's memory, compared,
 * allocated and freed by its routines. The algorithm is Knuth's (The Art of Computer Programming, volume 3, 6.2.3).
 */
import type { Address } from "../../../native-bindings/abi/address";
import { RTL_AVL_TABLE, RTL_BALANCED_LINKS } from "../../../native-bindings/abi/structures/rtl";
import type { Ke } from "../ke/ke";
import type { KernelMemory } from "../mem/kernelMemory";

const { Parent: PARENT, LeftChild: LEFT, RightChild: RIGHT, Balance: BALANCE } = RTL_BALANCED_LINKS.offset;
const field = RTL_AVL_TABLE.offset;
/** TABLE_ENTRY_HEADER: the links, then the element. */
export const AVL_HEADER_SIZE = RTL_BALANCED_LINKS.size;

/** RTL_GENERIC_COMPARE_RESULTS */
const GenericLessThan = 0;
const GenericGreaterThan = 1;

/** Deeper than any AVL tree of 2^32 elements: the links lead in a circle. */
const DEEPEST = 48;
const KERNEL_SECURITY_CHECK_FAILURE = 0x139;
const FAST_FAIL_INVALID_BALANCED_TREE = 0x1d;

type Side = typeof LEFT | typeof RIGHT;
/** -1 left, 1 right: what Balance says. */
type Lean = -1 | 1;

interface Place {
  /** The node found, or the one below which a new one belongs; the table itself while that is empty. */
  readonly node: Address;
  readonly found: boolean;
  readonly side: Side;
}

export interface Inserted {
  /** 0 when the driver's routine had no memory. */
  readonly element: Address;
  readonly isNew: boolean;
}

export class AvlTable {
  constructor(
    private readonly memory: KernelMemory,
    private readonly ke: Ke,
    /** Of the RTL_AVL_TABLE. */
    private readonly table: Address,
  ) {}

  initialize(compare: Address, allocate: Address, free: Address, context: Address): void {
    const { memory, table } = this;
    memory.fill(table, RTL_AVL_TABLE.size, 0);
    memory.writePointer(table + PARENT, table);
    memory.writePointer(table + field.CompareRoutine, compare);
    memory.writePointer(table + field.AllocateRoutine, allocate);
    memory.writePointer(table + field.FreeRoutine, free);
    memory.writePointer(table + field.TableContext, context);
  }

  get count(): number {
    return this.memory.readU32(this.table + field.NumberGenericTableElements);
  }

  /** @returns the element, 0 when there is none */
  lookup(buffer: Address): Address {
    const { node, found } = this.#search(buffer);
    return found ? node + AVL_HEADER_SIZE : 0;
  }

  /** A copy of the element at `buffer`, or the one that is there already. */
  insert(buffer: Address, bytes: number): Inserted {
    const { memory, table } = this;
    const { node: parent, found, side } = this.#search(buffer);
    if (found) return { element: parent + AVL_HEADER_SIZE, isNew: false };
    const routine = memory.readPointer(table + field.AllocateRoutine);
    const node = this.#call(routine, table, bytes + AVL_HEADER_SIZE);
    if (node === 0) return { element: 0, isNew: false };
    memory.fill(node, AVL_HEADER_SIZE, 0);
    memory.copy(node + AVL_HEADER_SIZE, buffer, bytes);
    memory.writePointer(node + PARENT, parent);
    memory.writePointer(parent + side, node);
    this.#count(1);
    this.#grew(node);
    return { element: node + AVL_HEADER_SIZE, isNew: true };
  }

  /** @returns whether there was such an element */
  delete(buffer: Address): boolean {
    const { memory, table } = this;
    const { node, found } = this.#search(buffer);
    if (!found) return false;
    if (memory.readPointer(table + field.RestartKey) === node) {
      memory.writePointer(table + field.RestartKey, this.#neighbour(node, LEFT));
    }
    memory.writeU32(table + field.DeleteCount, memory.readU32(table + field.DeleteCount) + 1);
    this.#unlink(node);
    this.#count(-1);
    this.#call(memory.readPointer(table + field.FreeRoutine), table, node);
    return true;
  }

  /** @param after the node of the element before, 0: from the start. @returns the node, 0 at the end */
  next(after: Address): Address {
    return after === 0 ? this.#outermost(this.#child(this.table, RIGHT), LEFT) : this.#neighbour(after, RIGHT);
  }

  /** RtlEnumerateGenericTableAvl. @returns the element, 0 at the end */
  enumerate(restart: boolean): Address {
    const key = this.table + field.RestartKey;
    const node = this.next(restart ? 0 : this.memory.readPointer(key));
    if (node !== 0) this.memory.writePointer(key, node);
    return node === 0 ? 0 : node + AVL_HEADER_SIZE;
  }

  /** RtlGetElementGenericTableAvl: the element of that rank, from 0; 0 beyond the end. Remembers where it was. */
  at(index: number): Address {
    const { memory, table } = this;
    if (!Number.isInteger(index) || index < 0 || index >= this.count) return 0;
    let node = memory.readPointer(table + field.OrderedPointer);
    let rank = node === 0 ? 0 : memory.readU32(table + field.WhichOrderedElement);
    for (; rank < index + 1; rank++) node = this.next(node);
    for (; rank > index + 1; rank--) node = this.#neighbour(node, LEFT);
    memory.writePointer(table + field.OrderedPointer, node);
    memory.writeU32(table + field.WhichOrderedElement, rank);
    return node === 0 ? 0 : node + AVL_HEADER_SIZE;
  }

  #call(routine: Address, ...parameters: number[]): number {
    const answer = this.ke.routines.call(routine, ...parameters);
    return typeof answer === "number" ? answer : 0;
  }

  #count(delta: 1 | -1): void {
    const { memory, table } = this;
    memory.writeU32(table + field.NumberGenericTableElements, this.count + delta);
    memory.writePointer(table + field.OrderedPointer, 0);
    memory.writeU32(table + field.WhichOrderedElement, 0);
  }

  #search(buffer: Address): Place {
    const { memory, table } = this;
    const compare = memory.readPointer(table + field.CompareRoutine);
    let place: Place = { node: table, found: false, side: RIGHT };
    let node = this.#child(table, RIGHT);
    for (let depth = 0; node !== 0; depth++) {
      if (depth > DEEPEST) this.#isCircle();
      const result = this.#call(compare, table, buffer, node + AVL_HEADER_SIZE);
      if (result !== GenericLessThan && result !== GenericGreaterThan) return { node, found: true, side: RIGHT };
      const side = result === GenericLessThan ? LEFT : RIGHT;
      place = { node, found: false, side };
      node = this.#child(node, side);
    }
    return place;
  }

  #child(node: Address, side: Side): Address {
    return this.memory.readPointer(node + side);
  }

  #parent(node: Address): Address {
    return this.memory.readPointer(node + PARENT);
  }

  #balance(node: Address): number {
    return (this.memory.readU8(node + BALANCE) << 24) >> 24;
  }

  #setBalance(node: Address, balance: number): void {
    this.memory.writeU8(node + BALANCE, balance & 0xff);
  }

  #leanOf(node: Address): Lean {
    return this.#child(this.#parent(node), LEFT) === node ? -1 : 1;
  }

  /** The last node in a direction; 0 below 0. */
  #outermost(start: Address, side: Side): Address {
    let node = start;
    for (let depth = 0; node !== 0; depth++) {
      if (depth > DEEPEST) this.#isCircle();
      const child = this.#child(node, side);
      if (child === 0) break;
      node = child;
    }
    return node;
  }

  /** The next smaller (LEFT) or greater (RIGHT) node, 0 when there is none. */
  #neighbour(start: Address, side: Side): Address {
    const other = side === LEFT ? RIGHT : LEFT;
    const below = this.#child(start, side);
    if (below !== 0) return this.#outermost(below, other);
    let node = start;
    for (let depth = 0; ; depth++) {
      if (depth > DEEPEST) this.#isCircle();
      const parent = this.#parent(node);
      if (parent === this.table) return 0;
      if (this.#child(parent, side) !== node) return parent;
      node = parent;
    }
  }

  /** A subtree became one higher: that of `node`. */
  #grew(start: Address): void {
    let node = start;
    for (let depth = 0; ; depth++) {
      if (depth > DEEPEST) this.#isCircle();
      const parent = this.#parent(node);
      if (parent === this.table) break;
      const lean = this.#leanOf(node);
      const balance = this.#balance(parent);
      if (balance !== 0) {
        if (balance === -lean) this.#setBalance(parent, 0);
        else this.#rebalance(parent, lean);
        return;
      }
      this.#setBalance(parent, lean);
      node = parent;
    }
    this.#deepen(1);
  }

  /** Takes a node out; one with two children changes places with its neighbour first. */
  #unlink(node: Address): void {
    const { memory } = this;
    const [left, right] = [this.#child(node, LEFT), this.#child(node, RIGHT)];
    if (left === 0 || right === 0) {
      this.#cut(node);
      return;
    }
    const stand = this.#balance(node) >= 0 ? this.#outermost(right, LEFT) : this.#outermost(left, RIGHT);
    this.#cut(stand);
    memory.copy(stand, node, AVL_HEADER_SIZE);
    memory.writePointer(this.#parent(node) + (this.#leanOf(node) === -1 ? LEFT : RIGHT), stand);
    for (const side of [LEFT, RIGHT] as const) {
      const child = this.#child(stand, side);
      if (child !== 0) memory.writePointer(child + PARENT, stand);
    }
  }

  /** A node with at most one child. */
  #cut(node: Address): void {
    const { memory } = this;
    const parent = this.#parent(node);
    const lean = this.#leanOf(node);
    const child = this.#child(node, LEFT) || this.#child(node, RIGHT);
    memory.writePointer(parent + (lean === -1 ? LEFT : RIGHT), child);
    if (child !== 0) memory.writePointer(child + PARENT, parent);
    this.#shrank(parent, lean);
  }

  /** The subtree on that side of `start` became one lower. */
  #shrank(start: Address, startLean: Lean): void {
    let parent = start;
    let lean = startLean;
    for (let depth = 0; parent !== this.table; depth++) {
      if (depth > DEEPEST) this.#isCircle();
      const balance = this.#balance(parent);
      if (balance === 0) {
        this.#setBalance(parent, -lean);
        return;
      }
      let top = parent;
      if (balance === lean) this.#setBalance(parent, 0);
      else {
        const { root, isLower } = this.#rebalance(parent, lean === -1 ? 1 : -1);
        if (!isLower) return;
        top = root;
      }
      parent = this.#parent(top);
      lean = this.#leanOf(top);
    }
    this.#deepen(-1);
  }

  /** `node` leans twice towards a side. */
  #rebalance(node: Address, lean: Lean): { root: Address; isLower: boolean } {
    const heavy = this.#child(node, lean === -1 ? LEFT : RIGHT);
    const balance = this.#balance(heavy);
    if (balance !== -lean) {
      this.#promote(heavy);
      this.#setBalance(heavy, balance === 0 ? -lean : 0);
      this.#setBalance(node, balance === 0 ? lean : 0);
      return { root: heavy, isLower: balance !== 0 };
    }
    const middle = this.#child(heavy, lean === -1 ? RIGHT : LEFT);
    const of = this.#balance(middle);
    this.#promote(middle);
    this.#promote(middle);
    this.#setBalance(node, of === lean ? -lean : 0);
    this.#setBalance(heavy, of === -lean ? lean : 0);
    this.#setBalance(middle, 0);
    return { root: middle, isLower: true };
  }

  /** Turns a node above its parent. */
  #promote(node: Address): void {
    const { memory } = this;
    const parent = this.#parent(node);
    const above = this.#parent(parent);
    const side = this.#child(parent, LEFT) === node ? LEFT : RIGHT;
    const other = side === LEFT ? RIGHT : LEFT;
    const moved = this.#child(node, other);
    const aboveSide = this.#child(above, LEFT) === parent ? LEFT : RIGHT;
    memory.writePointer(parent + side, moved);
    if (moved !== 0) memory.writePointer(moved + PARENT, parent);
    memory.writePointer(node + other, parent);
    memory.writePointer(parent + PARENT, node);
    memory.writePointer(above + aboveSide, node);
    memory.writePointer(node + PARENT, above);
  }

  #deepen(delta: 1 | -1): void {
    const at = this.table + field.DepthOfTree;
    this.memory.writeU32(at, this.memory.readU32(at) + delta);
  }

  #isCircle(): never {
    return this.ke.bugCheck(KERNEL_SECURITY_CHECK_FAILURE, [FAST_FAIL_INVALID_BALANCED_TREE, this.table], {
      rule: "The links of a generic table lead in a circle: a node was overwritten, or freed while it was in the table.",
      routine: "RtlpFindAvlTableNodeOrParent",
    });
  }
}
