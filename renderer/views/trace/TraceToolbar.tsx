/** The trace's buttons, and its filter: one field each for device, process, function and status. */
import type { ReactNode, RefObject } from "react";
import type { IrpFilter } from "../../../preload/shared";
import { runCommand } from "../../commands/registry";
import { IconButton } from "../../ui/Button";
import { Glyph } from "../../ui/Glyph";
import { SearchField } from "../../ui/TextField";
import { Toolbar } from "../../ui/Toolbar";

interface TraceToolbarProps {
  isRecording: boolean;
  isFollowing: boolean;
  filter: IrpFilter;
  /** "12 of 340". */
  count: string;
  deviceRef: RefObject<HTMLInputElement | null>;
  onFollow(): void;
  onFilter(filter: IrpFilter): void;
  /** Enter or Escape in a field: back to the list. */
  onLeave(): void;
}

/** wdm.h, by how often one looks for them. */
const functions = [
  "IRP_MJ_CREATE",
  "IRP_MJ_READ",
  "IRP_MJ_WRITE",
  "IRP_MJ_DEVICE_CONTROL",
  "IRP_MJ_INTERNAL_DEVICE_CONTROL",
  "IRP_MJ_CLEANUP",
  "IRP_MJ_CLOSE",
  "IRP_MJ_FLUSH_BUFFERS",
  "IRP_MJ_QUERY_INFORMATION",
  "IRP_MJ_SET_INFORMATION",
  "IRP_MJ_QUERY_VOLUME_INFORMATION",
  "IRP_MJ_PNP",
  "IRP_MJ_POWER",
  "IRP_MJ_SYSTEM_CONTROL",
  "IRP_MJ_SHUTDOWN",
];
const statuses = ["pending", "error", "STATUS_SUCCESS", "STATUS_CANCELLED"];

const fields = [
  { key: "device", label: "Device", suggestions: undefined },
  { key: "process", label: "Process", suggestions: undefined },
  { key: "major", label: "Function", suggestions: functions },
  { key: "status", label: "Status", suggestions: statuses },
] as const;

export function TraceToolbar(props: TraceToolbarProps): ReactNode {
  const { isRecording, filter } = props;
  return (
    <Toolbar label="IRP trace">
      <IconButton
        label={isRecording ? "Pause recording" : "Record IRPs"}
        isPressed={!isRecording}
        onPress={() => void runCommand("trace.record")}
      >
        <Glyph name={isRecording ? "pause" : "record"} />
      </IconButton>
      <IconButton label="Auto scroll" isPressed={props.isFollowing} onPress={props.onFollow}>
        <Glyph name="down" />
      </IconButton>
      <IconButton label="Clear IRP trace" onPress={() => void runCommand("trace.clear")}>
        <Glyph name="trash" />
      </IconButton>
      <IconButton label="Save IRP trace" onPress={() => void runCommand("trace.save")}>
        <Glyph name="save" />
      </IconButton>
      <span className="toolbarLine" />
      <div className="traceFilter">
        {fields.map(({ key, label, suggestions }) => (
          <SearchField
            key={key}
            label={`${label}: a part of it, or a pattern with *`}
            placeholder={label}
            value={filter[key] ?? ""}
            onChange={(text) => props.onFilter(withPart(filter, key, text))}
            onSubmit={props.onLeave}
            onLeave={props.onLeave}
            {...(suggestions ? { suggestions } : {})}
            {...(key === "device" ? { inputRef: props.deviceRef } : {})}
          />
        ))}
      </div>
      <output className="muted traceCount">{props.count}</output>
    </Toolbar>
  );
}

export function withPart(filter: IrpFilter, key: keyof IrpFilter, text: string): IrpFilter {
  const { [key]: _before, ...rest } = filter;
  return text === "" ? rest : { ...rest, [key]: text };
}
