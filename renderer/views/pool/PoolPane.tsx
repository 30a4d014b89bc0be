/**
 * Pool usage by tag, as poolmon shows it: who allocated how much and has not freed it. A mark remembers the numbers, so that
 * a leak is seen by what grows after it.
 */
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useCommands } from "../../commands/useCommands";
import { useMachine } from "../../engine/machineState";
import { createPacedRefresh } from "../../engine/pacedRefresh";
import { useMachineChanges } from "../../engine/useMachineChanges";
import { ArrayGrid } from "../../frame/ArrayGrid";
import type { PaneProps } from "../../frame/paneDefinition";
import { Button, IconButton } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorText } from "../../ui/ErrorText";
import { Glyph } from "../../ui/Glyph";
import { SearchField } from "../../ui/TextField";
import { Toolbar } from "../../ui/Toolbar";
import { useIsVisible } from "../../ui/useIsVisible";
import { markedPoolColumns, poolColumns } from "./poolColumns";
import { hasChanged, matchesTag, type PoolRow, poolKey, poolRows } from "./poolRows";
import { clearMark, loadPool, setMark, usePool } from "./poolStore";
import "./pool.css";

/** Ms between two looks, as changes come: quick enough to see which action allocates. */
const refreshPause = 500;
/** Ms. A driver that allocates in a timer tells nobody; poolmon itself looks every five seconds. */
const pollInterval = 2_000;

export default function PoolPane({ paneId }: PaneProps): ReactNode {
  const { usage, mark, error } = usePool();
  const [filter, setFilter] = useState("");
  const [onlyChanged, setOnlyChanged] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const filterRef = useRef<HTMLInputElement>(null);
  const refresh = usePoolRefresh(useIsVisible(element));
  useCommands(paneId, {
    "view.refresh": { run: refresh },
    "edit.quickFilter": { run: () => filterRef.current?.select() },
  });
  const rows = useMemo(() => poolRows(usage ?? [], mark), [usage, mark]);
  const showsChanges = mark !== undefined && onlyChanged;
  const shown = useMemo(
    () => rows.filter((row) => matchesTag(row, filter) && (!showsChanges || hasChanged(row))),
    [rows, filter, showsChanges],
  );
  const isNarrowed = filter !== "" || showsChanges;
  return (
    <div ref={element} className="poolPane">
      <Toolbar label="Pool">
        <Button onPress={setMark} isDisabled={!usage}>
          <Glyph name="bookmark" /> Mark
        </Button>
        {mark ? (
          <>
            <IconButton label="Clear mark" onPress={clearMark}>
              <Glyph name="close" />
            </IconButton>
            <label className="checkLine">
              <input type="checkbox" checked={onlyChanged} onChange={() => setOnlyChanged(!onlyChanged)} />
              Only what changed since {new Date(mark.time).toTimeString().slice(0, 8)}
            </label>
          </>
        ) : null}
        <span className="toolbarGap" />
        <Totals rows={rows} />
        <SearchField
          label="Filter tags"
          placeholder="Filter"
          value={filter}
          onChange={setFilter}
          inputRef={filterRef}
          count={isNarrowed ? `${shown.length} of ${rows.length}` : undefined}
        />
      </Toolbar>
      <div className="poolTags">
        <ArrayGrid<PoolRow>
          grid="pool"
          label="Pool usage by tag"
          rows={shown}
          columns={mark ? markedPoolColumns : poolColumns}
          keyOf={poolKey}
          empty={<NoTags isNarrowed={isNarrowed && rows.length > 0} />}
        />
      </div>
      {error && usage ? (
        <div className="paneError" role="alert">
          <ErrorText error={error} /> <span className="muted">What was last known is shown above.</span>
        </div>
      ) : null}
    </div>
  );
}

/** Keeps the numbers fresh while somebody looks, one question at a time. @returns asks at once */
function usePoolRefresh(isLookedAt: boolean): () => Promise<void> {
  const refresh = useRef<ReturnType<typeof createPacedRefresh>>(undefined);
  useEffect(() => {
    const paced = createPacedRefresh(loadPool, refreshPause);
    refresh.current = paced;
    return () => paced.dispose();
  }, []);
  useMachineChanges(isLookedAt, () => refresh.current?.poke());
  useEffect(() => {
    if (!isLookedAt) return;
    const timer = setInterval(() => refresh.current?.poke(), pollInterval);
    return () => clearInterval(timer);
  }, [isLookedAt]);
  return async () => refresh.current?.now();
}

function Totals({ rows }: { rows: readonly PoolRow[] }): ReactNode {
  if (rows.length === 0) return null;
  const bytesOf = (type: PoolRow["type"]) =>
    rows.reduce((sum, row) => (row.type === type ? sum + row.bytes : sum), 0).toLocaleString("en-US");
  return (
    <span className="muted toolbarText">
      Nonpaged {bytesOf("Nonp")} · Paged {bytesOf("Paged")} bytes
    </span>
  );
}

function NoTags({ isNarrowed }: { isNarrowed: boolean }): ReactNode {
  const { usage, mark, error } = usePool();
  const isThere = useMachine(({ info }) => info?.capabilities.includes("pool") ?? true);
  if (!isThere)
    return <EmptyState title="This machine does not tell its pool usage">The model kernel does.</EmptyState>;
  if (error && !usage) {
    return (
      <EmptyState title="The pool could not be read">
        <ErrorText error={error} />
      </EmptyState>
    );
  }
  if (isNarrowed && mark) {
    return (
      <EmptyState title="Nothing changed since the mark">
        Load a driver, open a device, or whatever may leak; what allocates appears here.
      </EmptyState>
    );
  }
  if (isNarrowed) return <EmptyState title="No tag matches the filter" />;
  return usage ? <EmptyState title="No pool is in use" /> : null;
}
