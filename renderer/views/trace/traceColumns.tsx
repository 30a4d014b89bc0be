/** The columns of the list of IRPs. */
import type { ReactNode } from "react";
import { type IrpRow, type NtStatusText, visibleText } from "../../../preload/shared";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { clockText, driverName, millisecondsText, statusTone } from "./stepText";

export const traceColumns: GridColumn<IrpRow>[] = [
  { id: "number", title: "#", width: 44, align: "end", text: (row) => String(row.number) },
  { id: "time", title: "Time", width: 98, text: (row) => clockText(row.time) },
  { id: "process", title: "Process", width: 128, text: processText },
  { id: "function", title: "Function", width: 180, text: functionText },
  { id: "device", title: "Device and file", width: 190, text: deviceText },
  {
    id: "status",
    title: "Status",
    width: 200,
    text: (row) => row.status?.name ?? "under way",
    render: (row) => <StatusCell row={row} />,
  },
  {
    id: "information",
    title: "Information",
    width: 86,
    align: "end",
    text: (row) => (row.status ? row.information.toLocaleString("en-US") : ""),
  },
  {
    id: "duration",
    title: "Duration",
    width: 90,
    align: "end",
    text: (row) => (row.duration === undefined ? "" : millisecondsText(row.duration)),
  },
  { id: "hops", title: "Hops", width: 56, align: "end", text: (row) => String(row.hops) },
  { id: "driver", title: "Driver", width: 120, hiddenAtFirst: true, text: (row) => driverName(row.driver) },
  { id: "origin", title: "Issued by", width: 90, hiddenAtFirst: true, text: (row) => origins[row.origin] },
  { id: "thread", title: "TID", width: 70, align: "end", hiddenAtFirst: true, text: (row) => String(row.threadId) },
  { id: "irp", title: "IRP", width: 160, mono: true, hiddenAtFirst: true, text: (row) => row.irp },
];

export const origins: Record<IrpRow["origin"], string> = {
  user: "a system call",
  kernel: "the I/O manager",
  driver: "a driver",
};

export function processText(row: IrpRow): string {
  return `${visibleText(row.process)} (${row.processId})`;
}

export function functionText({ major, minor }: Pick<IrpRow, "major" | "minor">): string {
  return minor === 0 ? major : `${major} / ${minor}`;
}

export function deviceText(row: IrpRow): string {
  return visibleText(row.device + row.fileName);
}

/** A failure is seen in a list that is too narrow for its status. */
export function rowClass({ status, wasCancelled }: IrpRow): string | undefined {
  return status && !wasCancelled && statusTone(status) === "error" ? "irpFailed" : undefined;
}

function StatusCell({ row }: { row: IrpRow }): ReactNode {
  if (!row.status) return <span className="irpUnderWay">under way</span>;
  return <StatusName status={row.status} isCancelled={row.wasCancelled} />;
}

/** Coloured as the log's levels are; a cancelled one is no failure of its driver's. */
export function StatusName({
  status,
  isCancelled = false,
}: {
  status: NtStatusText;
  isCancelled?: boolean;
}): ReactNode {
  return (
    <span className="ntStatus" data-tone={isCancelled ? "warning" : statusTone(status)} title={status.message}>
      {status.name}
    </span>
  );
}
