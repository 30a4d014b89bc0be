/** The verbs about machines: which there are, and opening, closing and showing them. */
import { type BrowserWindow, dialog } from "electron";
import type { MachineRequest } from "../../preload/contract";
import type { RecentMachine } from "../../preload/settings";
import type { MachineSpec } from "../attach/machineSpec";
import type { Result } from "../machine/result";
import { chooseKeyFileOptions, choosePrefixOptions } from "./dialogs";
import { ShellError, type ShellHandlers } from "./ipc";
import type { Machines } from "./machines";
import type { SettingsStore } from "./settingsStore";

export interface MachineHandlersOptions {
  window: BrowserWindow;
  settings: SettingsStore;
  machines: Machines;
}

type MachineHandlers = Pick<ShellHandlers, Extract<keyof ShellHandlers, `machines.${string}` | `engine.${string}`>>;

/** More than fit into a list that one looks through. */
const mostRecent = 10;

export function machineHandlers({ window, settings, machines }: MachineHandlersOptions): MachineHandlers {
  return {
    "engine.status": (_params, machine) => machines.get(machine).engine.status,
    "engine.restart": async (_params, machine) => {
      await machines.get(machine).engine.restart();
      return null;
    },
    "engine.cancel": (_params, machine) => {
      machines.get(machine).engine.cancel();
      return null;
    },
    "machines.list": () => machines.state(),
    "machines.open": async ({ machine, place }, asking) => {
      const spec = await specOfRequest(machine);
      if (!spec.ok) throw new ShellError(spec.error.name, spec.error.message);
      keepRecent(settings, machine, spec.value);
      const open = machines.sameAs(spec.value);
      if (open && (place === "tab" || open.id !== asking)) machines.activate(open.id);
      else if (place === "tab") machines.open(spec.value);
      else await machines.replace(asking, spec.value);
      return null;
    },
    "machines.close": ({ id }) => {
      if (!machines.close(id)) throw new ShellError("not-closed", "The first machine's tab stays open.");
      return null;
    },
    "machines.activate": (which) => {
      if ("id" in which) machines.activate(which.id);
      else machines.step(which.step);
      return null;
    },
    "machines.choosePrefix": () => choose(window, choosePrefixOptions()),
    "machines.chooseKeyFile": () => choose(window, chooseKeyFileOptions()),
    "machines.describe": ({ name, state }, machine) => {
      machines.describe(machine, name, state);
      return null;
    },
  };
}

async function choose(window: BrowserWindow, options: Electron.OpenDialogOptions): Promise<{ path: string } | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
  const [path] = filePaths;
  return canceled || path === undefined ? null : { path };
}

async function specOfRequest(request: MachineRequest): Promise<Result<MachineSpec>> {
  switch (request.kind) {
    case "model":
      return { ok: true, value: request };
    case "local":
      if (process.platform === "win32") return { ok: true, value: request };
      throw new ShellError("not-windows", "This computer does not run Windows.");
    case "wine":
      if (process.platform !== "win32") return { ok: true, value: request };
      throw new ShellError("no-wine", "On Windows there are no Wine prefixes: use this computer itself.");
    case "pairing": {
      const { agentOfPairingLine } = await import("../attach/machineChoice");
      return agentOfPairingLine(request.line);
    }
    case "agent": {
      const { agentAt } = await import("../attach/machineChoice");
      return agentAt(request.address, request.keyFile);
    }
  }
}

function keepRecent(settings: SettingsStore, request: MachineRequest, spec: MachineSpec): void {
  const recent = recentOf(request, spec);
  if (!recent) return;
  const isOther = (other: RecentMachine): boolean => placeOf(other) !== placeOf(recent);
  settings.change({
    recentMachines: [recent, ...settings.settings.recentMachines.filter(isOther)].slice(0, mostRecent),
  });
}

/** Never the key: where it came as a line, it is to be pasted again. */
function recentOf(request: MachineRequest, spec: MachineSpec): RecentMachine | undefined {
  if (request.kind === "agent") return { kind: "agent", address: request.address, keyFile: request.keyFile };
  if (spec.kind === "agent") {
    const { host, port } = spec.pairing;
    return { kind: "agent", address: `${host.includes(":") ? `[${host}]` : host}:${port}` };
  }
  if (spec.kind !== "wine") return undefined;
  return spec.prefix === undefined ? { kind: "wine" } : { kind: "wine", prefix: spec.prefix };
}

function placeOf(machine: RecentMachine): string {
  return machine.kind === "wine" ? `wine:${machine.prefix ?? ""}` : `agent:${machine.address}`;
}
