/** The wait graph as nodes and edges: threads that wait or hold, what is waited for, and drivers that keep requests. */
import { type ThreadInfo, visibleText, type WaitGraph, type WaitTarget } from "../../../preload/shared";

export interface WaitNode {
  id: string;
  kind: "thread" | "object" | "driver";
  title: string;
  detail: string;
  /** Of a thread. */
  threadId?: number;
  isDeadlocked: boolean;
}

export interface WaitEdge {
  from: string;
  to: string;
  kind: "waits" | "held";
  isDeadlocked: boolean;
}

export interface WaitNodes {
  nodes: WaitNode[];
  edges: WaitEdge[];
}

const threadKey = (id: number) => `thread ${id}`;

/** Only what an edge touches: a thread that waits for nothing but time is a row of the grid and no more. */
export function waitNodes({ threads, deadlocks }: WaitGraph): WaitNodes {
  const nodes = new Map<string, WaitNode>();
  const edges: WaitEdge[] = [];
  const byId = new Map(threads.map((thread) => [thread.threadId, thread]));
  const circleOf = new Map(deadlocks.flatMap((circle) => circle.map((id, at) => [id, nextIn(circle, at)] as const)));
  const add = (node: WaitNode) => {
    const known = nodes.get(node.id);
    nodes.set(node.id, known ? { ...known, isDeadlocked: known.isDeadlocked || node.isDeadlocked } : node);
    return node.id;
  };
  const addThread = (thread: ThreadInfo | undefined, id: number) =>
    add({
      id: threadKey(id),
      kind: "thread",
      title: `Thread ${id}`,
      detail: thread ? visibleText(thread.process) : "",
      threadId: id,
      isDeadlocked: circleOf.has(id),
    });
  for (const thread of threads) {
    for (const target of thread.waitsFor) {
      const next = circleOf.get(thread.threadId);
      const isDeadlocked = next !== undefined && target.owners.includes(next);
      const from = addThread(thread, thread.threadId);
      const object = add(objectNode(target, isDeadlocked));
      edges.push({ from, to: object, kind: "waits", isDeadlocked });
      for (const { to, inCircle } of holders(target, next)) {
        const holder = typeof to === "number" ? addThread(byId.get(to), to) : add(driverNode(to));
        const known = edges.find((edge) => edge.from === object && edge.to === holder);
        if (known) known.isDeadlocked ||= isDeadlocked && inCircle;
        else edges.push({ from: object, to: holder, kind: "held", isDeadlocked: isDeadlocked && inCircle });
      }
    }
  }
  return { nodes: [...nodes.values()], edges };
}

function nextIn(circle: readonly number[], at: number): number {
  return circle[(at + 1) % circle.length] as number;
}

function holders(
  { owners, keeper }: WaitTarget,
  next: number | undefined,
): { to: number | string; inCircle: boolean }[] {
  const threads = owners.map((to) => ({ to, inCircle: to === next }));
  return keeper === undefined ? threads : [...threads, { to: keeper, inCircle: false }];
}

function objectNode({ address, kind, name }: WaitTarget, isDeadlocked: boolean): WaitNode {
  const title = kind === "Irp" ? "Request" : kind;
  return { id: address, kind: "object", title, detail: name === "" ? address : visibleText(name), isDeadlocked };
}

function driverNode(path: string): WaitNode {
  return { id: `driver ${path}`, kind: "driver", title: "Driver", detail: visibleText(path), isDeadlocked: false };
}
