/** Text that comes in over a stream of this process: standard input. */
import type { Readable } from "node:stream";
import type { LogSink } from "../../log/logRecord";
import type { Scheduler } from "../../log/scheduler";
import type { Disposable } from "../../machine/machine";
import { readBytes } from "../readBytes";
import { ReportingSource } from "../reportingSource";
import { TextPrinter } from "./textPrinter";

export class StreamSource extends ReportingSource {
  private reading: Disposable | undefined;

  /**
   * @param name of the stream, as in "stdin"
   * @param stream stays open when the source is disposed: it is its owner's
   */
  constructor(
    name: string,
    private readonly stream: Readable,
    private readonly scheduler: Scheduler,
  ) {
    super(name, `Waits for ${name}.`);
  }

  start(sink: LogSink): void {
    const text = new TextPrinter(sink, this.scheduler, this.status, { processId: 0, process: "" });
    this.status.set("running", `Reads ${this.name}.`);
    this.reading = readBytes(this.stream, {
      data: (chunk) => text.push(chunk),
      end: (error) => {
        text.flush();
        if (error) this.status.set("failed", `${this.name} could not be read: ${error.message}`);
        else this.status.set("ended", `${this.name} has ended.`);
      },
    });
  }

  dispose(): void {
    this.reading?.dispose();
    this.stream.pause();
  }
}
