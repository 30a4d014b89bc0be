/** Driver services: what `sc` lists, with create, start, stop and delete. */
import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { CommandId } from "../../../preload/commands";
import { type ServiceInfo, visibleText } from "../../../preload/shared";
import { popupMenu } from "../../commands/menuState";
import { runCommand } from "../../commands/registry";
import { useCommands } from "../../commands/useCommands";
import { ArrayGrid } from "../../frame/ArrayGrid";
import type { PaneProps } from "../../frame/paneDefinition";
import { Button, IconButton } from "../../ui/Button";
import type { GridColumn } from "../../ui/dataGrid/columnLayout";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorText } from "../../ui/ErrorText";
import { Glyph } from "../../ui/Glyph";
import { SearchField } from "../../ui/TextField";
import { Toolbar } from "../../ui/Toolbar";
import { CreateServiceDialog } from "./CreateServiceDialog";
import { canStart, canStop, followServices, loadServices, selectService, useServices } from "./servicesState";
import "./services.css";

const columns: GridColumn<ServiceInfo>[] = [
  { id: "name", title: "Name", width: 150, sortable: true, text: (row) => visibleText(row.name) },
  {
    id: "state",
    title: "State",
    width: 110,
    sortable: true,
    decoration: 18,
    text: (row) => stateText(row),
    render: (row) => <ServiceStateCell service={row} />,
  },
  { id: "start", title: "Start", width: 80, sortable: true, text: (row) => row.start },
  { id: "type", title: "Type", width: 80, sortable: true, text: (row) => row.type },
  { id: "binPath", title: "Driver", width: 280, sortable: true, text: (row) => visibleText(row.binPath) },
  {
    id: "displayName",
    title: "Display name",
    width: 200,
    sortable: true,
    hiddenAtFirst: true,
    text: (row) => visibleText(row.displayName),
  },
  {
    id: "exitCode",
    title: "Exit code",
    width: 80,
    sortable: true,
    align: "end",
    hiddenAtFirst: true,
    text: (row) => String(row.exitCode),
  },
];

const contextMenu: (CommandId | "-")[] = [
  "service.start",
  "service.stop",
  "-",
  "service.delete",
  "-",
  "service.create",
];

export default function ServicesPane({ paneId }: PaneProps): ReactNode {
  const { services, selected, reveal, failure, busy, isCreating } = useServices();
  const [filter, setFilter] = useState("");
  useEffect(() => {
    const following = followServices();
    return () => following.dispose();
  }, []);
  useCommands(paneId, { "view.refresh": { run: loadServices } });

  const shown = useMemo(() => {
    const wanted = filter.toLowerCase();
    return services.filter((row) =>
      `${row.name}\n${row.displayName}\n${row.binPath}\n${stateText(row)}`.toLowerCase().includes(wanted),
    );
  }, [services, filter]);

  return (
    <div className="servicesPane">
      <Toolbar label="Services">
        <Button onPress={() => void runCommand("service.create")}>
          <Glyph name="plus" /> Create…
        </Button>
        <IconButton
          label="Start service"
          isDisabled={!canStart(selected)}
          onPress={() => void runCommand("service.start")}
        >
          <Glyph name="play" />
        </IconButton>
        <IconButton
          label="Stop service"
          isDisabled={!canStop(selected)}
          onPress={() => void runCommand("service.stop")}
        >
          <Glyph name="stop" />
        </IconButton>
        <IconButton
          label="Delete service"
          isDisabled={selected === undefined}
          onPress={() => void runCommand("service.delete")}
        >
          <Glyph name="trash" />
        </IconButton>
        <span className="muted">{busy ? `${busy}…` : ""}</span>
        <span className="toolbarGap" />
        <SearchField
          label="Filter services"
          placeholder="Filter"
          value={filter}
          onChange={setFilter}
          count={filter ? `${shown.length} of ${services.length}` : undefined}
        />
      </Toolbar>
      <ArrayGrid
        grid="services"
        label="Driver services"
        rows={shown}
        columns={columns}
        keyOf={(row) => row.name}
        revealKey={reveal}
        onSelect={selectService}
        onContextMenu={(at) => void popupMenu(contextMenu, at)}
        empty={
          services.length === 0 ? (
            <EmptyState title="No services" />
          ) : (
            <EmptyState title="No service matches the filter" />
          )
        }
      />
      {failure ? (
        <div className="paneError" role="alert">
          <span>{failure.asked}:</span> <ErrorText error={failure.error} />
        </div>
      ) : null}
      {isCreating ? <CreateServiceDialog onClose={() => useServices.setState({ isCreating: false })} /> : null}
    </div>
  );
}

function stateText(service: ServiceInfo): string {
  const words = { STOPPED: "Stopped", START_PENDING: "Starting", STOP_PENDING: "Stopping", RUNNING: "Running" };
  return service.markedForDelete ? `${words[service.state]}, to be deleted` : words[service.state];
}

function ServiceStateCell({ service }: { service: ServiceInfo }): ReactNode {
  return (
    <span className={service.state === "RUNNING" ? "serviceState serviceRunning" : "serviceState"}>
      <Glyph name={service.state === "RUNNING" ? "play" : service.state === "STOPPED" ? "stop" : "refresh"} />
      {stateText(service)}
    </span>
  );
}
