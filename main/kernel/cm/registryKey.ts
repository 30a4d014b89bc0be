/**
 * One key of the registry tree: its name as created, its subkeys and values by name without regard to case.
 * Source: "Registry Element Size Limits" and "Structure of the Registry" (Microsoft).
 */

export type RegistryData =
  | { readonly type: "REG_SZ" | "REG_EXPAND_SZ"; readonly text: string }
  | { readonly type: "REG_MULTI_SZ"; readonly texts: readonly string[] }
  | { readonly type: "REG_DWORD"; readonly number: number }
  | { readonly type: "REG_BINARY"; readonly bytes: Uint8Array }
  /** Of any other type, or bytes that are not what their type says. */
  | { readonly type: "other"; readonly number: number; readonly bytes: Uint8Array };

export interface RegistryValue {
  /** "" is the key's default value. */
  readonly name: string;
  readonly data: RegistryData;
}

/** Simple upper case a code unit at a time, as NT's: no character may turn into two. */
export function registryNameKey(name: string): string {
  const upper = name.toUpperCase();
  if (upper.length === name.length) return upper;
  return Array.from(name, (character) => {
    const one = character.toUpperCase();
    return one.length === character.length ? one : character;
  }).join("");
}

export class RegistryKey {
  readonly #subkeys = new Map<string, RegistryKey>();
  readonly #values = new Map<string, RegistryValue>();
  #deleted = false;
  /** 100 ns since 1601; 0 for what was there at boot. */
  lastWriteTime = 0n;

  constructor(
    readonly name: string,
    readonly parent: RegistryKey | undefined,
  ) {}

  /** "\Registry\Machine\System" */
  get path(): string {
    return this.parent === undefined ? `\\${this.name}` : `${this.parent.path}\\${this.name}`;
  }

  get isDeleted(): boolean {
    return this.#deleted;
  }

  get subkeyCount(): number {
    return this.#subkeys.size;
  }

  /** In the order of their names, as NT enumerates subkeys. */
  subkeys(): RegistryKey[] {
    return [...this.#subkeys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);
  }

  subkey(name: string): RegistryKey | undefined {
    return this.#subkeys.get(registryNameKey(name));
  }

  /** The subkey of that name, made if there is none. */
  ensureSubkey(name: string): RegistryKey {
    const found = this.subkey(name);
    if (found !== undefined) return found;
    const key = new RegistryKey(name, this);
    this.#subkeys.set(registryNameKey(name), key);
    return key;
  }

  /** Takes the key out of its parent. The caller has made sure that it has no subkeys. */
  detach(): void {
    this.#deleted = true;
    this.parent?.removeSubkey(this);
  }

  private removeSubkey(key: RegistryKey): void {
    const index = registryNameKey(key.name);
    if (this.#subkeys.get(index) === key) this.#subkeys.delete(index);
  }

  /** In the order in which they were first set, as NT enumerates values. */
  values(): IterableIterator<RegistryValue> {
    return this.#values.values();
  }

  value(name: string): RegistryData | undefined {
    return this.#values.get(registryNameKey(name))?.data;
  }

  setValue(name: string, data: RegistryData): void {
    this.#values.set(registryNameKey(name), { name, data });
  }

  deleteValue(name: string): boolean {
    return this.#values.delete(registryNameKey(name));
  }

  /** The text of a REG_SZ or REG_EXPAND_SZ value. */
  text(name: string): string | undefined {
    const data = this.value(name);
    return data?.type === "REG_SZ" || data?.type === "REG_EXPAND_SZ" ? data.text : undefined;
  }

  /** The number of a REG_DWORD value. */
  number(name: string): number | undefined {
    const data = this.value(name);
    return data?.type === "REG_DWORD" ? data.number : undefined;
  }

  setText(name: string, text: string): void {
    this.setValue(name, { type: "REG_SZ", text });
  }

  setNumber(name: string, number: number): void {
    this.setValue(name, { type: "REG_DWORD", number: number >>> 0 });
  }
}
