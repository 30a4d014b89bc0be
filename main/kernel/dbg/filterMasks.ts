/**
 * Which debug messages are shown: a mask of importance bits per component, or-ed with the system-wide WIN2000 mask.
 * Source: "Reading and Filtering Debugging Messages" (Windows Driver Kit); NtSetDebugFilterState for the ids.
 */
import { componentId, componentNames, DPFLTR_DEFAULT_ID } from "./components";

/** The id by which NtSetDebugFilterState and NtQueryDebugFilterState mean the WIN2000 mask. */
export const WIN2000_COMPONENT = 0xffff_ffff;

/** The WIN2000 mask of a system whose registry says nothing: errors are always shown. */
const DEFAULT_WIN2000_MASK = 0x1;

/** A level below 32 is a bit number, any other is the bit field itself. */
export function importanceBits(level: number): number {
  const value = level >>> 0;
  return value < 32 ? (1 << value) >>> 0 : value;
}

export class DebugFilterMasks {
  readonly #masks = new Uint32Array(componentNames.length);
  #win2000 = DEFAULT_WIN2000_MASK;
  /** Messages not shown because of a mask, by component id. */
  readonly #dropped = new Float64Array(componentNames.length);

  /** Ids that no component has fall to DEFAULT. */
  #slot(component: number): number {
    const id = component >>> 0;
    return id < this.#masks.length ? id : DPFLTR_DEFAULT_ID;
  }

  /** The component's own mask, without WIN2000; that one for {@link WIN2000_COMPONENT}. */
  mask(component: number): number {
    if (component >>> 0 === WIN2000_COMPONENT) return this.#win2000;
    return this.#masks[this.#slot(component)] ?? 0;
  }

  /** What writing `Kd_X_Mask` in a kernel debugger does: takes effect at once. */
  setMask(component: number, mask: number): void {
    if (component >>> 0 === WIN2000_COMPONENT) this.#win2000 = mask >>> 0;
    else this.#masks[this.#slot(component)] = mask >>> 0;
  }

  isShown(component: number, level: number): boolean {
    return (importanceBits(level) & ((this.#masks[this.#slot(component)] ?? 0) | this.#win2000)) !== 0;
  }

  /** As {@link isShown}; a message that is not shown is counted. */
  admit(component: number, level: number): boolean {
    if (this.isShown(component, level)) return true;
    const slot = this.#slot(component);
    this.#dropped[slot] = (this.#dropped[slot] ?? 0) + 1;
    return false;
  }

  droppedByMask(component: number): number {
    return this.#dropped[this.#slot(component)] ?? 0;
  }

  get droppedInAll(): number {
    return this.#dropped.reduce((sum, count) => sum + count, 0);
  }

  /** NtSetDebugFilterState: sets or clears the bits of one level. The WIN2000 mask answers to MAXULONG. */
  setState(component: number, level: number, shown: boolean): void {
    const bits = importanceBits(level);
    const mask = this.mask(component);
    this.setMask(component, shown ? mask | bits : mask & ~bits);
  }

  /** The values of the registry key `Debug Print Filter`, read once at boot. Unknown names are passed over. */
  load(values: Iterable<readonly [string, number]>): void {
    for (const [name, mask] of values) {
      if (name.toUpperCase() === "WIN2000") this.#win2000 = mask >>> 0;
      const id = componentId(name);
      if (id !== undefined) this.setMask(id, mask);
    }
  }
}
