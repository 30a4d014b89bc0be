/** The sources' part of the status bar: how many there are, and whether one of them keeps lines away. */
import { type ReactNode, useEffect } from "react";
import { visibleText } from "../../../preload/shared";
import { Part } from "../status/StatusPart";
import { followSources, useSources } from "./sourcesState";

export default function SourcesPart(): ReactNode {
  const sources = useSources((store) => store.sources);
  useEffect(followSources, []);
  if (sources.length === 0) return null;
  const failed = sources.filter(({ health }) => health.state === "failed");
  const losing = sources.filter(({ health }) => (health.counters.lost ?? 0) > 0);
  const [worst] = [...failed, ...losing];
  const count = `${sources.length} ${sources.length === 1 ? "source" : "sources"}`;
  return (
    <Part
      command="view.sources"
      title={visibleText(worst ? `${worst.name}: ${worst.health.message}` : "Where log lines come from")}
      {...(failed.length > 0
        ? { kind: "error" as const, glyph: "error" as const }
        : losing.length > 0
          ? { kind: "warning" as const, glyph: "warning" as const }
          : {})}
    >
      {failed.length > 0 ? `${count}, ${failed.length} failed` : count}
    </Part>
  );
}
