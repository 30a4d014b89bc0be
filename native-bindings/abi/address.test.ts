import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressFromBigInt,
  addressToBigInt,
  addressToHex,
  addressToWinDbg,
  isCanonicalAddress,
  isKernelAddress,
  parseAddress,
} from "./address";

const canonical = fc.integer({ min: -(2 ** 47), max: 2 ** 47 - 1 });

describe("addresses", () => {
  it("keeps the kernel half as negative numbers", () => {
    const start = addressFromBigInt(0xffff_f800_0000_0000n);
    expect(start).toBe(-0x800_0000_0000);
    expect(isKernelAddress(-1)).toBe(true);
    expect(isKernelAddress(0x7fff_ffff_ffff)).toBe(false);
    expect(addressToHex(-0x800_0000_0000)).toBe("0xFFFFF80000000000");
    expect(addressToWinDbg(-0x800_0000_0000)).toBe("fffff800`00000000");
    expect(addressToHex(0x1234)).toBe("0x0000000000001234");
  });

  it("refuses what is not canonical", () => {
    expect(addressFromBigInt(0x0000_8000_0000_0000n)).toBeUndefined();
    expect(addressFromBigInt(-1n)).toBeUndefined();
    expect(addressFromBigInt(1n << 64n)).toBeUndefined();
    expect(parseAddress("0x800000000000")).toBeUndefined();
    expect(isCanonicalAddress(0.5)).toBe(false);
    expect(isCanonicalAddress(Number.NaN)).toBe(false);
  });

  it("reads every spelling, and nothing else", () => {
    expect(parseAddress("fffff800`00000000")).toBe(-0x800_0000_0000);
    expect(parseAddress("0xFFFFF80000000000")).toBe(-0x800_0000_0000);
    expect(parseAddress(" 10 ")).toBe(16);
    for (const text of ["", "0x", "xyz", "1`2", "12345678901234567", "0x1 2", "-1"]) {
      expect(parseAddress(text)).toBeUndefined();
    }
  });

  it("round-trips", () =>
    fc.assert(
      fc.property(canonical, (address) => {
        expect(addressFromBigInt(addressToBigInt(address))).toBe(address);
        expect(parseAddress(addressToHex(address))).toBe(address);
        expect(parseAddress(addressToWinDbg(address))).toBe(address);
        expect(BigInt(addressToHex(address))).toBe(addressToBigInt(address));
      }),
    ));

  it("parses any text without throwing, to a canonical address or to undefined", () =>
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^(0x)?[0-9a-fA-F`]{0,20}$/)), (text) => {
        const address = parseAddress(text);
        expect(address === undefined || isCanonicalAddress(address)).toBe(true);
      }),
    ));
});
