/** `sc create` as a form: a name and a driver. What the machine refuses is said in the dialog, which stays open. */
import { type ReactNode, useEffect, useState } from "react";
import { type StatusError, visibleText } from "../../../preload/shared";
import { engine } from "../../engine/connection";
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
  const [name, setName] = useState("example");
  const [binPath, setBinPath] = useState("builtin:example");
  const [startNow, setStartNow] = useState(true);
  const [error, setError] = useState<StatusError>();

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
      <TextField
        label="Driver (binPath)"
        value={binPath}
        onChange={setBinPath}
        isMono
        suggestions={drivers.map((driver) => driver.binPath)}
        help={drivers.find((driver) => driver.binPath === binPath)?.description ?? "One of the drivers below."}
      />
      <ul className="builtinDrivers" aria-label="Drivers that come with NtScope">
        {drivers.map((driver) => (
          <li key={driver.binPath}>
            <button type="button" className="linkButton mono" onClick={() => setBinPath(driver.binPath)}>
              {visibleText(driver.binPath)}
            </button>
            <span className="muted">{driver.description}</span>
          </li>
        ))}
      </ul>
      <label className="checkLine">
        <input type="checkbox" checked={startNow} onChange={() => setStartNow(!startNow)} />
        Start it at once
      </label>
      {error ? <ErrorText error={error} /> : null}
    </Dialog>
  );
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
