/** ISO 8601 in UTC with milliseconds; empty where a source gave a time that is no date, which must not stop a save. */
export function isoTime(unixMilliseconds: number): string {
  const date = new Date(unixMilliseconds);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
