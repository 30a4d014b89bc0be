/**
 * Text that grows up to a number of bytes. The model's ANSI code page is UTF-8 (65001), which Windows 10 offers too,
 * so that no character a driver prints turns into "?". A character that would pass the limit is left out whole.
 */

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x1_0000 ? 3 : 4;
}

const ascii = /^[\0-\x7f]*$/;

export class BoundedText {
  #text = "";
  #bytes = 0;
  #full = false;

  /** @param limit in bytes */
  constructor(private readonly limit: number) {}

  get text(): string {
    return this.#text;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Something did not fit. */
  get isFull(): boolean {
    return this.#full;
  }

  append(text: string): void {
    if (this.#full) return;
    if (this.#bytes + text.length <= this.limit && ascii.test(text)) {
      this.#text += text;
      this.#bytes += text.length;
      return;
    }
    let fitting = 0;
    for (const character of text) {
      const length = utf8Length(character.codePointAt(0) ?? 0);
      if (this.#bytes + length > this.limit) {
        this.#full = true;
        break;
      }
      this.#bytes += length;
      fitting += character.length;
    }
    this.#text += text.slice(0, fitting);
  }

  /** `count` times the one-byte character. */
  fill(character: string, count: number): void {
    if (count > 0) this.append(character.repeat(Math.min(count, this.limit + 1)));
  }
}
