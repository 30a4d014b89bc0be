/**
 * DLLs and their functions, loaded when first called: on other systems than Windows this file may be imported, and only
 * a call fails. Every parameter that is a pointer is `void *` and takes a Buffer that the caller keeps, or an address as
 * a bigint; structures are laid out by native-bindings/abi, never by koffi.
 */
import koffi from "koffi";

/** What a native parameter can be: a number or bigint of its size, a Buffer or an address for a pointer. */
export type NativeArgument = number | bigint | Uint8Array | null;

export interface NativeFunction {
  (...parameters: NativeArgument[]): number;
  /** The same call on a thread of the pool: for what may wait. The buffers stay alive until it has returned. */
  later(...parameters: NativeArgument[]): Promise<number>;
}

type Loaded = ReturnType<typeof koffi.load>;

const libraries = new Map<string, Loaded>();

function library(name: string): Loaded {
  if (process.platform !== "win32") {
    throw new Error(`${name} is a part of Windows: run this in Windows or in a Wine prefix.`);
  }
  const loaded = libraries.get(name) ?? koffi.load(name);
  libraries.set(name, loaded);
  return loaded;
}

/**
 * @param prototype of C, in koffi's words: `int32 NtClose(void *Handle)`. The calling convention is x64's one.
 * @returns a function that throws an Error at its first call where the DLL or the function is not there
 */
export function nativeFunction(dll: string, prototype: string): NativeFunction {
  let bound: ReturnType<Loaded["func"]> | undefined;
  const bind = () => {
    bound ??= library(dll).func(prototype);
    return bound;
  };
  const call = (...parameters: NativeArgument[]): number => bind()(...parameters) as number;
  const later = (...parameters: NativeArgument[]): Promise<number> =>
    new Promise((resolve, reject) => {
      bind().async(...parameters, (error: unknown, result: number) => {
        if (error) reject(error instanceof Error ? error : new Error(String(error)));
        else resolve(result);
      });
    });
  return Object.assign(call, { later });
}

export interface NativeCallback {
  /** Where C calls it; good until it is disposed. */
  readonly address: bigint;
  dispose(): void;
}

/**
 * A function of ours that C calls. From another thread the call waits until this thread's event loop has run it.
 * @param prototype of C, in koffi's words; a pointer is `uint64` and arrives as a number or a bigint
 */
export function nativeCallback(prototype: string, call: (...parameters: (number | bigint)[]) => void): NativeCallback {
  const address = koffi.register(call, koffi.pointer(koffi.proto(prototype)));
  return { address, dispose: () => koffi.unregister(address) };
}

/** Where a buffer's first byte lies. Good as long as the buffer is referred to: V8 does not move its bytes. */
export function addressOf(buffer: Uint8Array): bigint {
  return koffi.address(buffer);
}
