/**
 * The newcomer's way through the article "Creating Devices": load the driver, look at its device, open the device. Each step
 * does what a user would do by hand, through the same verbs, and is ticked off by what the machine then says.
 */
import { create } from "zustand";
import type { StatusError } from "../../../preload/shared";
import { engine } from "../../engine/connection";
import { openPane } from "../../frame/dock";
import { goToObject } from "../objects/navigation";
import { openProperties } from "../properties/openProperties";

export type StepState = "waiting" | "done";

interface GuideState {
  loaded: StepState;
  shown: StepState;
  opened: StepState;
  error: StatusError | undefined;
}

const fresh: GuideState = { loaded: "waiting", shown: "waiting", opened: "waiting", error: undefined };

export const useGuide = create<GuideState>(() => fresh);

export const guideService = "example";
export const guideDevice = "\\Device\\Example";

/** A service that exists or runs already is as good as one just made. */
const ALREADY = new Set(["ERROR_SERVICE_EXISTS", "ERROR_DUPLICATE_SERVICE_NAME", "ERROR_SERVICE_ALREADY_RUNNING"]);

export async function loadDriver(): Promise<void> {
  const created = await engine.call("services.create", {
    name: guideService,
    binPath: "builtin:example",
    type: "kernel",
  });
  if (!created.ok && !ALREADY.has(created.error.name)) return tell(created.error);
  const started = await engine.call("services.start", { name: guideService });
  if (!started.ok && !ALREADY.has(started.error.name)) return tell(started.error);
  useGuide.setState({ loaded: "done", error: undefined });
  await goToObject(guideDevice, "Device");
}

export async function showDevice(): Promise<void> {
  await goToObject(guideDevice, "Device");
  openProperties(guideDevice);
  useGuide.setState({ shown: "done", error: undefined });
}

export async function queryDevice(): Promise<void> {
  const answer = await engine.call("objects.describe", { path: guideDevice, open: true });
  if (!answer.ok) return tell(answer.error);
  if (answer.value.opened && !answer.value.opened.ok) return tell(answer.value.opened.error);
  openPane("log", { inBackground: true });
  useGuide.setState({ opened: "done", error: undefined });
}

/** Steps that the machine undid (a stop, a restart) are to be done again. */
export function followGuide(): { dispose(): void } {
  const check = async () => {
    const service = await engine.call("services.query", { name: guideService });
    if (service.ok && service.value.state === "RUNNING") useGuide.setState({ loaded: "done" });
    else if (useGuide.getState().loaded === "done") useGuide.setState(fresh);
  };
  const connected = engine.onDidConnect(() => void check());
  const changed = engine.on("machine", (event) => {
    if (event.kind === "servicesChanged" || event.kind === "stateChanged") void check();
  });
  return {
    dispose() {
      connected.dispose();
      changed.dispose();
    },
  };
}

function tell(error: StatusError): void {
  useGuide.setState({ error });
}
