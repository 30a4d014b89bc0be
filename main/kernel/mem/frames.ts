/**
 * The model's physical memory: 4 KiB frames within large buffers, handed out and taken back. A buffer is made
 * only when the frames before it are used up, and the operating system commits its pages on first touch, so
 * a fresh machine costs little.
 */

export const PAGE_SIZE = 4096;
export const PAGE_SHIFT = 12;

/**
 * 256 frames = 1 MiB a buffer: a booted machine fits into one. V8 counts a buffer's bytes when it is made, touched or
 * not, and one much larger than the rest of a young process's heap makes it collect everything in the middle of a boot.
 */
export const FRAMES_PER_CHUNK_SHIFT = 8;
export const FRAMES_PER_CHUNK = 1 << FRAMES_PER_CHUNK_SHIFT;

/** 2^22 frames = 16 GiB, more than any machine that runs the model spares. */
const MAXIMUM_FRAMES = 1 << 22;

export class Frames {
  readonly bytes: Uint8Array[] = [];
  readonly units: Uint16Array[] = [];
  /** One a page, made when it is first touched: an access then needs no more than the offset within the page. */
  readonly #views: (DataView | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #locks = new Map<number, number>();
  readonly #freeAtUnlock = new Set<number>();
  #next = 0;

  get inUse(): number {
    return this.#next - this.#free.length;
  }

  /** A zeroed frame. Throws a RangeError when the model's memory is used up. */
  allocate(): number {
    const recycled = this.#free.pop();
    if (recycled !== undefined) return recycled;
    if (this.#next === MAXIMUM_FRAMES) throw new RangeError("the model's memory is used up");
    if ((this.#next & (FRAMES_PER_CHUNK - 1)) === 0) this.#addChunk();
    return this.#next++;
  }

  /** Taken back at once, or at the last {@link unlock} when something else still maps it. */
  free(frame: number): void {
    if (this.#locks.has(frame)) {
      this.#freeAtUnlock.add(frame);
      return;
    }
    this.page(frame).fill(0);
    this.#free.push(frame);
  }

  /** Keeps a frame although its owner frees it, as MmProbeAndLockPages does. Counts. */
  lock(frame: number): void {
    this.#locks.set(frame, (this.#locks.get(frame) ?? 0) + 1);
  }

  unlock(frame: number): void {
    const count = this.#locks.get(frame);
    if (count === undefined) throw new RangeError(`frame ${frame} is not locked`);
    if (count > 1) {
      this.#locks.set(frame, count - 1);
      return;
    }
    this.#locks.delete(frame);
    if (this.#freeAtUnlock.delete(frame)) this.free(frame);
  }

  view(frame: number): DataView {
    return this.#views[frame] ?? this.#makeView(frame);
  }

  #makeView(frame: number): DataView {
    const { buffer } = this.bytes[frame >>> FRAMES_PER_CHUNK_SHIFT] as Uint8Array;
    const view = new DataView(buffer, (frame & (FRAMES_PER_CHUNK - 1)) << PAGE_SHIFT, PAGE_SIZE);
    this.#views[frame] = view;
    return view;
  }

  page(frame: number): Uint8Array {
    const start = (frame & (FRAMES_PER_CHUNK - 1)) << PAGE_SHIFT;
    return (this.bytes[frame >>> FRAMES_PER_CHUNK_SHIFT] as Uint8Array).subarray(start, start + PAGE_SIZE);
  }

  #addChunk(): void {
    const buffer = new ArrayBuffer(FRAMES_PER_CHUNK * PAGE_SIZE);
    this.bytes.push(new Uint8Array(buffer));
    this.units.push(new Uint16Array(buffer));
  }
}
