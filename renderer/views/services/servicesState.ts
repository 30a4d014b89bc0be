/** The machine's driver services as the pane shows them, and what can be done to them. */
import { create } from "zustand";
import type { CreateServiceRequest, Result, ServiceInfo, StatusError } from "../../../preload/shared";
import { commandsChanged } from "../../commands/registry";
import { engine } from "../../engine/connection";

interface ServicesState {
  services: readonly ServiceInfo[];
  selected: ServiceInfo | undefined;
  /** The service to show next: one that was just created. */
  reveal: string | undefined;
  /** What failed last, with what was asked. */
  failure: { asked: string; error: StatusError } | undefined;
  /** A start or stop that is on its way: DriverEntry may take its time. */
  busy: string | undefined;
  /** The form for a new service is open. */
  isCreating: boolean;
}

export const useServices = create<ServicesState>(() => ({
  services: [],
  selected: undefined,
  reveal: undefined,
  failure: undefined,
  busy: undefined,
  isCreating: false,
}));

export async function loadServices(): Promise<void> {
  const answer = await engine.call("services.list", {});
  useServices.setState(
    answer.ok ? { services: answer.value } : { services: [], failure: { asked: "List services", error: answer.error } },
  );
}

/** Loads now and whenever the machine says that its services changed. */
export function followServices(): { dispose(): void } {
  const connected = engine.onDidConnect(() => void loadServices());
  const changed = engine.on("machine", (event) => {
    const isThere = event.kind === "stateChanged" && event.state.kind !== "disconnected";
    if (event.kind === "servicesChanged" || isThere) void loadServices();
  });
  return {
    dispose() {
      connected.dispose();
      changed.dispose();
    },
  };
}

export function selectService(service: ServiceInfo | undefined): void {
  useServices.setState({ selected: service });
  commandsChanged();
}

export function canStart(service: ServiceInfo | undefined): boolean {
  return service?.state === "STOPPED";
}

export function canStop(service: ServiceInfo | undefined): boolean {
  return service?.state === "RUNNING";
}

export async function createService(request: CreateServiceRequest): Promise<Result<ServiceInfo>> {
  const answer = await engine.call("services.create", request);
  if (answer.ok) {
    useServices.setState({ reveal: answer.value.name });
    await loadServices();
  }
  return answer;
}

export function startService(name: string): Promise<boolean> {
  return change(`Start ${name}`, () => engine.call("services.start", { name }));
}

export function stopService(name: string): Promise<boolean> {
  return change(`Stop ${name}`, () => engine.call("services.stop", { name }));
}

export function deleteService(name: string): Promise<boolean> {
  return change(`Delete ${name}`, () => engine.call("services.delete", { name }));
}

/** @returns whether it was done; a failure stands in the pane until the next try. */
async function change(asked: string, act: () => Promise<Result<unknown>>): Promise<boolean> {
  useServices.setState({ failure: undefined, busy: asked });
  const answer = await act();
  useServices.setState(answer.ok ? { busy: undefined } : { busy: undefined, failure: { asked, error: answer.error } });
  await loadServices();
  return answer.ok;
}
