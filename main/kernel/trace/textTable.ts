/** Texts that many rows of a chunk share, each kept once. They go with the chunk, so no name can outlive the limit. */
export class TextTable {
  readonly #texts: string[] = [];
  readonly #indexes = new Map<string, number>();
  #bytes = 0;

  /** Of the texts: two a UTF-16 code unit. */
  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#texts.length;
  }

  indexOf(text: string): number {
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    const index = this.#texts.push(text) - 1;
    this.#indexes.set(text, index);
    this.#bytes += text.length * 2;
    return index;
  }

  textOf(index: number): string {
    return this.#texts[index] ?? "";
  }
}
