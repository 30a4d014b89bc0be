/** Where a path's search ended: every hop that went well, then the one that did not, with its status. */
import type { ReactNode } from "react";
import { type ResolveHop, visibleText } from "../../../preload/shared";
import { IconButton } from "../../ui/Button";
import { ErrorText } from "../../ui/ErrorText";
import { Glyph } from "../../ui/Glyph";
import type { PathAnswer } from "./navigation";

interface PathFailureProps {
  failure: Exclude<PathAnswer, { found: true }>;
  onClose(): void;
}

function HopRow({ hop, isLast }: { hop: ResolveHop; isLast: boolean }): ReactNode {
  const found = hop.linkTarget !== undefined ? `link to ${visibleText(hop.linkTarget)}` : (hop.type ?? "");
  return (
    <tr data-failed={isLast || undefined}>
      <td>
        <span className="hopMark">
          <Glyph name={isLast ? "error" : "good"} />
        </span>
      </td>
      <td className="mono">{visibleText(hop.within)}</td>
      <td className="mono">{visibleText(hop.component)}</td>
      <td>{isLast ? `${hop.status.name}${hop.note ? `, ${visibleText(hop.note)}` : ""}` : found}</td>
    </tr>
  );
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
      {hops.length > 0 ? (
        <table className="selectable">
          <thead>
            <tr>
              <th aria-label="Outcome" />
              <th>In</th>
              <th>Looked up</th>
              <th>Found</th>
            </tr>
          </thead>
          <tbody>
            {hops.map((hop, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: hops are an ordered record that never changes
              <HopRow key={index} hop={hop} isLast={index === hops.length - 1} />
            ))}
          </tbody>
        </table>
      ) : null}
    </div>
  );
}
