import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameError } from "./frameError";
import { decodeMessage, encodeMessage } from "./messageCodec";

const roundTrip = (message: unknown): unknown => decodeMessage(Buffer.concat(encodeMessage(message)));

/** The document and the binary bytes as a hostile peer would write them. */
function written(document: string, binary: Uint8Array = new Uint8Array(0)): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(document));
  return Buffer.concat([length, Buffer.from(document), binary]);
}

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("\ud800", "\0", "__proto__", "constructor", "\u2028"),
);
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, Number.NaN, 2 ** 53 - 1, Number.MIN_VALUE));
const binary = fc.oneof(
  fc.uint8Array(),
  fc.int8Array(),
  fc.uint8ClampedArray(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
  fc.uint8Array().map((bytes) => bytes.slice().buffer),
  fc.uint8Array().map((bytes) => new DataView(bytes.slice().buffer)),
);
const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
  anything: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    fc.oneof(text, number, fc.boolean(), fc.constant(null)),
    binary,
    fc.array(tie("anything"), { maxLength: 5 }),
    fc.dictionary(text, tie("anything"), { maxKeys: 5 }),
  ),
}));

describe("a message", () => {
  it("comes back as it was: any text, any number, any binary value, at any place", () => {
    fc.assert(
      fc.property(anything, (message) => {
        // Not toStrictEqual: it takes a property named "constructor" for the value's class.
        expect(isDeepStrictEqual(roundTrip(message), withPlainPrototypes(message))).toBe(true);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it("leaves the sender's own value alone", () => {
    const message = { list: [new Uint8Array([1]), Number.NaN], text: "x" };
    roundTrip(message);
    expect(message).toStrictEqual({ list: [new Uint8Array([1]), Number.NaN], text: "x" });
  });

  it("carries the part of a buffer that a view shows, in a buffer of its own", () => {
    const part = new Uint8Array([9, 1, 2, 3, 4, 9]).subarray(1, 5);
    const back = roundTrip({ part, words: new Uint16Array(part.buffer, 2, 1) }) as {
      part: Uint8Array;
      words: Uint16Array;
    };
    expect(back.part).toStrictEqual(new Uint8Array([1, 2, 3, 4]));
    expect(back.part.buffer.byteLength).toBe(4);
    expect([...back.words]).toEqual([0x0302]);
  });

  it("takes Node's Buffers and shared memory for what they hold", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(2));
    shared.set([5, 6]);
    const back = roundTrip([Buffer.from([1, 2]), shared]);
    expect(back).toStrictEqual([new Uint8Array([1, 2]), new Uint8Array([5, 6])]);
    expect(Object.getPrototypeOf((back as unknown[])[0])).toBe(Uint8Array.prototype);
  });

  it("leaves out properties that are undefined, as if they were not there", () => {
    const back = roundTrip({ verb: "devices.read", offset: undefined, data: new Uint8Array(1) });
    expect(Object.keys(back as object)).toEqual(["verb", "data"]);
  });

  it.each([
    ["undefined", undefined, "the message itself"],
    ["undefined", { list: [1, undefined] }, "list.1"],
    ["bigint", { count: 1n }, "count"],
    ["function", { toJSON: () => "x" }, "toJSON"],
    ["symbol", [Symbol("x")], "0"],
    ["Date", { at: new Date(0) }, "at"],
    ["Map", new Map(), "the message itself"],
    ["Error", { error: new Error("x") }, "error"],
  ])("that holds a %s is refused with its place", (what, message, place) => {
    expect(() => encodeMessage(message)).toThrow(new FrameError(`A ${what} cannot be sent (at ${place}).`));
  });

  it("that holds itself is refused", () => {
    const circle: Record<string, unknown> = {};
    circle.circle = circle;
    expect(() => encodeMessage(circle)).toThrow(/nested this deep/);
  });
});

describe("bytes of a peer", () => {
  it.each([
    ["nothing", Buffer.alloc(0)],
    ["a length alone", Buffer.from([255, 255, 255, 255])],
    ["a document that is cut", written("[1,[]]").subarray(0, 7)],
    ["no JSON", written("[1,[")],
    ["broken UTF-8", Buffer.from([7, 0, 0, 0, 0x5b, 0x22, 0xff, 0x22, 0x2c, 0x5b, 0x5d, 0x5d])],
    ["JSON of another shape", written('{"message":1}')],
    ["bytes that nothing names", written("[1,[]]", new Uint8Array(1))],
    ["fewer bytes than named", written('[null,[[[],"Uint8Array",2]]]', new Uint8Array(1))],
    ["an element that is cut", written('[null,[[[],"Uint16Array",1]]]', new Uint8Array(1))],
    ["a length below zero", written('[null,[[[],"Uint8Array",-1]]]')],
    ["a type that is none", written('[null,[[[],"Function",0]]]')],
    ["a type of every object", written('[null,[[[],"constructor",0]]]')],
    ["a number that is none", written('[null,[[[],"number","toString"]]]')],
    ["a place that holds something", written('[{"a":1},[[["a"],"Uint8Array",0]]]')],
    ["a place that is not there", written('[{"a":1},[[["b"],"Uint8Array",0]]]')],
    ["a place in a prototype", written('[{"a":1},[[["__proto__","a"],"Uint8Array",0]]]')],
    ["an array's length", written('[[],[[["length"],"Uint8Array",0]]]')],
    ["a place in a binary value", written('[null,[[[],"Uint8Array",1],[[0],"Uint8Array",0]]]', new Uint8Array(1))],
  ])("that are %s are refused", (_, bytes) => {
    expect(() => decodeMessage(bytes)).toThrow(FrameError);
  });

  it("cannot reach Object.prototype", () => {
    const bytes = written('[{"__proto__":null},[[["__proto__"],"Uint8Array",0]]]');
    const message = decodeMessage(bytes) as object;
    expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
    expect(Object.keys(message)).toEqual(["__proto__"]);
  });

  it("are a message or a FrameError, whatever they are and wherever they were changed", () => {
    const honest = Buffer.concat(encodeMessage({ a: [1, new Uint32Array([1, 2]), Number.NaN], b: { c: "x" } }));
    const changed = fc.array(fc.tuple(fc.nat(honest.byteLength - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    const mutated = changed.map((changes) => {
      const bytes = Buffer.from(honest);
      for (const [at, value] of changes) bytes[at] = value;
      return bytes;
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated), (bytes) => {
        try {
          decodeMessage(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
      { numRuns: 3000, seed: 2 },
    );
  });
});

/** fast-check makes some objects without a prototype; they arrive as ordinary ones. */
function withPlainPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPlainPrototypes);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPlainPrototypes(inner)]));
}
