/** The way to the structure view from other panes, whose code is not loaded for it. */
import { create } from "zustand";
import { openPane } from "../../frame/dock";

export interface WantedStructure {
  /** Empty where nobody knows what lies there: it is asked for. */
  type: string;
  /** An address in hex or an object's raw path. */
  where: string;
}

/** A new object for each wish, so that the same place can be asked for again. */
export const useWantedStructure = create<{ wanted: WantedStructure | undefined }>(() => ({ wanted: undefined }));

export function showStructure(wanted: WantedStructure): void {
  openPane("structure");
  useWantedStructure.setState({ wanted: { ...wanted } });
}

/** What an object's body is, by the name of its type, for the types whose structure is known. */
const bodies: Readonly<Record<string, string>> = {
  device: "DEVICE_OBJECT",
  driver: "DRIVER_OBJECT",
  file: "FILE_OBJECT",
  event: "KEVENT",
  mutant: "KMUTANT",
  semaphore: "KSEMAPHORE",
  timer: "KTIMER",
};

/** `DEVICE_OBJECT` for a Device; undefined where its structure is not known. */
export function bodyStructure(objectType: string): string | undefined {
  const type = objectType.toLowerCase();
  return Object.hasOwn(bodies, type) ? bodies[type] : undefined;
}
