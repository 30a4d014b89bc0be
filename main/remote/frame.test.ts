import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Log } from "../log/log";
import { ManualScheduler } from "../log/manualScheduler";
import { readRows } from "../log/views/readRows";
import { encodeFrame, FRAME_LIMIT, type Frame, FrameReader } from "./frame";
import { FrameError } from "./frameError";

function readAll(reader: FrameReader): Frame[] {
  const frames: Frame[] = [];
  for (let frame = reader.next(); frame; frame = reader.next()) frames.push(frame);
  return frames;
}

function head(length: number, ...rest: number[]): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  return Buffer.concat([bytes, Buffer.from(rest)]);
}

const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ kind: fc.constant("message" as const), message: fc.oneof(fc.json(), fc.uint8Array(), fc.nat()) }),
  fc.constant<Frame>({ kind: "alive" }),
  fc.record({ kind: fc.constant("goodbye" as const), reason: fc.string() }),
);

describe("a stream of frames", () => {
  it("is read however it is cut", () => {
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 8 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
        (frames, cuts) => {
          const bytes = Buffer.concat(frames.map((each) => encodeFrame(each)));
          const reader = new FrameReader();
          const read: Frame[] = [];
          for (let at = 0; at < bytes.byteLength; ) {
            const size = cuts.next().value as number;
            reader.push(bytes.subarray(at, at + size));
            read.push(...readAll(reader));
            at += size;
          }
          expect(read).toEqual(frames);
          expect(reader.waiting).toBe(0);
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it("refuses a length past the limit as soon as it is there, and a frame of no kind", () => {
    for (const bytes of [head(FRAME_LIMIT + 1), head(0xffffffff), head(0), head(1, 7), head(2, 1, 0)]) {
      const reader = new FrameReader();
      reader.push(bytes);
      expect(() => reader.next(), bytes.toString("hex")).toThrow(FrameError);
    }
  });

  it("holds what came of a frame, not what it announces", () => {
    const reader = new FrameReader();
    const before = process.memoryUsage().arrayBuffers;
    reader.push(head(FRAME_LIMIT, 0));
    for (let count = 0; count < 100; count += 1) reader.push(new Uint8Array(100));
    expect(reader.next()).toBeUndefined();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  });

  it("takes a message of the limit, and no longer one is sent", () => {
    const message = new Uint8Array(1000);
    const bytes = encodeFrame({ kind: "message", message });
    const limit = bytes.byteLength - 4;
    const reader = new FrameReader(limit);
    reader.push(encodeFrame({ kind: "message", message }, limit));
    expect(readAll(reader)).toEqual([{ kind: "message", message }]);
    expect(() => encodeFrame({ kind: "message", message }, limit - 1)).toThrow(/is the most that goes over/);
  });

  it("of random bytes ends in a FrameError or waits for more", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 10 }), (chunks) => {
        const reader = new FrameReader(1000);
        try {
          for (const chunk of chunks) {
            reader.push(chunk);
            readAll(reader);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
      { numRuns: 2000, seed: 2 },
    );
  });

  it("carries the rows of a log, every column with its type", () => {
    const log = new Log({ scheduler: new ManualScheduler() });
    for (let count = 1; count <= 3; count += 1) {
      const origin = {
        source: "kernel",
        component: 101,
        level: 3,
        processId: 4,
        threadId: 8,
        process: "System",
      } as const;
      log.print({ ...origin, time: 1.5 + count, text: `line ${count} \u20ac\n` });
    }
    log.note("loss", "", 9);
    const { view } = log.views.open([]);
    const open = log.views.get(view);
    if (!open) throw new Error("the view is open");
    const rows = readRows(log.store, open, log.bookmarks, 0, 100);
    const reader = new FrameReader();
    reader.push(
      encodeFrame({ kind: "message", message: { type: "answer", id: 1, result: { ok: true, value: rows } } }),
    );
    expect(reader.next()).toStrictEqual({
      kind: "message",
      message: { type: "answer", id: 1, result: { ok: true, value: rows } },
    });
    expect(rows.count).toBe(4);
    log.dispose();
  });
});
