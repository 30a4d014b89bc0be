/** What a request to a device may ask for, on every machine: rights as CreateFile adds them, lengths and offsets. */
import { GENERIC_READ, GENERIC_WRITE, SYNCHRONIZE } from "../../native-bindings/abi/access";
import { FILE_READ_ATTRIBUTES } from "../../native-bindings/abi/objectRights";
import type { Access } from "./machine";
import { fail, ntscopeError, type StatusError } from "./result";

const always = SYNCHRONIZE | FILE_READ_ATTRIBUTES;

/** As CreateFile asks: it always adds the right to wait and the right to ask for attributes. */
export const accessMasks: Readonly<Record<Access, number>> = {
  "0": always,
  r: (GENERIC_READ | always) >>> 0,
  w: (GENERIC_WRITE | always) >>> 0,
  rw: (GENERIC_READ | GENERIC_WRITE | always) >>> 0,
};

/** More than any device console shows, in bytes; NT's own limit is 4 GiB. */
const MAX_TRANSFER = 64 * 1024 * 1024;

type Refusal = { ok: false; error: StatusError };

export function badLength(length: number): Refusal {
  const sentence = `A transfer is 0 to ${MAX_TRANSFER.toLocaleString("en")} bytes here; ${length} is not.`;
  return fail(ntscopeError("bad-length", sentence));
}

export function isLength(length: number): boolean {
  return Number.isInteger(length) && length >= 0 && length <= MAX_TRANSFER;
}

export function isOffset(offset: number | undefined): boolean {
  return offset === undefined || (Number.isSafeInteger(offset) && offset >= 0);
}

export const badOffset: Refusal = fail(
  ntscopeError("bad-offset", "An offset is a whole number of bytes from 0 to 2^53 - 1."),
);

export const badAccess: Refusal = fail(ntscopeError("bad-access", 'Access is "r", "w", "rw" or "0".'));
