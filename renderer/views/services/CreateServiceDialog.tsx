/** `sc create` as a form: a name and a driver. What the machine refuses is said in the dialog, which stays open. */
import { type ReactNode, useEffect, useState } from "react";
import { type MachineKind, type StatusError, visibleText } from "../../../preload/shared";
import { askShell } from "../../api";
import { engine } from "../../engine/connection";
import { useMachine } from "../../engine/machineState";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ErrorText } from "../../ui/ErrorText";
import { TextField } from "../../ui/TextField";
import { createService, startService } from "./servicesState";

interface BuiltinDriver {
  binPath: string;
  description: string;
}

export function CreateServiceDialog({ onClose }: { onClose(): void }): ReactNode {
  const drivers = useBuiltinDrivers();
  // Of NtScope's own drivers, the first to try; a real machine has none.
  const hasBuiltin = useMachine((store) => store.info?.kind === "model");
  const [name, setName] = useState(hasBuiltin ? "example" : "");
  const [binPath, setBinPath] = useState(hasBuiltin ? "builtin:example" : "");
  const [startNow, setStartNow] = useState(true);
  const [error, setError] = useState<StatusError>();

  const toBinPath = useMachine(({ info }) => binPathOf(info?.kind));
  const browse = async (toPath: (file: string) => string) => {
    const answer = await askShell("dialog.openDriver", null);
    if (answer.ok && answer.value) setBinPath(toPath(answer.value.path));
  };

  const submit = async () => {
    const answer = await createService({ name, binPath, type: "kernel" });
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    onClose();
    if (startNow) await startService(name);
  };

  return (
    <Dialog
      title="Create driver service"
      width={520}
      onClose={onClose}
      submitLabel="Create"
      canSubmit={name.trim() !== "" && binPath.trim() !== ""}
      onSubmit={() => void submit()}
    >
      <TextField label="Service name" value={name} onChange={setName} autoFocus />
      <div className="driverField">
        <TextField
          label="Driver (binPath)"
          value={binPath}
          onChange={setBinPath}
          isMono
          suggestions={drivers.map((driver) => driver.binPath)}
          help={
            drivers.find((driver) => driver.binPath === binPath)?.description ??
            (drivers.length > 0 ? "One of the drivers below." : "Path of the driver's file, as the machine sees it.")
          }
        />
        {toBinPath ? <Button onPress={() => void browse(toBinPath)}>Browse…</Button> : null}
      </div>
      {drivers.length > 0 ? <BuiltinDrivers drivers={drivers} onChoose={setBinPath} /> : null}
      <label className="checkLine">
        <input type="checkbox" checked={startNow} onChange={() => setStartNow(!startNow)} />
        Start it at once
      </label>
      {error ? <ErrorText error={error} /> : null}
    </Dialog>
  );
}

interface BuiltinDriversProps {
  drivers: readonly BuiltinDriver[];
  onChoose(binPath: string): void;
}

function BuiltinDrivers({ drivers, onChoose }: BuiltinDriversProps): ReactNode {
  return (
    <ul className="builtinDrivers" aria-label="Drivers that come with NtScope">
      {drivers.map((driver) => (
        <li key={driver.binPath}>
          <button type="button" className="linkButton mono" onClick={() => onChoose(driver.binPath)}>
            {visibleText(driver.binPath)}
          </button>
          <span className="muted">{driver.description}</span>
        </li>
      ))}
    </ul>
  );
}

/** What a file of this computer is called on the machine; undefined where the machine has no such file. */
function binPathOf(kind: MachineKind | undefined): ((file: string) => string) | undefined {
  if (kind === "wine") return inWine;
  return kind === "agent" || kind === "snapshot" ? undefined : asItIs;
}

/** Wine maps drive Z: to this computer's root folder. */
function inWine(file: string): string {
  return `Z:${file.replace(/\//g, "\\")}`;
}

function asItIs(file: string): string {
  return file;
}

function useBuiltinDrivers(): BuiltinDriver[] {
  const [drivers, setDrivers] = useState<BuiltinDriver[]>([]);
  useEffect(() => {
    let wanted = true;
    void engine.call("drivers.builtin", {}).then((answer) => {
      if (wanted && answer.ok) setDrivers(answer.value);
    });
    return () => {
      wanted = false;
    };
  }, []);
  return drivers;
}
