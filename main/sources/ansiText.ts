/**
 * Text of programs that may have written UTF-8 or their ANSI code page: strict UTF-8 first, which other code pages
 * hit by chance only in plain ASCII, then the code page. (DebugView++ PR #425; OutputDebugString, Microsoft.)
 */

/** What most Windows systems of the West use; it has a character for every byte, so it never fails. */
const DEFAULT_CODE_PAGE = "windows-1252";

/** 0x80 to 0x9F, where it differs from Latin-1; bytes without a character stay as they are. */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

export class AnsiText {
  private readonly utf8 = new TextDecoder("utf-8", { fatal: true });
  private readonly ansi: TextDecoder;

  /** @param codePage a label of the Encoding Standard; one that this Node.js does not know falls to windows-1252 */
  constructor(codePage: string = DEFAULT_CODE_PAGE) {
    this.ansi = decoderOf(codePage) ?? new TextDecoder(DEFAULT_CODE_PAGE);
  }

  decode(bytes: Uint8Array): string {
    try {
      return this.utf8.decode(bytes);
    } catch {
      return this.decodeAnsi(bytes);
    }
  }

  /** Some releases of Node.js take windows-1252 for Latin-1 (nodejs/node#56542), so that is put right here. */
  private decodeAnsi(bytes: Uint8Array): string {
    const text = this.ansi.decode(bytes);
    if (this.ansi.encoding !== DEFAULT_CODE_PAGE) return text;
    return text.replace(/[\x80-\x9f]/g, (unit) => WINDOWS_1252[unit.charCodeAt(0) - 0x80] ?? unit);
  }
}

function decoderOf(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
