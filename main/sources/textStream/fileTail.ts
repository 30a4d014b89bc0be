/**
 * Follows a text file that somebody else writes. Told of changes by the system where it can, and looks by itself every
 * second, because network folders and some file systems tell nothing. A file that was cut is read from its beginning;
 * one that was renamed away (log rotation) is read to its end before the new one is taken up.
 */
import { type FSWatcher, watch } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import path from "node:path";
import type { LogSink } from "../../log/logRecord";
import type { Scheduler } from "../../log/scheduler";
import type { Disposable } from "../../machine/machine";
import { ReportingSource } from "../reportingSource";
import { TextPrinter } from "./textPrinter";

/** In ms between two looks when nothing is told. */
const POLL = 1000;
/** Bytes read at a time. */
const CHUNK = 65_536;

export interface FileTailOptions {
  readonly path: string;
  /** Where to begin in a file that is there already; one that appears later is read whole. */
  readonly from: "start" | "end";
  readonly scheduler: Scheduler;
}

interface OpenFile {
  readonly handle: FileHandle;
  /** Device and file number: a path's file is another when they differ. */
  identity: string;
  position: number;
}

export class FileTail extends ReportingSource {
  private readonly chunk = new Uint8Array(CHUNK);
  private file: OpenFile | undefined;
  /** Where reading stopped because of an error. */
  private broken: Omit<OpenFile, "handle"> | undefined;
  private sink: LogSink | undefined;
  private text: TextPrinter | undefined;
  private watcher: FSWatcher | undefined;
  private poll: Disposable | undefined;
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private isFirst = true;
  private isDisposed = false;

  constructor(private readonly options: FileTailOptions) {
    super(`file ${options.path}`, `Opens ${options.path}.`);
  }

  start(sink: LogSink): void {
    const { scheduler } = this.options;
    const process = path.basename(this.options.path);
    this.sink = sink;
    this.text = new TextPrinter(sink, scheduler, this.status, { processId: 0, process });
    this.watcher = this.watchFolder();
    this.look();
  }

  /** Reads what is new. Resolves when all is read that was there at the call; never rejects. */
  check(): Promise<void> {
    this.lookAgain = true;
    this.looking ??= this.lookUntilDone();
    return this.looking;
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.watcher?.close();
    this.poll?.dispose();
    // A look that is under way closes the file itself.
    if (this.looking === undefined) this.close();
  }

  private look(): void {
    // `check` keeps its own errors.
    void this.check();
  }

  private async lookUntilDone(): Promise<void> {
    this.poll?.dispose();
    while (this.lookAgain && !this.isDisposed) {
      this.lookAgain = false;
      try {
        await this.step();
      } catch (error) {
        this.fail(error);
      }
    }
    this.looking = undefined;
    if (this.isDisposed) this.close();
    else this.poll = this.options.scheduler.later(POLL, () => this.look());
  }

  private async step(): Promise<void> {
    if (this.file === undefined) await this.open();
    if (this.file === undefined) return;
    await this.readToEnd(this.file);
    if (this.isDisposed || !(await this.isReplaced(this.file))) return;
    // Its writer had time until the new file had text in it: what it wrote meanwhile is read first.
    await this.readToEnd(this.file);
    this.text?.flush();
    this.close();
    this.note(`${this.options.path} was replaced; reads the new file.`);
    await this.open();
    if (this.file) await this.readToEnd(this.file);
  }

  private async open(): Promise<void> {
    const beginAtEnd = this.isFirst && this.options.from === "end";
    this.isFirst = false;
    // Opening a pipe would wait for its writer, and could not be called off.
    if (!(await stat(this.options.path)).isFile()) throw new Error("It is not a file.");
    const handle = await open(this.options.path, "r");
    // Kept at once, so that it is closed whatever comes next.
    const file = { handle, identity: "", position: 0 };
    this.file = file;
    const { dev, ino, size } = await handle.stat({ bigint: true });
    file.identity = `${dev}:${ino}`;
    if (this.broken?.identity === file.identity) file.position = this.broken.position;
    if (beginAtEnd) file.position = Number(size);
    this.broken = undefined;
    this.status.set("running", `Follows ${this.options.path}.`);
  }

  private async readToEnd(file: OpenFile): Promise<void> {
    const { size } = await file.handle.stat();
    if (size < file.position) {
      this.text?.flush();
      file.position = 0;
      this.note(`${this.options.path} was cut; reads it from its beginning.`);
    }
    while (!this.isDisposed) {
      const { bytesRead } = await file.handle.read(this.chunk, 0, CHUNK, file.position);
      if (bytesRead === 0 || this.isDisposed) return;
      file.position += bytesRead;
      this.text?.push(this.chunk.subarray(0, bytesRead));
    }
  }

  /** A new file without text does not count yet: rotation may make it while the old one is still written. */
  private async isReplaced(file: OpenFile): Promise<boolean> {
    try {
      const { dev, ino, size } = await stat(this.options.path, { bigint: true });
      return `${dev}:${ino}` !== file.identity && size > 0n;
    } catch {
      return false;
    }
  }

  private watchFolder(): FSWatcher | undefined {
    const name = path.basename(this.options.path);
    try {
      const watcher = watch(path.dirname(this.options.path), { persistent: false }, (_event, changed) => {
        if (changed === null || changed === name) this.look();
      });
      watcher.on("error", () => watcher.close());
      return watcher;
    } catch {
      // Looking every second has to do.
      return undefined;
    }
  }

  private note(text: string): void {
    this.sink?.note("report", text, this.options.scheduler.wallClock());
  }

  private close(): void {
    // A file that was only read has nothing that closing could lose.
    this.file?.handle.close().catch(() => {});
    this.file = undefined;
  }

  private fail(error: unknown): void {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (isAbsent) this.isFirst = false;
    const why = error instanceof Error ? error.message : String(error);
    if (isAbsent) this.status.set("starting", `Waits for ${this.options.path} to appear.`);
    else this.status.set("failed", `${this.options.path} cannot be read: ${why} It is tried again.`);
    this.broken = this.file ?? this.broken;
    this.close();
  }
}
