/**
 * x64 virtual addresses as plain numbers.
 *
 * Today's x64 processors translate 48 bits and require bits 63..47 to be equal ("canonical", Intel SDM
 * vol. 1, 3.3.7.1). Such an address, read as a signed 64-bit integer, lies in [-2^47, 2^47) and is exact in
 * a double, so the kernel model adds, compares and indexes addresses without BigInt. The kernel half is
 * negative: 0xFFFFF80000000000 is -0x80000000000.
 */

/** A canonical x64 address, sign-extended from 48 bits: an integer in [-2^47, 2^47). */
export type Address = number;

const TWO_TO_32 = 0x1_0000_0000;
const TWO_TO_47 = 0x8000_0000_0000;

export function isCanonicalAddress(value: number): boolean {
  return Number.isInteger(value) && value >= -TWO_TO_47 && value < TWO_TO_47;
}

/** Addresses 0xFFFF800000000000 and above belong to the kernel. */
export function isKernelAddress(address: Address): boolean {
  return address < 0;
}

function hexDigits(address: Address): string {
  const high = Math.floor(address / TWO_TO_32);
  const low = address - high * TWO_TO_32;
  return (high >>> 0).toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}

/** "0xFFFFF80000000000": always 16 digits, upper case. */
export function addressToHex(address: Address): string {
  return `0x${hexDigits(address).toUpperCase()}`;
}

/** "fffff800`00000000": the spelling WinDbg prints and accepts. */
export function addressToWinDbg(address: Address): string {
  const digits = hexDigits(address);
  return `${digits.slice(0, 8)}\`${digits.slice(8)}`;
}

/** The address as the unsigned 64-bit integer that a register holds. */
export function addressToBigInt(address: Address): bigint {
  return BigInt.asUintN(64, BigInt(address));
}

/** Undefined when bits 63..47 differ (not canonical) or the value does not fit 64 bits. */
export function addressFromBigInt(u64: bigint): Address | undefined {
  if (u64 < 0n || u64 > 0xffff_ffff_ffff_ffffn) return undefined;
  const address = Number(BigInt.asIntN(64, u64));
  return isCanonicalAddress(address) ? address : undefined;
}

/**
 * Reads hexadecimal, with or without "0x", with WinDbg's backtick before the last eight digits allowed.
 * Undefined for anything else and for what is not canonical.
 */
export function parseAddress(text: string): Address | undefined {
  const match = /^(?:0x)?(?:([0-9a-f]{1,16})|([0-9a-f]{1,8})`([0-9a-f]{8}))$/i.exec(text.trim());
  if (match === null) return undefined;
  const digits = match[1] ?? `${match[2]}${match[3]}`;
  return addressFromBigInt(BigInt(`0x${digits}`));
}
