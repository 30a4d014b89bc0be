/** Zeroes the bytes from `start` up to `end`: in a loop, which for what is as short as an IRP is quicker than a fill. */
export function clearView(view: DataView, start: number, end: number): void {
  let at = start;
  for (; at + 8 <= end; at += 8) view.setFloat64(at, 0, true);
  for (; at < end; at++) view.setUint8(at, 0);
}
