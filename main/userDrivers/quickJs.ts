/**
 * QuickJS in a WebAssembly of its own for each driver: what one driver spoils or fills with data is gone when nothing
 * refers to it any more. It has no way out but the functions that it is given.
 */
import variant from "@jitl/quickjs-singlefile-cjs-release-sync";
import {
  DefaultIntrinsics,
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSRuntime,
} from "quickjs-emscripten-core";

/** In bytes; more is an "out of memory" that the driver may catch. */
const MEMORY_LIMIT = 256 * 1024 * 1024;
/**
 * In bytes of WebAssembly's stack: some 700 calls deep. Its frames lie on the host's own stack too, which is 1 MB and must
 * not run out first: WebAssembly does not survive that.
 */
const STACK_LIMIT = 128 * 1024;

/** What emscripten itself prints when it gives up goes nowhere: the error that it throws says the same. */
const quiet: object = { print() {}, printErr() {} };
const silent = newVariant(variant, { emscriptenModule: quiet });

export interface QuickJs {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
}

export async function newQuickJs(): Promise<QuickJs> {
  const module = await newQuickJSWASMModuleFromVariant(silent);
  const runtime = module.newRuntime();
  runtime.setMemoryLimit(MEMORY_LIMIT);
  runtime.setMaxStackSize(STACK_LIMIT);
  // The time is the machine's, by KeQuerySystemTime: with a clock of the host's no run could be repeated.
  const context = runtime.newContext({ intrinsics: { ...DefaultIntrinsics, Date: false } });
  context.evalCode("delete Math.random").unwrap().dispose();
  return { runtime, context };
}
