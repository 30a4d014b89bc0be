/** An error as one line: name, code and sentence. */
import type { StatusError } from "../../machine/result";

/** NtScope's own errors have a name and no code. */
export function errorText({ name, status, message }: StatusError): string {
  return `${status === "" ? name : `${name} (${status})`}: ${message}`;
}
