/** Log sources: where lines come from, how it stands with each, and adding and removing them. */
import { type FormEvent, type ReactNode, useState } from "react";
import { type SourceInfo, visibleText } from "../../../preload/shared";
import { useCommands } from "../../commands/useCommands";
import { ArrayGrid } from "../../frame/ArrayGrid";
import type { PaneProps } from "../../frame/paneDefinition";
import { Button, IconButton } from "../../ui/Button";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorText } from "../../ui/ErrorText";
import { Glyph, type GlyphName } from "../../ui/Glyph";
import { Toolbar } from "../../ui/Toolbar";
import { addSource, followSources, loadSources, removeSource, useSources } from "./sourcesState";
import "./sources.css";

const stateWords = { starting: "Starting", running: "Running", failed: "Failed", ended: "Ended" } as const;
const stateGlyphs: Record<SourceInfo["health"]["state"], GlyphName> = {
  starting: "refresh",
  running: "play",
  failed: "error",
  ended: "stop",
};

/** As they are read, not as the protocol spells them. */
const counterWords: Record<string, string> = { skippedBytes: "bytes skipped", resent: "asked for again" };

function countersText({ health }: SourceInfo): string {
  return Object.entries(health.counters)
    .filter(([, count]) => count > 0)
    .map(([counter, count]) => `${count.toLocaleString("en-US")} ${counterWords[counter] ?? counter}`)
    .join(", ");
}

const columns: GridColumn<SourceInfo>[] = [
  { id: "name", title: "Source", width: 220, sortable: true, mono: true, text: (row) => visibleText(row.name) },
  {
    id: "state",
    title: "State",
    width: 100,
    sortable: true,
    decoration: 18,
    text: (row) => stateWords[row.health.state],
    render: (row) => (
      <span className="sourceState" data-state={row.health.state}>
        <Glyph name={stateGlyphs[row.health.state]} />
        {stateWords[row.health.state]}
      </span>
    ),
  },
  { id: "message", title: "Health", width: 420, text: (row) => visibleText(row.health.message) },
  { id: "counters", title: "Counted", width: 200, text: countersText },
];

export default function SourcesPane({ paneId }: PaneProps): ReactNode {
  followSources();
  const { sources, failure } = useSources();
  const [selected, setSelected] = useState<SourceInfo>();
  const [spec, setSpec] = useState("");
  useCommands(paneId, { "view.refresh": { run: loadSources } });

  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (spec.trim() !== "" && (await addSource(spec.trim()))) setSpec("");
  };
  // What is selected may have gone meanwhile.
  const chosen = sources.find(({ id }) => id === selected?.id);

  return (
    <div className="sourcesPane">
      <Toolbar label="Log sources">
        <form className="sourceForm" onSubmit={(event) => void add(event)}>
          <input
            className="input mono"
            aria-label="Source to add"
            placeholder="file PATH, kd tcp:HOST:PORT"
            title="file PATH, kd tcp:HOST:PORT, listen tcp:PORT, dbgview HOST… as the manual lists them"
            spellCheck={false}
            value={spec}
            onChange={(event) => setSpec(event.currentTarget.value)}
          />
          <Button type="submit" isDisabled={spec.trim() === ""} onPress={byTheForm}>
            <Glyph name="plus" /> Add
          </Button>
        </form>
        <IconButton
          label={chosen && !chosen.isRemovable ? "This source belongs to the machine" : "Remove source"}
          isDisabled={!chosen?.isRemovable}
          onPress={() => chosen && void removeSource(chosen)}
        >
          <Glyph name="trash" />
        </IconButton>
      </Toolbar>
      <ArrayGrid
        grid="sources"
        label="Log sources"
        rows={sources}
        columns={columns}
        keyOf={(row) => String(row.id)}
        onSelect={(row) => setSelected(row)}
        empty={
          <EmptyState title="No sources but the machine itself">
            What the machine's own drivers print is in the log anyway. A source brings in more: a kernel debugger's
            connection, a file that grows.
          </EmptyState>
        }
      />
      {failure ? (
        <div className="sourceFailure" role="alert">
          <span>{visibleText(failure.asked)}:</span> <ErrorText error={failure.error} />
        </div>
      ) : null}
    </div>
  );
}

/** A submit button's press is the form's own submit event. */
function byTheForm(): void {}
