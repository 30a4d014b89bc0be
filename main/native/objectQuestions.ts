/** What is asked of an object in a thread that may be lost over it, and what comes back. Structured-cloneable. */
import type { NamedField } from "../machine/fieldValue";
import type { Result } from "../machine/result";
import type { ReadSecurity } from "../machine/securitySection";

export type ObjectQuestion =
  /** Handles, references, attributes. */
  | { kind: "counts"; path: string; type: string }
  /** The fields of the type's own queries. */
  | { kind: "state"; path: string; type: string }
  | { kind: "security"; path: string; type: string }
  /** Of this process' handle, which must have READ_CONTROL. */
  | { kind: "handleSecurity"; handle: bigint }
  /** Of a device that this process' handle is open on. */
  | { kind: "device"; handle: bigint }
  /** Names of accounts: `DOMAIN\name`, or an empty text where Windows knows none. */
  | { kind: "accounts"; sids: Uint8Array[] };

export interface ObjectAnswers {
  counts: NamedField[];
  state: NamedField[];
  security: ReadSecurity;
  handleSecurity: ReadSecurity;
  device: NamedField[];
  accounts: string[];
}

export type QuestionOf<K extends keyof ObjectAnswers> = Extract<ObjectQuestion, { kind: K }>;
/** Failures are the system's own, `STATUS_TIMEOUT` where there was no answer, `too-many-hung`, `query-failed`. */
export type AskObject = <K extends keyof ObjectAnswers>(question: QuestionOf<K>) => Promise<Result<ObjectAnswers[K]>>;
