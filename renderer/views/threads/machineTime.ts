/** Times of the machine's clock, to the millisecond: what happens in a model happens within one. */
export function machineTime(unix: number | undefined): string {
  if (unix === undefined) return "";
  const time = new Date(unix);
  return `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}
