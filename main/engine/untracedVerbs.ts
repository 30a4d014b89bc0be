/** The trace's verbs of an engine over a machine that traces no IRPs: each answers why there are none. */
import { fail, ntscopeError, type Result } from "../machine/result";
import type { HandlersOf } from "./engineParts";

function refuse(): Result<never> {
  return fail(ntscopeError("no-trace", "This machine does not trace its IRPs."));
}

export const untracedVerbs: HandlersOf<"trace"> = {
  "trace.state": refuse,
  "trace.rows": refuse,
  "trace.irp": refuse,
  "trace.record": refuse,
  "trace.clear": refuse,
  "trace.save": refuse,
};
