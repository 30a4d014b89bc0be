/**
 * What an NTSTATUS says. Bits 31-30 severity, 29 customer, 27-16 facility, 15-0 code ([MS-ERREF] 2.3).
 * Statuses are unsigned numbers here; the macros take signed ones too.
 */
import * as codes from "./codes";
import { ntStatusSentences } from "./sentences";

export type Severity = "success" | "informational" | "warning" | "error";

export interface NtStatusDescription {
  /** Unsigned. */
  readonly code: number;
  /** "0xC0000022" */
  readonly hex: string;
  /** "STATUS_ACCESS_DENIED", or "NTSTATUS 0xE0001234" for a code without a name. */
  readonly name: string;
  /** A sentence. */
  readonly message: string;
  readonly severity: Severity;
}

/** Success and informational codes: the operation did what it should. STATUS_PENDING and STATUS_TIMEOUT count. */
export function NT_SUCCESS(status: number): boolean {
  return status >>> 31 === 0;
}

export function NT_INFORMATION(status: number): boolean {
  return status >>> 30 === 1;
}

export function NT_WARNING(status: number): boolean {
  return status >>> 30 === 2;
}

export function NT_ERROR(status: number): boolean {
  return status >>> 30 === 3;
}

const severities: readonly [Severity, Severity, Severity, Severity] = ["success", "informational", "warning", "error"];

export function severityOf(status: number): Severity {
  return severities[(status >>> 30) as 0 | 1 | 2 | 3];
}

/** The facilities that a driver developer meets. */
const facilities: Readonly<Record<number, string>> = {
  1: "the debugger",
  2: "the RPC runtime",
  3: "the RPC stubs",
  4: "the I/O manager's driver errors",
  7: "a Win32 error wrapped as NTSTATUS",
  10: "terminal services",
  11: "USB",
  12: "human interface devices",
  13: "IEEE 1394",
  14: "clustering",
  20: "ACPI",
  21: "side-by-side assemblies",
  25: "transactions",
  26: "the common log",
  27: "video",
  28: "the filter manager",
  29: "monitors",
  30: "graphics",
  32: "the driver frameworks",
  33: "BitLocker",
  35: "network drivers",
  53: "Hyper-V",
};

/** Every code by its name, in numerical order. */
export const ntStatusCodes: Readonly<Record<string, number>> = codes;

const nameByCode = new Map<number, keyof typeof codes>();
for (const [name, code] of Object.entries(codes)) nameByCode.set(code, name as keyof typeof codes);

export function ntStatusHex(status: number): string {
  return `0x${(status >>> 0).toString(16).toUpperCase().padStart(8, "0")}`;
}

/** Undefined for a code that isn't in the table. */
export function ntStatusName(status: number): string | undefined {
  return nameByCode.get(status >>> 0);
}

/** "STATUS_ACCESS_DENIED" or "access_denied" to 0xC0000022; undefined when there is no such name. */
export function ntStatusByName(name: string): number | undefined {
  const upper = name.trim().toUpperCase();
  const full = upper.startsWith("STATUS_") ? upper : `STATUS_${upper}`;
  return Object.hasOwn(ntStatusCodes, full) ? ntStatusCodes[full] : undefined;
}

function unknownSentence(status: number): string {
  const severity = severityOf(status);
  const kind = severity === "error" ? "an error" : severity === "warning" ? "a warning" : `of ${severity} severity`;
  if (((status >>> 29) & 1) === 1) {
    return `A code that is not Microsoft's: ${kind} that a driver or program defined itself.`;
  }
  const facility = (status >>> 16) & 0xfff;
  const from = facilities[facility];
  if (facility === 0x7) return `The Win32 error ${status & 0xffff} as an NTSTATUS.`;
  if (from !== undefined) return `A code without a name here: ${kind} from ${from}.`;
  return `A code without a name here: ${kind} of facility ${facility}, number ${status & 0xffff}.`;
}

/** @param code signed or unsigned */
export function describeNtStatus(code: number): NtStatusDescription {
  const status = code >>> 0;
  const hex = ntStatusHex(status);
  const name = nameByCode.get(status);
  return {
    code: status,
    hex,
    name: name ?? `NTSTATUS ${hex}`,
    message: name === undefined ? unknownSentence(status) : ntStatusSentences[name],
    severity: severityOf(status),
  };
}
