/** A step of a path's look-up as one line. */
import type { ResolveHop } from "../../machine/machine";
import { visibleText } from "../../machine/visibleText";

export function hopText(hop: ResolveHop, index: number): string {
  const found = hop.type ?? hop.status.name;
  const target = hop.linkTarget === undefined ? "" : ` -> ${visibleText(hop.linkTarget)}`;
  const note = hop.note ? `  ${visibleText(hop.note)}` : "";
  const where = hop.isRefusal ? "of" : "in";
  return `  ${index + 1}. ${visibleText(hop.component)} ${where} ${visibleText(hop.within)}: ${found}${target}${note}`;
}
