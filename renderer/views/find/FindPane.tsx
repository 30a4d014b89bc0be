/** Find Object: a pattern over the whole namespace or a branch of it; choosing a result goes there. */
import { type FormEvent, type ReactNode, useEffect } from "react";
import { type FindMatch, visibleText } from "../../../preload/shared";
import { copyText } from "../../frame/clipboard";
import type { PaneProps } from "../../frame/paneDefinition";
import { TypeIcon } from "../../icons/TypeIconSprite";
import { typeNames } from "../../icons/typeNames";
import { useGridSettings } from "../../settings/useGridSettings";
import { Button } from "../../ui/Button";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { DataGrid } from "../../ui/dataGrid/DataGrid";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorText, errorLine } from "../../ui/ErrorText";
import { goToObject } from "../objects/navigation";
import { useObjects } from "../objects/objectsStore";
import "./find.css";
import { cancelSearch, findSource, mostMatches, search, showMatches, useFind } from "./findStore";

const columns: GridColumn<FindMatch>[] = [
  {
    id: "path",
    title: "Path",
    width: 380,
    sortable: true,
    decoration: 22,
    text: (match) => visibleText(match.path),
    render: (match) => (
      <span className="objectName">
        <TypeIcon type={match.type} />
        <span className="objectText">{visibleText(match.path)}</span>
      </span>
    ),
  },
  { id: "type", title: "Type", width: 130, sortable: true, text: (match) => match.type },
  {
    id: "detail",
    title: "Link target / Description",
    width: 320,
    sortable: true,
    text: (match) => visibleText(match.detail ?? ""),
  },
];

function Summary(): ReactNode {
  const { answer, matches, isSearching } = useFind();
  if (isSearching) return <span className="muted">Searching…</span>;
  if (!answer) return null;
  const { unreadable, truncated } = answer;
  const number = matches.length.toLocaleString("en-US");
  return (
    <output className="findSummary">
      {number} {matches.length === 1 ? "object" : "objects"}
      {truncated ? `, and more: the search stopped at ${mostMatches.toLocaleString("en-US")}` : ""}
      {unreadable.length > 0 ? (
        <span
          className="findUnreadable"
          title={unreadable.map(({ path, error }) => `${visibleText(path)}: ${errorLine(error)}`).join("\n")}
        >
          {unreadable.length} {unreadable.length === 1 ? "directory" : "directories"} could not be read
        </span>
      ) : null}
    </output>
  );
}

function FindForm({ onSearch }: { onSearch(): void }): ReactNode {
  const { pattern, type, within, isSearching } = useFind();
  const current = useObjects((store) => store.path);
  function submit(event: FormEvent) {
    event.preventDefault();
    onSearch();
  }
  return (
    <form className="toolbar findForm" onSubmit={submit}>
      <input
        className="input findPattern"
        data-pane-focus=""
        aria-label="Name or pattern"
        placeholder="Name, part of it, or a pattern with * and ?"
        spellCheck={false}
        value={pattern}
        onChange={(event) => useFind.setState({ pattern: event.currentTarget.value })}
      />
      <select
        className="input"
        aria-label="Type"
        value={type}
        onChange={(event) => useFind.setState({ type: event.currentTarget.value })}
      >
        <option value="">All types</option>
        {typeNames.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <select
        className="input findWithin"
        aria-label="Where"
        value={within}
        onChange={(event) => useFind.setState({ within: event.currentTarget.value })}
      >
        <option value="\">Whole namespace</option>
        {current === "\\" ? null : <option value={current}>In {visibleText(current)}</option>}
        {within === "\\" || within === current ? null : <option value={within}>In {visibleText(within)}</option>}
      </select>
      {isSearching ? (
        <Button onPress={cancelSearch}>Stop</Button>
      ) : (
        <Button isDefault onPress={onSearch}>
          Find
        </Button>
      )}
      <Summary />
    </form>
  );
}

export default function FindPane(_props: PaneProps): ReactNode {
  const { selection, error, answer } = useFind();
  const grid = useGridSettings("find");
  const { sort } = grid;
  useEffect(() => showMatches(sort), [sort]);
  function activate(row: number) {
    const match = findSource.row(row);
    if (match) void goToObject(match.path, match.type);
  }
  return (
    <>
      <FindForm onSearch={() => void search(sort)} />
      {error ? (
        <div className="findError">
          <ErrorText error={error} />
        </div>
      ) : null}
      <div className="findResults">
        <DataGrid
          label="Objects found"
          source={findSource}
          columns={columns}
          {...grid}
          selection={selection}
          onSelectionChange={(next) => {
            useFind.setState({ selection: next });
            // A single click jumps, as in WinObjEx64; the keyboard stays in the results.
            if (next.ranges.length === 1 && next.focus >= 0) activate(next.focus);
          }}
          onActivate={activate}
          onCopy={copyText}
          empty={
            <EmptyState title={answer ? "No object matches" : "Find objects anywhere in the namespace"}>
              {answer ? "Try a shorter part of the name, or all types." : "Search by part of a name, or by * and ?."}
            </EmptyState>
          }
        />
      </div>
    </>
  );
}
