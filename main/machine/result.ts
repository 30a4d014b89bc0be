/**
 * What every call across a boundary answers: a value, or an error with its status in words.
 * Errors are values here because they cross process boundaries, where an exception keeps only its message.
 */

import type { ResolveHop } from "./machine";

/** Where a code comes from: an NTSTATUS, a Win32 error (service control answers in those), or NtScope itself. */
export type ErrorDomain = "nt" | "win32" | "ntscope";

/** A failed call: the code as NT gives it, its name, and a sentence for the person reading it. */
export interface StatusError {
  domain: ErrorDomain;
  /** Unsigned 32-bit; 0 for NtScope's own errors, which have no code. */
  code: number;
  /** `0xC0000034`; for Win32 errors the decimal number users know, such as `1056`. */
  status: string;
  /** `STATUS_OBJECT_NAME_NOT_FOUND`, `ERROR_SERVICE_ALREADY_RUNNING`, or a word of ours such as `bad-path`. */
  name: string;
  message: string;
  /** A failed open: the look-up of its path, component by component, and in the last hop who refused. */
  why?: ResolveHop[];
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: StatusError };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(error: StatusError): { ok: false; error: StatusError } {
  return { ok: false, error };
}

/** An error of NtScope's own (no NT code stands behind it): `name` is a stable kebab-case word. */
export function ntscopeError(name: string, message: string): StatusError {
  return { domain: "ntscope", code: 0, status: "", name, message };
}

/** One property: what was read, or why it could not be. */
export type Field<T> = { value: T } | { error: StatusError };
