/**
 * A driver whose code is a file of the host: who puts the machine together reads it and makes it ready before the kernel
 * is entered, so that loading it is as synchronous as any other image and the kernel itself touches no file.
 */
import type { DriverEntry } from "../wdk/ddk";

export interface DriverFile {
  /** Of the module: the file's name without folders and extension. */
  readonly name: string;
  readonly entry: DriverEntry;
  /** Lines of the file at which its code that runs now stands: see RoutineTable.setPlaces. */
  places(): readonly string[];
  /** The image is no longer mapped, or never was: nothing of it will be called again. May come while it still runs. */
  dispose(): void;
}

/** Why there is no driver in a file: what NtLoadDriver answers, and the sentence that follows it. */
export interface DriverFileFailure {
  /** NTSTATUS, an error. */
  readonly status: number;
  readonly message: string;
}

/**
 * @param binPath as the service was created with it
 * @returns undefined when it is no path of a file that this host would load; the kernel then looks by itself
 */
export type LoadDriverFile = (binPath: string) => Promise<DriverFile | DriverFileFailure | undefined>;
