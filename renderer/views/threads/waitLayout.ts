/**
 * Where the wait graph's boxes stand: in columns, who waits on the left, what is waited for in the middle, who holds it on
 * the right. Boxes that lead back to themselves make a ring: its first box on the left, half of the others on the way
 * there above, the rest on the way back below.
 */
import { strongParts } from "./strongParts";
import type { WaitEdge, WaitNode, WaitNodes } from "./waitNodes";

export interface PlacedNode extends WaitNode {
  /** Left upper corner, in CSS pixels. */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PlacedEdge extends WaitEdge {
  /** An SVG path. */
  path: string;
}

export interface WaitLayout {
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  width: number;
  height: number;
}

const BOX_HEIGHT = 40;
const ROW = 58;
const GAP = 56;
const MARGIN = 10;
const widths = { thread: 136, object: 272, driver: 176 } as const;
/** Between the two lines that join the same two boxes, and between lines there and back. */
const SHIFT = 8;

interface Place {
  column: number;
  row: number;
}

export function layOutWaits({ nodes, edges }: WaitNodes): WaitLayout {
  const next = (id: string) => edges.filter(({ from }) => from === id).map(({ to }) => to);
  const parts = strongParts(
    nodes.map(({ id }) => id),
    next,
  ).map((part) => ringOrder(part, next, nodes));
  const places = new Map<string, Place>();
  let row = 0;
  for (const component of components(nodes, edges)) {
    row = placeComponent(
      parts.filter(([id]) => id !== undefined && component.has(id)),
      edges,
      places,
      row,
    );
  }
  return draw(nodes, edges, places);
}

/** Along the edges, from the first thread on. */
function ringOrder(part: string[], next: (id: string) => readonly string[], nodes: readonly WaitNode[]): string[] {
  if (part.length < 2) return part;
  const inPart = new Set(part);
  const start = nodes.find(({ id, kind }) => kind === "thread" && inPart.has(id))?.id ?? (part[0] as string);
  const order: string[] = [];
  for (let at: string | undefined = start; at !== undefined; ) {
    order.push(at);
    at = next(at).find((id) => inPart.has(id) && !order.includes(id));
  }
  return [...order, ...part.filter((id) => !order.includes(id))];
}

function components(nodes: readonly WaitNode[], edges: readonly WaitEdge[]): Set<string>[] {
  const groups = new Map<string, Set<string>>(nodes.map(({ id }) => [id, new Set([id])]));
  for (const { from, to } of edges) {
    const [one, other] = [groups.get(from), groups.get(to)];
    if (!one || !other || one === other) continue;
    for (const id of other) {
      one.add(id);
      groups.set(id, one);
    }
  }
  return [...new Set(groups.values())];
}

const spanOf = (part: readonly string[]) => (part.length < 2 ? 1 : Math.ceil(part.length / 2) + 1);

/** @returns the first row below */
function placeComponent(
  parts: readonly string[][],
  edges: readonly WaitEdge[],
  places: Map<string, Place>,
  top: number,
): number {
  const partOf = new Map(parts.flatMap((part) => part.map((id) => [id, part] as const)));
  const starts = new Map<readonly string[], number>(parts.map((part) => [part, 0]));
  // Longest ways: as often as there are parts is enough, since the parts lead in no circle.
  for (let round = 0; round < parts.length; round += 1) {
    for (const { from, to } of edges) {
      const [one, other] = [partOf.get(from), partOf.get(to)];
      if (!one || !other || one === other) continue;
      starts.set(other, Math.max(starts.get(other) ?? 0, (starts.get(one) ?? 0) + spanOf(one)));
    }
  }
  const ordered = [...parts].sort((a, b) => (starts.get(a) ?? 0) - (starts.get(b) ?? 0) || b.length - a.length);
  const free = new Map<number, number>();
  let bottom = top;
  for (const part of ordered) {
    const column = starts.get(part) ?? 0;
    const rows = part.length < 2 ? 1 : 2;
    const columns = Array.from({ length: spanOf(part) }, (_, at) => column + at);
    const wanted = wantedRow(part, edges, places) - (rows - 1) / 2;
    const row = Math.max(wanted, top, ...columns.map((at) => free.get(at) ?? top));
    for (const [id, place] of placesOf(part, column, row)) places.set(id, place);
    for (const at of columns) free.set(at, row + rows);
    bottom = Math.max(bottom, row + rows);
  }
  return bottom;
}

/** In the middle of those that lead there. */
function wantedRow(part: readonly string[], edges: readonly WaitEdge[], places: ReadonlyMap<string, Place>): number {
  const rows = edges
    .filter(({ from, to }) => part.includes(to) && !part.includes(from))
    .flatMap(({ from }) => places.get(from)?.row ?? []);
  return rows.length === 0 ? 0 : rows.reduce((sum, row) => sum + row, 0) / rows.length;
}

function placesOf(part: readonly string[], column: number, row: number): [string, Place][] {
  if (part.length < 2) return part.map((id) => [id, { column, row }]);
  const half = Math.ceil(part.length / 2);
  return part.map((id, at) => {
    if (at === 0 || at === half) return [id, { column: column + at, row: row + 0.5 }];
    const isThere = at < half;
    return [id, { column: column + (isThere ? at : part.length - at), row: isThere ? row : row + 1 }];
  });
}

function draw(nodes: readonly WaitNode[], edges: readonly WaitEdge[], places: ReadonlyMap<string, Place>): WaitLayout {
  const place = (id: string) => places.get(id) ?? { column: 0, row: 0 };
  const columns: number[] = [];
  for (const { id, kind } of nodes) {
    const { column } = place(id);
    columns[column] = Math.max(columns[column] ?? 0, widths[kind]);
  }
  const lefts = columns.map((_, at) => columns.slice(0, at).reduce((sum, width) => sum + width + GAP, MARGIN));
  const placed = nodes.map((node): PlacedNode => {
    const { column, row } = place(node.id);
    const width = widths[node.kind];
    const x = (lefts[column] ?? MARGIN) + ((columns[column] ?? width) - width) / 2;
    return { ...node, x, y: MARGIN + row * ROW, width, height: BOX_HEIGHT };
  });
  const byId = new Map(placed.map((node) => [node.id, node]));
  return {
    nodes: placed,
    edges: edges.map((edge) => ({ ...edge, path: pathOf(byId.get(edge.from), byId.get(edge.to)) })),
    width: Math.max(0, ...placed.map(({ x, width }) => x + width)) + MARGIN,
    height: Math.max(0, ...placed.map(({ y, height }) => y + height)) + MARGIN,
  };
}

/** To the right the upper half of a box's side, to the left the lower. */
function pathOf(from: PlacedNode | undefined, to: PlacedNode | undefined): string {
  if (!from || !to) return "";
  const isForward = to.x > from.x;
  const shift = isForward ? -SHIFT : SHIFT;
  const [x1, x2] = isForward ? [from.x + from.width, to.x] : [from.x, to.x + to.width];
  const [y1, y2] = [from.y + from.height / 2 + shift, to.y + to.height / 2 + shift];
  const bend = Math.max(24, Math.abs(x2 - x1) / 2) * (isForward ? 1 : -1);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
