/** The steps of a path's look-up: every one that went well, then the one that did not, with its status. */
import type { ReactNode } from "react";
import { type ResolveHop, visibleText } from "../../../preload/shared";
import { Glyph } from "../../ui/Glyph";
import "./hopTable.css";

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

export function HopTable({ hops }: { hops: readonly ResolveHop[] }): ReactNode {
  return (
    <table className="hopTable selectable">
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
  );
}
