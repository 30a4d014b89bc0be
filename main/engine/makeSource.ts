/** The source that a user's words name. */
import { fail, ntscopeError, type Result } from "../machine/result";
import type { Source } from "../sources/source";

export function makeSource(spec: string): Result<Source> {
  return fail(ntscopeError("no-such-source", `"${spec}" is no source that NtScope knows.`));
}
