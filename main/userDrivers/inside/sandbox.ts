/**
 * The sandbox's own end of the bridge: evaluated in QuickJS before a driver's file, as one text (`?sandbox`). It makes
 * the `ddk` that the driver is given, keeps the functions that it has given addresses, and drives its generators.
 *
 * What crosses: a number as it is; bytes as an ArrayBuffer; anything else as a JSON text, which keeps NULs and unpaired
 * surrogates of names. A text from the host that begins with `!` is an error to throw. The host trusts none of it.
 */
import { Call, callId } from "./call";

/** What the host defines: the index of a routine, the kinds of its arguments (two bits each), and they. */
type Host = (routine: number, kinds: number, ...args: unknown[]) => unknown;
/** Names of the routines of an object, in the order of their indices; of nested objects, theirs. */
interface Shape {
  readonly [name: string]: number | Shape;
}
type Code = (...parameters: unknown[]) => unknown;

/** Kinds of an argument, as the host reads them. */
const NUMBER = 0;
const TEXT = 1;
const BYTES = 2;
const FUNCTION = 3;
/** Kinds must fit in the integers that a number holds exactly. */
const MAX_ARGUMENTS = 24;
/** Of one text or one run of bytes that crosses: more is a mistake, and costs the host memory. */
const MAX_BYTES = 16 * 1024 * 1024;

const { parse, stringify } = JSON;
const byteLength = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), "byteLength")
  ?.get as () => number;

const PlainError = Error;

const functions: Code[] = [];
const generators = new Map<number, Iterator<unknown, unknown, unknown>>();
/** Errors that the host threw, by their number there: whoever lets one through gets the host's own. */
const hostErrors = new WeakMap<object, number>();
let generatorCount = 0;
let host: Host | undefined;

function isBytes(value: object): value is Uint8Array {
  try {
    return byteLength.call(value) >= 0 && value instanceof Uint8Array;
  } catch {
    return false;
  }
}

/** An array of its own, exactly as long as what it holds. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new Uint8Array(byteLength.call(bytes));
  copy.set(bytes);
  return copy.buffer;
}

function textOf(value: unknown): string {
  const text = stringify(typeof value === "bigint" ? { $bigint: String(value) } : value);
  if (text.length > MAX_BYTES) throw new RangeError(`a text of ${text.length} characters is too long for the kernel`);
  return text;
}

function encode(name: string, value: unknown, position: number): [kind: number, value: unknown] {
  switch (typeof value) {
    case "number":
      return [NUMBER, value];
    case "undefined":
      return [TEXT, ""];
    case "string":
    case "boolean":
    case "bigint":
      return [TEXT, textOf(value)];
    case "function":
      return [FUNCTION, functions.push(value as Code) - 1];
  }
  if (value === null) return [TEXT, "null"];
  if (typeof value === "object" && isBytes(value)) {
    if (byteLength.call(value) > MAX_BYTES) throw new RangeError(`${name}: more than ${MAX_BYTES} bytes at once`);
    return [BYTES, copyOf(value)];
  }
  if (callId(value) !== undefined) {
    throw new TypeError(`${name}: argument ${position} is the answer of a routine that may wait; take it with yield*`);
  }
  throw new TypeError(`${name}: argument ${position} is no number, text, bigint, Uint8Array or function`);
}

interface HostError {
  readonly id: number;
  readonly name: string;
  readonly message: string;
  readonly details: object;
}

function thrown(text: string): Error {
  const { id, name, message, details } = parse(text) as HostError;
  const error = Object.assign(new Error(message), details);
  Object.defineProperty(error, "name", { value: name, configurable: true, writable: true });
  hostErrors.set(error, id);
  return error;
}

function revive(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$bigint" in value) return BigInt(value.$bigint as string);
  if ("$call" in value) return new Call(value.$call as number);
  for (const [key, inner] of Object.entries(value)) (value as Record<string, unknown>)[key] = revive(inner);
  return value;
}

function decode(result: unknown): unknown {
  if (typeof result === "number" || result === undefined) return result;
  if (typeof result === "string") {
    if (result.startsWith("!")) throw thrown(result.slice(1));
    return revive(parse(result));
  }
  return new Uint8Array(result as ArrayBuffer);
}

function call(name: string, index: number, args: readonly unknown[]): unknown {
  if (host === undefined) throw new Error(`${name}: there is no kernel yet; it is there when the driver is started`);
  if (args.length > MAX_ARGUMENTS) throw new RangeError(`${name}: more than ${MAX_ARGUMENTS} arguments`);
  let kinds = 0;
  const encoded: unknown[] = [];
  for (let position = args.length - 1; position >= 0; position--) {
    const argument = args[position];
    const [kind, value] = typeof argument === "number" ? [NUMBER, argument] : encode(name, argument, position + 1);
    kinds = kinds * 4 + kind;
    encoded[position] = value;
  }
  return decode(host(index, kinds, ...encoded));
}

function routinesOf(shape: Shape): Readonly<Record<string, unknown>> {
  const routines: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(shape)) {
    routines[name] = typeof inner === "number" ? (...args: unknown[]) => call(name, inner, args) : routinesOf(inner);
  }
  return Object.freeze(routines);
}

interface Printer {
  DbgPrint(format: string, text: string): void;
}

function printed(value: unknown): string {
  if (typeof value !== "object" || value === null || value instanceof Error) return String(value);
  try {
    return stringify(value, (_key, inner) => (typeof inner === "bigint" ? `${inner}n` : inner));
  } catch {
    return String(value);
  }
}

let kit: (Printer & Readonly<Record<string, unknown>>) | undefined;
const log = (...values: unknown[]) => {
  if (kit === undefined) throw new Error("console: there is no kernel yet; it is there when the driver is started");
  kit.DbgPrint("%s\n", values.map(printed).join(" "));
};
Object.assign(globalThis, { console: Object.freeze({ log, info: log, warn: log, error: log, debug: log }) });

/** Runs a generator up to its next wait, or to its end. */
function advance(
  id: number,
  generator: Iterator<unknown, unknown, unknown>,
  next: () => IteratorResult<unknown, unknown>,
): number | string {
  const step = next();
  if (step.done) {
    generators.delete(id);
    return outcomeOf(step.value);
  }
  const blocked = callId(step.value);
  if (blocked === undefined) throw new TypeError("yields something else than what a routine of the kernel answered");
  generators.set(id, generator);
  return stringify({ blocked: { generator: id, call: blocked } });
}

