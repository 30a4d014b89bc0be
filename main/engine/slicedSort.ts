/**
 * Merge sort in steps, so that sorting 100,000 names never holds up other requests.
 * Stable: equal items keep their order.
 */

/** Items sorted or merged between two looks at the clock: a millisecond or two. */
const STEP_ITEMS = 1024;

/** Each `next()` does one step; the answer is the sorted copy. */
export function* sortInSteps(
  items: Uint32Array,
  compare: (a: number, b: number) => number,
): Generator<undefined, Uint32Array, undefined> {
  let from: Uint32Array = items.slice();
  let to: Uint32Array = new Uint32Array(items.length);
  for (let start = 0; start < from.length; start += STEP_ITEMS) {
    from.subarray(start, start + STEP_ITEMS).sort(compare);
    yield;
  }
  for (let width = STEP_ITEMS; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      yield* mergeInSteps(from, to, start, width, compare);
    }
    [from, to] = [to, from];
  }
  return from;
}

function* mergeInSteps(
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  width: number,
  compare: (a: number, b: number) => number,
): Generator<undefined, void, undefined> {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(start + 2 * width, from.length);
  let left = start;
  let right = middle;
  for (let at = start; at < end; at += 1) {
    const a = from[left] as number;
    const b = from[right] as number;
    if (left < middle && (right >= end || compare(a, b) <= 0)) {
      to[at] = a;
      left += 1;
    } else {
      to[at] = b;
      right += 1;
    }
    if (at % STEP_ITEMS === STEP_ITEMS - 1) yield;
  }
}
