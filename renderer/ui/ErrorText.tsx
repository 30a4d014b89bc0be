/** An error in full: name, code and sentence, never one without the others. */
import type { ReactNode } from "react";
import type { StatusError } from "../../preload/shared";
import { Glyph } from "./Glyph";
import "./controls.css";

/** "STATUS_ACCESS_DENIED (0xC0000022): Access is denied." */
export function errorLine({ name, status, message }: Pick<StatusError, "name" | "status" | "message">): string {
  return status ? `${name} (${status}): ${message}` : message;
}

export function ErrorText({ error }: { error: Pick<StatusError, "name" | "status" | "message"> }): ReactNode {
  return (
    <span className="errorText selectable">
      <Glyph name="error" />
      <span>
        {error.status ? (
          <>
            <span className="mono">{error.name}</span> <span className="mono">({error.status})</span>:{" "}
          </>
        ) : null}
        {error.message}
      </span>
    </span>
  );
}
