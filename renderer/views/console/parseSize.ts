/** A length or offset as it is typed: a whole number from 0 on, in decimal or `0x` hex; undefined for anything else. */
export function parseSize(text: string): number | undefined {
  const value = /^(0x[0-9a-f]+|\d+)$/i.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}
