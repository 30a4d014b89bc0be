/** RtlTimeToTimeFields, RtlTimeFieldsToTime (wdm.h): 100-nanosecond units since 1601, in the Gregorian calendar. */
import type { Address } from "../../../native-bindings/abi/address";
import { TIME_FIELDS } from "../../../native-bindings/abi/structures/rtl";
import type { KernelMemory } from "../mem/kernelMemory";

const UNITS_PER_MILLISECOND = 10_000n;
const MILLISECONDS_PER_DAY = 86_400_000;
const FIRST_YEAR = 1601;
const LAST_YEAR = 30_827;
/** 1 January 1601 was a Monday. */
const FIRST_WEEKDAY = 1;
const monthLengths: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function monthLength(year: number, month: number): number {
  return (monthLengths[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0);
}

/** From 1 January 1601 to 1 January of a year. */
function daysBefore(year: number): number {
  const past = year - FIRST_YEAR;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
}

/** @param time 100 ns since 1601; what is negative counts as 0 */
export function writeTimeFields(memory: KernelMemory, time: bigint, fields: Address): void {
  const milliseconds = Number((time < 0n ? 0n : time) / UNITS_PER_MILLISECOND);
  const days = Math.floor(milliseconds / MILLISECONDS_PER_DAY);
  let rest = milliseconds - days * MILLISECONDS_PER_DAY;
  let year = FIRST_YEAR + Math.floor(days / 365.2425);
  while (daysBefore(year + 1) <= days) year += 1;
  while (daysBefore(year) > days) year -= 1;
  let day = days - daysBefore(year);
  let month = 1;
  for (; day >= monthLength(year, month); month++) day -= monthLength(year, month);
  const parts = [3_600_000, 60_000, 1000, 1].map((unit) => {
    const value = Math.floor(rest / unit);
    rest -= value * unit;
    return value;
  });
  const values = [year, month, day + 1, ...parts, (days + FIRST_WEEKDAY) % 7];
  for (const [index, value] of values.entries()) memory.writeU16(fields + index * 2, value);
}

/** @returns undefined when a field is out of its range; the weekday does not count */
export function readTimeFields(memory: KernelMemory, fields: Address): bigint | undefined {
  const view = TIME_FIELDS.view(memory, fields);
  const { Year, Month, Day, Hour, Minute, Second, Milliseconds } = view;
  const inRange =
    Year >= FIRST_YEAR &&
    Year <= LAST_YEAR &&
    Day >= 1 &&
    Day <= monthLength(Year, Month) &&
    [Hour, Minute, Second, Milliseconds].every(
      (value, index) => value >= 0 && value <= ([23, 59, 59, 999][index] ?? 0),
    );
  if (!inRange) return undefined;
  let days = daysBefore(Year) + Day - 1;
  for (let month = 1; month < Month; month++) days += monthLength(Year, month);
  const milliseconds = ((Hour * 60 + Minute) * 60 + Second) * 1000 + Milliseconds;
  return (BigInt(days) * BigInt(MILLISECONDS_PER_DAY) + BigInt(milliseconds)) * UNITS_PER_MILLISECOND;
}

/** RtlUniform: Lehmer's generator with NT's constants. @returns the new seed, below 2^31 - 1 */
export function uniform(seed: number): number {
  return Number((BigInt(seed >>> 0) * 0x7fff_ffedn + 0x7fff_ffc3n) % 0x7fff_ffffn);
}
