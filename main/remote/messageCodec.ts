/**
 * A message as bytes: a JSON document, then the message's binary values one behind the other.
 *
 *   u32 length of the document (little-endian) | document (UTF-8) | binary values
 *
 * The document is `[message, places]`. Where the message holds what JSON cannot, it says null, and a place tells what
 * belongs there: `[path, "Uint8Array", byteLength]` or `[path, "number", "NaN"]`. Places stand apart from the message,
 * so no value of a message can pass for one, and nothing received is ever evaluated.
 *
 * What can be sent: null, booleans, strings (any UTF-16), numbers (NaN, infinities and -0 too), arrays, plain objects,
 * ArrayBuffers and views on them. A property that is undefined is left out, as if it were not there. Everything else is
 * refused with its path: undefined elsewhere, bigint, functions, symbols, dates, maps and other classes.
 */
import { types } from "node:util";
import { FrameError } from "./frameError";

type Key = string | number;
type Place = [path: Key[], type: string, size: number | string];

/** Deeper than any value of the protocol; it keeps a circle from going on forever. */
const MOST_DEPTH = 100;
const LENGTH_BYTES = 4;

const viewTypes = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;

const specialNumbers: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  "-0": -0,
};

/** The message's bytes in parts. Throws a FrameError for what cannot be sent. */
export function encodeMessage(message: unknown): Uint8Array[] {
  const lifter = new Lifter();
  const plain = lifter.lift(message);
  const document = Buffer.from(JSON.stringify([plain, lifter.places]), "utf8");
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(document.byteLength);
  return [length, document, ...lifter.parts];
}

/** Throws a FrameError for bytes that are no message. Binary values are copies with buffers of their own. */
export function decodeMessage(bytes: Uint8Array): unknown {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = body.byteLength < LENGTH_BYTES ? Number.POSITIVE_INFINITY : LENGTH_BYTES + body.readUInt32LE();
  if (end > body.byteLength) throw new FrameError("A message is shorter than its document.");
  const [message, places] = parseDocument(body.subarray(LENGTH_BYTES, end));
  const root = { message };
  let at = end;
  for (const place of places) {
    const [path, type, size] = checkedPlace(place);
    if (type === "number") {
      putAt(root, path, specialNumbers[size]);
      continue;
    }
    if (size > body.byteLength - at) throw new FrameError("A message is shorter than its binary values.");
    putAt(root, path, binary(type, body.subarray(at, at + size)));
    at += size;
  }
  if (at !== body.byteLength) throw new FrameError("A message is longer than its binary values.");
  return root.message;
}

/** Takes out of a message what JSON cannot hold; what it need not change it does not copy. */
class Lifter {
  readonly places: Place[] = [];
  readonly parts: Uint8Array[] = [];
  private readonly path: Key[] = [];

  lift(value: unknown): unknown {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number") {
      if (Number.isFinite(value) && !Object.is(value, -0)) return value;
      return this.place("number", Object.is(value, -0) ? "-0" : String(value));
    }
    if (typeof value === "object") return this.object(value);
    return this.refuse(typeof value);
  }

  private object(value: object): unknown {
    if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return this.binary(value);
    if (this.path.length >= MOST_DEPTH) return this.refuse("value nested this deep");
    if (Array.isArray(value)) return this.array(value);
    const prototype: object | null = Object.getPrototypeOf(value);
    // The prototype of plain objects, of whatever realm, has none itself.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      return this.refuse(value.constructor?.name ?? "class instance");
    }
    return this.record(value as Record<string, unknown>);
  }

  private array(values: readonly unknown[]): unknown {
    let copy: unknown[] | undefined;
    for (let index = 0; index < values.length; index += 1) {
      this.path.push(index);
      const lifted = this.lift(values[index]);
      this.path.pop();
      if (lifted === values[index]) continue;
      copy ??= [...values];
      copy[index] = lifted;
    }
    return copy ?? values;
  }

  private record(values: Record<string, unknown>): unknown {
    let copy: Record<string, unknown> | undefined;
    for (const key of Object.keys(values)) {
      const value = values[key];
      // JSON leaves such properties out by itself.
      if (value === undefined) continue;
      this.path.push(key);
      const lifted = this.lift(value);
      this.path.pop();
      if (lifted === value) continue;
      copy ??= { ...values };
      put(copy, key, lifted);
    }
    return copy ?? values;
  }

  private binary(value: ArrayBufferView | ArrayBufferLike): null {
    const isView = ArrayBuffer.isView(value);
    const bytes = isView
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : new Uint8Array(value as ArrayBuffer);
    this.parts.push(bytes);
    return this.place(isView ? viewTypeOf(value) : "ArrayBuffer", bytes.byteLength);
  }

  private place(type: string, size: number | string): null {
    this.places.push([[...this.path], type, size]);
    return null;
  }

  private refuse(what: string): never {
    throw new FrameError(`A ${what} cannot be sent (at ${this.path.join(".") || "the message itself"}).`);
  }
}

