/** Opens devices and talks to them: open with an access, write, read, close; every answer with its NTSTATUS and bytes. */
import { type ReactNode, useEffect, useState } from "react";
import { type Access, visibleText } from "../../../preload/shared";
import { useCommands } from "../../commands/useCommands";
import { ArrayGrid } from "../../frame/ArrayGrid";
import type { PaneProps } from "../../frame/paneDefinition";
import { Button, IconButton } from "../../ui/Button";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { EmptyState } from "../../ui/EmptyState";
import { Glyph } from "../../ui/Glyph";
import { Toolbar } from "../../ui/Toolbar";
import { AnswerView } from "./AnswerView";
import {
  type ConsoleRow,
  clearConsole,
  closeDevice,
  followConsole,
  type OpenDevice,
  openDevice,
  selectHandle,
  statusOf,
  useConsole,
} from "./consoleState";
import { RequestForm } from "./RequestForm";
import { RunAsSelect } from "./RunAsSelect";
import "./console.css";

const columns: GridColumn<ConsoleRow>[] = [
  { id: "request", title: "Request", width: 230, text: (row) => visibleText(row.request) },
  { id: "handle", title: "Handle", width: 58, text: (row) => row.handle },
  { id: "status", title: "Status", width: 232, text: statusText, render: (row) => <StatusCell row={row} /> },
  {
    id: "bytes",
    title: "Bytes",
    width: 70,
    align: "end",
    text: (row) => (row.answer?.ok ? String(row.answer.value.information) : ""),
  },
  {
    id: "duration",
    title: "ms",
    width: 80,
    align: "end",
    text: (row) => (row.answer?.ok ? row.answer.value.duration.toFixed(3) : ""),
  },
  {
    id: "time",
    title: "Time",
    width: 90,
    hiddenAtFirst: true,
    text: (row) => new Date(row.time).toTimeString().slice(0, 8),
  },
];

export default function ConsolePane({ paneId, params }: PaneProps): ReactNode {
  const { handles, selectedHandle, rows } = useConsole();
  const [selected, setSelected] = useState<ConsoleRow>();
  const device = handles.find(({ handle }) => handle === selectedHandle);
  useEffect(() => {
    const following = followConsole();
    return () => following.dispose();
  }, []);
  useCommands(paneId, { "log.clear": { run: clearConsole } });

  return (
    <div className="consolePane">
      <OpenBar suggested={typeof params.path === "string" ? params.path : ""} />
      <HandleBar handles={handles} device={device} />
      {device ? <RequestForm device={device} /> : null}
      <div className="consoleAnswers">
        <ArrayGrid
          grid="console"
          label="Requests and their answers"
          rows={rows}
          columns={columns}
          keyOf={(row) => String(row.id)}
          revealKey={rows.at(-1) && String(rows.at(-1)?.id)}
          onSelect={(row) => setSelected(row)}
          empty={
            <EmptyState title="Open a device to talk to it">
              The driver gets IRP_MJ_CREATE at once, and CLEANUP and CLOSE when the handle is closed.
            </EmptyState>
          }
        />
        {selected ? <AnswerView row={selected} /> : null}
      </div>
    </div>
  );
}

function OpenBar({ suggested }: { suggested: string }): ReactNode {
  const [path, setPath] = useState(suggested || "\\\\.\\");
  const [access, setAccess] = useState<Access>("rw");
  const [seen, setSeen] = useState(suggested);
  if (seen !== suggested) {
    setSeen(suggested);
    setPath(suggested);
  }
  const open = () => void openDevice(path, access);
  return (
    <Toolbar label="Open a device">
      <input
        className="input mono consolePath"
        aria-label="Path of the device"
        data-pane-focus=""
        value={path}
        spellCheck={false}
        onChange={(event) => setPath(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") open();
        }}
      />
      <select
        className="input"
        aria-label="Access"
        value={access}
        onChange={(event) => setAccess(event.currentTarget.value as Access)}
      >
        <option value="rw">Read and write</option>
        <option value="r">Read</option>
        <option value="w">Write</option>
        <option value="0">Attributes only</option>
      </select>
      <Button onPress={open}>
        <Glyph name="door" /> Open
      </Button>
      <RunAsSelect />
      <span className="toolbarGap" />
      <IconButton label="Clear answers" onPress={clearConsole}>
        <Glyph name="trash" />
      </IconButton>
    </Toolbar>
  );
}

function HandleBar({ handles, device }: { handles: readonly OpenDevice[]; device: OpenDevice | undefined }): ReactNode {
  if (handles.length === 0) return null;
  return (
    <div className="handleBar" role="toolbar" aria-label="Open handles">
      {handles.map((open) => (
        <span key={open.handle} className={open === device ? "handleChip handleChosen" : "handleChip"}>
          <button type="button" aria-pressed={open === device} onClick={() => selectHandle(open.handle)}>
            <b>{open.name}</b> {visibleText(open.path)} <span className="muted">{open.access}</span>
          </button>
          <IconButton label={`Close ${open.name}`} onPress={() => void closeDevice(open)}>
            <Glyph name="close" />
          </IconButton>
        </span>
      ))}
    </div>
  );
}

function statusText(row: ConsoleRow): string {
  return row.answer ? statusOf(row.answer).name : "pending…";
}

function StatusCell({ row }: { row: ConsoleRow }): ReactNode {
  if (!row.answer) {
    return (
      <span className="consolePending">
        pending…{" "}
        <button type="button" className="linkButton" onClick={row.cancel}>
          stop waiting
        </button>
      </span>
    );
  }
  return <span className={row.answer.ok ? "mono consoleGood" : "mono consoleBad"}>{statusOf(row.answer).name}</span>;
}
