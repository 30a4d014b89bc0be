/**
 * Text of programs that may have written UTF-8 or their ANSI code page: strict UTF-8 first, which other code pages
 * hit by chance only in plain ASCII, then the code page. (DebugView++ PR #425; OutputDebugString, Microsoft.)
 */

/** 0x80 to 0x9F of windows-1252, where it differs from Latin-1; bytes without a character stay as they are. */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

export class AnsiText {
  private readonly utf8 = new TextDecoder("utf-8", { fatal: true });
  /** Undefined for windows-1252. */
  private readonly ansi: TextDecoder | undefined;

  /**
   * @param codePage a label of the Encoding Standard; one that this Node.js does not know falls to windows-1252, which
   * most systems of the West use and which has a character for every byte
   */
  constructor(codePage = "windows-1252") {
    this.ansi = decoderOf(codePage);
  }

  decode(bytes: Uint8Array): string {
    try {
      return this.utf8.decode(bytes);
    } catch {
      return this.ansi?.decode(bytes) ?? decodeWindows1252(bytes);
    }
  }
}

function decoderOf(label: string): TextDecoder | undefined {
  try {
    const decoder = new TextDecoder(label);
    return decoder.encoding === "windows-1252" ? undefined : decoder;
  } catch {
    return undefined;
  }
}

/** By hand, because TextDecoder takes windows-1252 for Latin-1 in some releases of Node.js (20.20 among them). */
function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return latin1.replace(/[\x80-\x9f]/g, (unit) => WINDOWS_1252[unit.charCodeAt(0) - 0x80] ?? unit);
}
