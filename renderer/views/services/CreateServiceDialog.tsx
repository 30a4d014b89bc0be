/**
 * `sc create` as a form: a name and a driver, which may be a new one of the user's. What the machine refuses is said in the
 * dialog, which stays open.
 */
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

/** Of NtScope's own drivers, the first to try; a real machine has none. */
const PRESET = "example";

export function CreateServiceDialog({ onClose }: { onClose(): void }): ReactNode {
  const drivers = useBuiltinDrivers();
  const hasBuiltin = useMachine((store) => store.info?.kind === "model");
  const [name, setName] = useState(hasBuiltin ? PRESET : "");
  const [binPath, setBinPath] = useState(hasBuiltin ? `builtin:${PRESET}` : "");
  const [startNow, setStartNow] = useState(true);
  const [error, setError] = useState<Pick<StatusError, "name" | "status" | "message">>();
  /** Where a new driver was written. */
  const [written, setWritten] = useState<string>();

  const toBinPath = useMachine(({ info }) => binPathOf(info?.kind));
  const browse = async (toPath: (file: string) => string) => {
    const answer = await askShell("dialog.openDriver", null);
    if (answer.ok && answer.value) setBinPath(toPath(answer.value.path));
  };

  const makeDriver = async () => {
    // The preset name is that of a driver of NtScope's, which this one is not.
    const driverName = name === "" || (name === PRESET && binPath === `builtin:${PRESET}`) ? "MyDriver" : name;
    const answer = await askShell("dialog.newDriver", { name: driverName });
    setError(answer.ok ? undefined : { ...answer.error, status: "" });
    if (!answer.ok || answer.value === null) return;
    setName(driverName);
    setBinPath(answer.value.path);
    setWritten(answer.value.path);
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
      width={600}
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
            whatToName(hasBuiltin, drivers.length > 0)
          }
        />
        {toBinPath ? <Button onPress={() => void browse(toBinPath)}>Browse…</Button> : null}
      </div>
      {hasBuiltin ? (
        <div className="newDriver">
          <Button onPress={() => void makeDriver()}>New driver…</Button>
          <output className="fieldHelp selectable">
            {written === undefined
              ? "Writes a driver of your own to begin with, in TypeScript, into a folder that you choose."
              : `Written: ${visibleText(written)}. README.md beside it says what to try; the file is read at each start.`}
          </output>
        </div>
      ) : null}
      {drivers.length > 0 ? <BuiltinDrivers drivers={drivers} onChoose={setBinPath} /> : null}
      <label className="checkLine">
        <input type="checkbox" checked={startNow} onChange={() => setStartNow(!startNow)} />
        Start it at once
      </label>
      {error ? <ErrorText error={error} /> : null}
    </Dialog>
  );
}

/** @param runsFiles of this computer, that the user wrote */
function whatToName(runsFiles: boolean, hasDrivers: boolean): string {
  if (runsFiles) return "A .ts or .js file of yours by its full path, or one of the drivers below.";
  return hasDrivers ? "One of the drivers below." : "Path of the driver's file, as the machine sees it.";
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
