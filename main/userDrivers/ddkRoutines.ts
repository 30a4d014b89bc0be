/**
 * The routines of a Ddk by number, and their names as the sandbox is told them. They are taken from the Ddk itself, so
 * that a routine that the kit gains is one that files can call.
 */
import type { Ddk } from "../kernel/wdk/ddk";

export type HostRoutine = (...args: unknown[]) => unknown;

/** Names with the numbers of their routines; of `memory`, an object of such. */
export interface RoutineShape {
  [name: string]: number | RoutineShape;
}

export interface DdkRoutines {
  readonly routines: readonly { readonly name: string; readonly code: HostRoutine }[];
  readonly shape: RoutineShape;
}

/** That may cross at once, into the sandbox as out of it. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Of the kernel's memory only what moves bytes: it has methods that map pages too. */
const MEMORY_METHOD = /^(?:read|write)[A-Z]/;

function methodNames(object: object): string[] {
  const names = new Set<string>();
  for (let at = object; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  return [...names].filter((name) => MEMORY_METHOD.test(name));
}

export function routinesOf(ddk: Ddk): DdkRoutines {
  const routines: { name: string; code: HostRoutine }[] = [];
  const add = (name: string, owner: object, member: string): number | undefined => {
    const code = (owner as Record<string, unknown>)[member];
    if (typeof code !== "function") return undefined;
    return routines.push({ name, code: (...args) => Reflect.apply(code, owner, args) }) - 1;
  };
  const shape: RoutineShape = Object.create(null);
  for (const name of Object.keys(ddk)) {
    const index = add(name, ddk, name);
    if (index !== undefined) shape[name] = index;
  }
  const memory: RoutineShape = Object.create(null);
  // The host makes room before it looks whether there is memory at all.
  const readBytes = (address: unknown, length: unknown) => {
    if (!(Number(length) <= MAX_BYTES)) throw new RangeError(`memory.readBytes: more than ${MAX_BYTES} bytes at once`);
    return ddk.memory.readBytes(address as number, Number(length));
  };
  for (const name of methodNames(ddk.memory)) {
    const index =
      name === "readBytes"
        ? routines.push({ name: "memory.readBytes", code: readBytes }) - 1
        : add(`memory.${name}`, ddk.memory, name);
    if (index !== undefined) memory[name] = index;
  }
  shape.memory = memory;
  return { routines, shape };
}
