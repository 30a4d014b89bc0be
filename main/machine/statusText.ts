/** NTSTATUS and Win32 codes as the port's values: number, name, sentence. */
import { describeNtStatus } from "../../native-bindings/abi/ntstatus/ntStatus";
import type { FieldValue } from "./fieldValue";
import type { NtStatusText } from "./machine";
import { fail, type StatusError } from "./result";

const successText: NtStatusText = textOf(0);

function textOf(status: number): NtStatusText {
  const { hex, name, message } = describeNtStatus(status);
  return { status: hex, name, message };
}

/** Most answers are STATUS_SUCCESS, whose words are made once. */
export function ntStatusText(status: number): NtStatusText {
  return status === 0 ? { ...successText } : textOf(status);
}

export function ntError(status: number): StatusError {
  const { code, hex, name, message } = describeNtStatus(status);
  return { domain: "nt", code, status: hex, name, message };
}

/** @param note a sentence of our own after NT's: which component was missing, and where. */
export function failNt(status: number, note?: string): { ok: false; error: StatusError } {
  const error = ntError(status);
  return fail(note === undefined ? error : { ...error, message: `${error.message} ${note}` });
}

/** A status as a field's value, where the status itself is the answer. */
export function statusValue(status: number): FieldValue {
  const { hex, name, message } = describeNtStatus(status);
  return { kind: "code", raw: hex, name, meaning: message };
}
