/** Arrows in the wait graph: from a box to the nearest one that way. */
export interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

const ways: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Off to the side counts more than the way itself, so that a row is left only where it ends. */
const SIDEWAYS = 3;

/** Undefined for other keys, and where nothing lies that way. */
export function boxTowards<B extends Box>(boxes: readonly B[], from: B, key: string): B | undefined {
  if (key === "Home") return boxes[0];
  if (key === "End") return boxes.at(-1);
  const [x, y] = ways[key] ?? [0, 0];
  const centre = (box: Box) => [box.x + box.width / 2, box.y + box.height / 2] as const;
  const [fromX, fromY] = centre(from);
  let best: { box: B; distance: number } | undefined;
  for (const box of boxes) {
    const [toX, toY] = centre(box);
    const ahead = (toX - fromX) * x + (toY - fromY) * y;
    if (ahead <= 0) continue;
    const aside = Math.abs((toX - fromX) * y) + Math.abs((toY - fromY) * x);
    const distance = ahead + aside * SIDEWAYS;
    if (best === undefined || distance < best.distance) best = { box, distance };
  }
  return best?.box;
}
