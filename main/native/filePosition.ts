/**
 * Where a read or write without an offset goes. Handles are asynchronous here, and for those NT keeps no position; for a
 * synchronous one it is the file system that moves it on, so a device's own stays 0.
 */

/** A drive's or share's file, or one below a volume's device. */
const FILE_ON_VOLUME =
  /^\\(?:(?:\?\?|GLOBAL\?\?|DosDevices)\\(?:[a-z]:|UNC\\[^\\]+)|Device\\(?:HarddiskVolume|CdRom|Mup)[^\\]*)\\./i;

export class FilePosition {
  readonly #moves: boolean;
  #position = 0;

  constructor(ntPath: string) {
    this.#moves = FILE_ON_VOLUME.test(ntPath);
  }

  /** Bytes. */
  get current(): number {
    return this.#position;
  }

  moved(bytes: number): void {
    if (this.#moves) this.#position += bytes;
  }
}
