/** A Node stream's bytes until its one end, whichever of its events tells it. */
import type { Readable } from "node:stream";
import type { Disposable } from "../machine/machine";

export interface ByteListener {
  data(chunk: Uint8Array): void;
  /** Called once, and not after dispose. */
  end(error: Error | undefined): void;
}

export function readBytes(stream: Readable, listener: ByteListener): Disposable {
  let isOver = false;
  const over = (error?: Error) => {
    if (isOver) return;
    isOver = true;
    listener.end(error);
  };
  const data = (chunk: Uint8Array | string) => {
    if (!isOver) listener.data(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk);
  };
  const end = () => over();
  // Stays after dispose: an "error" without a listener would take the process down.
  stream.on("error", over);
  stream.on("end", end);
  stream.on("close", end);
  stream.on("data", data);
  return {
    dispose: () => {
      isOver = true;
      stream.off("data", data);
      stream.off("end", end);
      stream.off("close", end);
    },
  };
}
