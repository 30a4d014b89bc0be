/**
 * Buffers in the address space of ntscope.exe, for its reads and writes. A request that a driver keeps keeps its buffer,
 * so there are several; one that came back is used again, since mapping pages costs more than most requests.
 */
import type { Address } from "../../native-bindings/abi/address";
import type { KernelMemory } from "./mem/kernelMemory";
import type { Process, Ps } from "./ps/ps";

/** Covers what device consoles ask for; larger buffers are made for one request. */
const KEPT_BYTES = 64 * 1024;
/** More requests than this are rarely on their way at once. */
const KEPT_BUFFERS = 4;

export interface UserBuffer {
  readonly address: Address;
  /** In bytes, at least what was asked for. */
  readonly size: number;
}

export class ModelMachineBuffers {
  readonly #free: UserBuffer[] = [];

  constructor(
    private readonly memory: KernelMemory,
    private readonly ps: Ps,
    private readonly owner: Process,
  ) {}

  /** In the context of the owner. Throws a RangeError when its address space is used up. */
  take(bytes: number, content?: Uint8Array): UserBuffer {
    const buffer = (bytes <= KEPT_BYTES ? this.#free.pop() : undefined) ?? this.#allocate(Math.max(bytes, KEPT_BYTES));
    // Zeroed for a read, so that a driver which claims more than it wrote does not show an older request's bytes.
    if (content === undefined) this.memory.fill(buffer.address, bytes, 0);
    else if (content.length > 0) this.memory.writeBytes(buffer.address, content);
    return buffer;
  }

  #allocate(size: number): UserBuffer {
    return { address: this.ps.allocateUser(this.owner, size), size };
  }

  /** Back from a request that is over. */
  giveBack(buffer: UserBuffer): void {
    if (buffer.size === KEPT_BYTES && this.#free.length < KEPT_BUFFERS) this.#free.push(buffer);
    else this.ps.freeUser(this.owner, buffer.address, buffer.size);
  }
}
