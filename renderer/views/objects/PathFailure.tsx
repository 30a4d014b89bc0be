/** Where a path's search ended: every hop that went well, then the one that did not, with its status. */
import type { ReactNode } from "react";
import { IconButton } from "../../ui/Button";
import { ErrorText } from "../../ui/ErrorText";
import { Glyph } from "../../ui/Glyph";
import { HopTable } from "./HopTable";
import type { PathAnswer } from "./navigation";

interface PathFailureProps {
  failure: Exclude<PathAnswer, { found: true }>;
  onClose(): void;
}

export function PathFailure({ failure, onClose }: PathFailureProps): ReactNode {
  const hops = "resolution" in failure ? failure.resolution.hops : [];
  return (
    <div className="pathDrop pathFailure" role="alert">
      <div style={{ display: "flex", gap: 8 }}>
        <div style={{ flex: 1 }}>
          <ErrorText error={"resolution" in failure ? failure.resolution.status : failure.error} />
        </div>
        <IconButton label="Close" onPress={onClose}>
          <Glyph name="close" />
        </IconButton>
      </div>
      {hops.length > 0 ? <HopTable hops={hops} /> : null}
    </div>
  );
}