/** A Buffer says Uint8Array of itself here, and arrives as one. */
function viewTypeOf(view: ArrayBufferView): string {
  return types.isTypedArray(view) ? view[Symbol.toStringTag] : "DataView";
}

function parseDocument(bytes: Uint8Array): [unknown, unknown[]] {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new FrameError("A message's document is not JSON.");
  }
  if (!Array.isArray(document) || document.length !== 2 || !Array.isArray(document[1])) {
    throw new FrameError("A message's document is not a message with its places.");
  }
  return [document[0], document[1]];
}

type CheckedPlace = [path: Key[], type: "number", name: string] | [path: Key[], type: ViewType, size: number];
type ViewType = keyof typeof viewTypes | "DataView" | "ArrayBuffer";

function checkedPlace(place: unknown): CheckedPlace {
  if (Array.isArray(place) && place.length === 3 && Array.isArray(place[0]) && place[0].every(isKey)) {
    const [path, type, size] = place as [Key[], unknown, unknown];
    if (type === "number" && typeof size === "string" && Object.hasOwn(specialNumbers, size)) return [path, type, size];
    if (isViewType(type) && typeof size === "number" && Number.isSafeInteger(size) && size >= 0) {
      return [path, type, size];
    }
  }
  throw new FrameError("A message tells of a value of no known kind.");
}

function isKey(key: unknown): key is Key {
  return typeof key === "string" || (typeof key === "number" && Number.isSafeInteger(key) && key >= 0);
}

function isViewType(type: unknown): type is ViewType {
  return typeof type === "string" && (Object.hasOwn(viewTypes, type) || type === "DataView" || type === "ArrayBuffer");
}

function binary(type: ViewType, bytes: Uint8Array): unknown {
  const { buffer } = new Uint8Array(bytes);
  if (type === "ArrayBuffer") return buffer;
  if (type === "DataView") return new DataView(buffer);
  const View = viewTypes[type];
  if (buffer.byteLength % View.BYTES_PER_ELEMENT !== 0) throw new FrameError(`A ${type} ends within an element.`);
  return new View(buffer);
}

/** Only where the message itself has a null: a path can neither add anything nor lead into a prototype. */
function putAt(root: { message: unknown }, path: readonly Key[], value: unknown): void {
  let holder: object = root;
  let key: Key = "message";
  for (const next of path) {
    const inner: unknown = Object.hasOwn(holder, key) ? (holder as Record<Key, unknown>)[key] : undefined;
    if (typeof inner !== "object" || inner === null || ArrayBuffer.isView(inner)) throw noPlace();
    holder = inner;
    key = next;
  }
  if (!Object.hasOwn(holder, key) || (holder as Record<Key, unknown>)[key] !== null) throw noPlace();
  put(holder, key, value);
}

function noPlace(): FrameError {
  return new FrameError("A message tells of a value where it has no room for one.");
}

/** Defined, not assigned: `__proto__` is a name like any other. */
function put(holder: object, key: Key, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}
