import { describe, expect, it } from "vitest";
import type { ThreadInfo, WaitGraph, WaitTarget } from "../../../preload/shared";
import { layOutWaits } from "./waitLayout";
import { waitNodes } from "./waitNodes";

const thread = (threadId: number, ...waitsFor: WaitTarget[]): ThreadInfo => ({
  threadId,
  processId: 4,
  process: "System",
  address: `0x${threadId}`,
  state: waitsFor.length > 0 ? "waiting" : "idle",
  irql: 0,
  priority: 8,
  waitsFor,
  stack: [],
});
const mutex = (address: string, ...owners: number[]): WaitTarget => ({
  address,
  kind: "Mutant",
  name: address,
  owners,
});
const layOut = (threads: ThreadInfo[], deadlocks: number[][] = []) => {
  const graph: WaitGraph = { threads, deadlocks };
  const layout = layOutWaits(waitNodes(graph));
  const at = (id: string) => {
    const node = layout.nodes.find((candidate) => candidate.id === id);
    if (!node) throw new Error(`${id} is not drawn`);
    return node;
  };
  return { layout, at };
};

function overlaps(layout: ReturnType<typeof layOutWaits>): string[] {
  return layout.nodes.flatMap((a, index) =>
    layout.nodes
      .slice(index + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.id} and ${b.id}`),
  );
}

describe("the wait graph's layout", () => {
  it("puts who waits left, what it waits for in the middle, who holds it right", () => {
    const { layout, at } = layOut([thread(8, mutex("A", 16)), thread(12, mutex("A", 16)), thread(16), thread(20)]);
    expect(at("thread 8").x).toBe(at("thread 12").x);
    expect(at("thread 8").x).toBeLessThan(at("A").x);
    expect(at("A").x).toBeLessThan(at("thread 16").x);
    expect(layout.nodes).toHaveLength(4);
    expect(at("A").y).toBe((at("thread 8").y + at("thread 12").y) / 2);
    expect(layout.edges.filter(({ kind }) => kind === "held")).toHaveLength(1);
  });

  it("draws two threads that wait for each other as a ring, and one that waits for them beside it", () => {
    const { layout, at } = layOut(
      [thread(8, mutex("A", 12)), thread(12, mutex("B", 8)), thread(16, mutex("A", 12))],
      [[8, 12]],
    );
    expect(at("thread 8").y).toBe(at("thread 12").y);
    expect(at("A").y).toBeLessThan(at("B").y);
    expect(at("A").x).toBe(at("B").x);
    expect(at("thread 16").x).toBeLessThan(at("thread 8").x);
    expect(overlaps(layout)).toEqual([]);
    const lines = layout.edges.map(({ from, to, isDeadlocked }) => [from, to, isDeadlocked]);
    expect(lines).toContainEqual(["A", "thread 12", true]);
    expect(lines).toContainEqual(["thread 16", "A", false]);
    expect(at("thread 16").isDeadlocked).toBe(false);
  });

  it.each([1, 2, 3, 4, 7])("lays out a circle of %i threads without boxes on each other", (count) => {
    const threads = Array.from({ length: count }, (_, at) => thread(at, mutex(`M${at}`, (at + 1) % count)));
    const { layout } = layOut(threads, [threads.map(({ threadId }) => threadId)]);
    expect(layout.nodes).toHaveLength(count * 2);
    expect(overlaps(layout)).toEqual([]);
    expect(layout.edges.every(({ isDeadlocked, path }) => isDeadlocked && path.startsWith("M"))).toBe(true);
  });

  it("keeps graphs that have nothing to do with each other apart, and any graph on the sheet", () => {
    let seed = 5;
    const random = (below: number) => {
      seed = (seed * 48_271) % 0x7fff_ffff;
      return seed % below;
    };
    for (let run = 0; run < 50; run += 1) {
      const threads = Array.from({ length: 12 }, (_, at) =>
        random(3) === 0
          ? thread(at)
          : thread(at, mutex(`M${random(6)}`, random(12)), mutex(`M${random(6)}`, random(12))),
      );
      const { layout } = layOut(threads);
      expect(overlaps(layout)).toEqual([]);
      for (const { x, y, width, height } of layout.nodes) {
        expect(x >= 0 && y >= 0 && x + width <= layout.width && y + height <= layout.height).toBe(true);
      }
    }
  });

  it("shows the driver that keeps a request as its holder", () => {
    const target = {
      address: "0x9",
      kind: "Irp",
      name: "IRP_MJ_READ of \\Device\\X",
      owners: [],
      keeper: "\\Driver\\X",
    };
    const { at } = layOut([thread(8, target)]);
    expect(at("0x9")).toMatchObject({ title: "Request", detail: "IRP_MJ_READ of \\Device\\X" });
    expect(at("driver \\Driver\\X").x).toBeGreaterThan(at("0x9").x);
  });
});
