/**
 * Security descriptors in pool memory, each kept once however many objects have it, as NT does: a header with the count
 * of references in front of the self-relative bytes, and OBJECT_HEADER.SecurityDescriptor points to the bytes, with
 * references taken beforehand in its low four bits (EX_FAST_REF). Once made, the bytes do not change.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { PagedPool } from "../../../native-bindings/abi/poolTypes";
import type { Pool } from "../ex/pool";
import { AddressMap } from "../mem/addressMap";
import type { KernelMemory } from "../mem/kernelMemory";
import { SECURITY_DESCRIPTOR } from "./objectHeader";

const SECURITY_TAG = "ObSc";
/** SECURITY_DESCRIPTOR_HEADER: list links, the count at 0x10, the hash at 0x14; the model keeps the length at 0x18. */
const HEADER_BYTES = 0x20;
const REFERENCES = 0x10;
const LENGTH = 0x18;
const FAST_REFERENCES = 0xf;

export interface SharedDescriptor {
  /** Of the bytes; 0 once the last object has gone. */
  address: Address;
  readonly bytes: Uint8Array;
  readonly key: string;
  references: number;
  /** What whoever checks access has worked out of the bytes. */
  prepared: unknown;
}

function keyOf(bytes: Uint8Array): string {
  let key = "";
  for (const byte of bytes) key += String.fromCharCode(byte);
  return key;
}

export class SharedDescriptors {
  readonly #byKey = new Map<string, SharedDescriptor>();
  readonly #byAddress = new AddressMap<SharedDescriptor>();

  constructor(
    private readonly memory: KernelMemory,
    private readonly pool: Pool,
  ) {}

  /** Undefined when the object has none. */
  of(object: Address): SharedDescriptor | undefined {
    const slot = this.memory.readPointer(object + SECURITY_DESCRIPTOR);
    return slot === 0 ? undefined : this.#byAddress.get(slot - (slot & FAST_REFERENCES));
  }

  /** The descriptor with these bytes, made when there is none; undefined when there is no pool for it. */
  share(bytes: Uint8Array): SharedDescriptor | undefined {
    const key = keyOf(bytes);
    return this.#byKey.get(key) ?? this.#make(bytes, key);
  }

  #make(bytes: Uint8Array, key: string): SharedDescriptor | undefined {
    const { memory } = this;
    const block = this.pool.ExAllocatePoolWithTag(PagedPool, HEADER_BYTES + bytes.length, SECURITY_TAG);
    if (block === 0) return undefined;
    memory.fill(block, HEADER_BYTES, 0);
    memory.writeU32(block + LENGTH, bytes.length);
    memory.writeBytes(block + HEADER_BYTES, bytes);
    const address = block + HEADER_BYTES;
    const made = { address, bytes: bytes.slice(), key, references: 0, prepared: undefined };
    this.#byKey.set(key, made);
    this.#byAddress.set(address, made);
    return made;
  }

  /**
   * Gives an object a descriptor instead of the one it has, or takes that away.
   * @returns false when there is no pool; the old one stays then
   */
  set(object: Address, bytes: Uint8Array | undefined): boolean {
    const wanted = bytes === undefined ? undefined : this.share(bytes);
    if (bytes !== undefined && wanted === undefined) return false;
    if (wanted === undefined) this.clear(object);
    else this.attach(object, wanted);
    return true;
  }

  attach(object: Address, wanted: SharedDescriptor): void {
    // First the new one: it may be the old one.
    this.#count(wanted, 1);
    this.clear(object);
    this.memory.writePointer(object + SECURITY_DESCRIPTOR, wanted.address + FAST_REFERENCES);
  }

  clear(object: Address): void {
    const descriptor = this.of(object);
    if (descriptor === undefined) return;
    this.memory.writePointer(object + SECURITY_DESCRIPTOR, 0);
    this.#count(descriptor, -1);
  }

  #count(descriptor: SharedDescriptor, delta: 1 | -1): void {
    descriptor.references += delta;
    const block = descriptor.address - HEADER_BYTES;
    if (descriptor.references > 0) {
      // As NT counts: those taken beforehand, and the object's own.
      this.memory.writeU32(block + REFERENCES, descriptor.references * (FAST_REFERENCES + 1));
      return;
    }
    this.#byKey.delete(descriptor.key);
    this.#byAddress.delete(descriptor.address);
    descriptor.address = 0;
    this.pool.ExFreePoolWithTag(block, SECURITY_TAG);
  }
}