/** A number, or what else a routine came to as a text. */
function outcomeOf(value: unknown): number | string {
  if (typeof value === "number") return value;
  if (value === undefined) return stringify({ nothing: true });
  const answered = callId(value);
  if (answered !== undefined) return stringify({ call: answered });
  if (value instanceof Promise)
    return stringify({ bad: "a promise; a routine that waits is a function* and uses yield*" });
  if (typeof value === "object" && value !== null && typeof (value as Partial<Iterator<unknown>>).next === "function") {
    const generator = value as Iterator<unknown, unknown, unknown>;
    return advance(++generatorCount, generator, () => generator.next());
  }
  return stringify({ bad: value === null ? "null" : `a value of type ${typeof value}` });
}

/** The driver begins: what its file exports as default is called with the kit. */
export function start(
  toHost: Host,
  shape: string,
  entry: unknown,
  driverObject: number,
  registryPath: number,
): unknown {
  host = toHost;
  kit = routinesOf(parse(shape)) as typeof kit;
  return outcomeOf((entry as Code)(kit, driverObject, registryPath));
}

/** The kernel calls a function that the driver has given an address. */
export function invoke(id: number, ...parameters: number[]): unknown {
  return outcomeOf((functions[id] as Code)(...parameters));
}

/** A wait of a generator is over; with an error, that is thrown where it waits. */
export function resume(id: number, value: unknown): unknown {
  const generator = generators.get(id);
  if (generator === undefined) throw new Error("this routine does not wait");
  generators.delete(id);
  let answer: unknown;
  try {
    answer = decode(value);
  } catch (error) {
    return advance(id, generator, () => (generator as Generator<unknown, unknown, unknown>).throw(error));
  }
  return advance(id, generator, () => generator.next(answer));
}

/** A generator that waits will not be run on. */
export function forget(id: number): number {
  generators.delete(id);
  return 0;
}

function textField(error: object, field: string): string {
  try {
    return String((error as Record<string, unknown>)[field] ?? "");
  } catch {
    return "";
  }
}

/** What was thrown, as JSON; nothing of it is believed by the host. */
export function describe(error: unknown): string {
  if (typeof error !== "object" || error === null)
    return stringify({ name: "thrown", message: String(error), stack: "" });
  const fields = {
    name: textField(error, "name"),
    message: textField(error, "message"),
    stack: textField(error, "stack"),
  };
  const { toStatus } = error as { toStatus?: () => unknown };
  const status = typeof toStatus === "function" ? toStatus.call(error) : undefined;
  return stringify({ ...fields, hostError: hostErrors.get(error), ...(typeof status === "number" ? { status } : {}) });
}

/** Where the driver stands now, as the stack of an error. Only the host calls it, from within a call that the driver made. */
export function stack(): string {
  return String(new PlainError().stack);
}
