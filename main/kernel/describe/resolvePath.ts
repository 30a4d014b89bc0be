/** A path's resolution hop by hop, from the object manager's own look-up. Opens nothing. */
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import type { Resolution, ResolveHop } from "../../machine/machine";
import { ROOT_PATH, splitPath } from "../../machine/ntPath";
import { ntStatusText } from "../../machine/statusText";
import { visibleText } from "../../machine/visibleText";
import type { ExplanationHop } from "../ob/explain";
import type { KernelParts } from "./kernelParts";
import { refusalNote } from "./refusalNote";

function remainingAfter(components: readonly string[]): string {
  return components.length === 0 ? "" : `\\${components.join("\\")}`;
}

function noteOf(hop: ExplanationHop, within: string): string | undefined {
  const name = visibleText(hop.component);
  if (hop.type === undefined) return `There is no "${name}" in ${visibleText(within)}.`;
  if (hop.reparse !== undefined) return `The search goes on at ${visibleText(hop.reparse) || "the root"}.`;
  if (hop.parsed !== undefined && hop.parsed !== "") {
    return `"${visibleText(hop.parsed)}" is for the ${hop.type.toLowerCase()} itself to make sense of.`;
  }
  if (!NT_SUCCESS(hop.status)) return `The search ends at ${visibleText(hop.object)}, a ${hop.type}.`;
  return hop.component === "??" ? `The DOS devices of this process: ${visibleText(hop.object)}.` : undefined;
}

/** Where a walk starts (`component` "" ) is no hop of its own. */
function toHops(path: string, explained: readonly ExplanationHop[]): ResolveHop[] {
  const hops: ResolveHop[] = [];
  let within = ROOT_PATH;
  let components = splitPath(path);
  for (const hop of explained) {
    if (hop.component === "") {
      within = hop.object;
      continue;
    }
    components = components.slice(1);
    const note = noteOf(hop, within);
    hops.push({
      component: hop.component,
      within,
      ...(hop.type === undefined ? {} : { type: hop.type }),
      ...(hop.linkTarget === undefined ? {} : { linkTarget: hop.linkTarget }),
      remaining: remainingAfter(components),
      status: ntStatusText(hop.status),
      ...(note === undefined ? {} : { note }),
    });
    if (hop.reparse !== undefined) components = splitPath(hop.reparse);
    within = hop.reparse === undefined ? hop.object : ROOT_PATH;
  }
  return hops;
}

/** At the end of the way: what the caller may not do there, and why not. */
function withRefusal(parts: KernelParts, path: string, hops: ResolveHop[]): ResolveHop[] {
  const last = hops.at(-1);
  const refused = refusalNote(parts, path);
  if (last === undefined || refused === undefined) return hops;
  const note = last.note === undefined ? refused : `${last.note} ${refused}`;
  return [...hops.slice(0, -1), { ...last, note }];
}

/** @param path an NT path */
export function resolvePath(parts: KernelParts, path: string): Resolution {
  const { hops: explained, status } = parts.ob.explain(path);
  const last = explained.at(-1);
  const reached = NT_SUCCESS(status) && last?.type !== undefined ? { path: last.object, type: last.type } : undefined;
  const hops = withRefusal(parts, path, toHops(path, explained));
  return { path, hops, status: ntStatusText(status), ...(reached === undefined ? {} : { reached }) };
}
