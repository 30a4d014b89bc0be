/**
 * Who waits for DBWIN_DATA_READY: a worker with the native bindings. It copies the block, frees it at once, and posts
 * batches every 16 ms or when one is full; all else is done on this side. See dbwinBatch.ts for what it fills.
 */
import type { Disposable } from "../../machine/machine";
import type { StatusError } from "../../machine/result";
import type { DbwinBatch } from "./dbwinBatch";

export type DbwinReport =
  /** Of a writer whose messages follow. `time`: Unix ms. */
  | { readonly kind: "process"; readonly processId: number; readonly name: string; readonly time: number }
  | { readonly kind: "batch"; readonly batch: DbwinBatch }
  /** The objects are ours and the loop runs. */
  | { readonly kind: "running" }
  /**
   * Another monitor has the objects: each of us would get a part of the messages. `holder`: its process id, where it
   * can be seen. The reader looks every second whether it has gone, and runs then.
   */
  | { readonly kind: "taken"; readonly holder: number | undefined }
  /** The loop has ended. */
  | { readonly kind: "failed"; readonly error: StatusError };

export interface DbwinReader extends Disposable {
  /** `Local` is this session's, `Global` session 0's, which takes SeCreateGlobalPrivilege. */
  readonly namespace: "Local" | "Global";
  /** Call once. The listener is not called after dispose. */
  start(listener: (report: DbwinReport) => void): void;
}
