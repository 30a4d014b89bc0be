/**
 * Opens another computer's machine: by the pairing line that its agent printed, or by its address and a key file. The line
 * holds the key: it is handed on and kept nowhere.
 */
import { type ReactNode, useId, useState } from "react";
import type { MachineRequest } from "../../../preload/contract";
import { askShell } from "../../api";
import { useSettings } from "../../settings/settings";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ErrorText } from "../../ui/ErrorText";
import { TextField } from "../../ui/TextField";
import "./machines.css";
import { closeMachineDialog, openMachine, useMachineDialogs } from "./machineDialogs";

export default function AgentDialog(): ReactNode {
  const recent = useRecentAgents();
  const [last] = recent;
  const group = useId();
  const [isLine, setIsLine] = useState(last?.keyFile === undefined);
  const [line, setLine] = useState("");
  const [address, setAddress] = useState(last?.address ?? "");
  const [keyFile, setKeyFile] = useState(last?.keyFile ?? "");
  const [inThisTab, setInThisTab] = useState(useMachineDialogs.getState().inThisTab);
  const [refusal, setRefusal] = useState<string>();

  const chooseAddress = (chosen: string) => {
    setAddress(chosen);
    const known = recent.find((agent) => agent.address === chosen);
    if (known?.keyFile !== undefined) setKeyFile(known.keyFile);
  };
  const browse = async () => {
    const answer = await askShell("machines.chooseKeyFile", null);
    if (answer.ok && answer.value) setKeyFile(answer.value.path);
  };
  const submit = async () => {
    const machine: MachineRequest = isLine
      ? { kind: "pairing", line: line.trim() }
      : { kind: "agent", address: address.trim(), keyFile: keyFile.trim() };
    const refused = await openMachine(machine, inThisTab);
    setRefusal(refused);
    if (refused === undefined) closeMachineDialog();
  };

  return (
    <Dialog
      title="Open an agent's machine"
      width={560}
      onClose={closeMachineDialog}
      submitLabel="Open"
      canSubmit={isLine ? line.trim() !== "" : address.trim() !== "" && keyFile.trim() !== ""}
      onSubmit={() => void submit()}
    >
      <p className="muted">
        Run <span className="mono selectable">ntscope agent</span> on the other computer; it prints its pairing line.
      </p>
      <label className="machineCheck">
        <input type="radio" name={group} checked={isLine} onChange={() => setIsLine(true)} />
        By its pairing line
      </label>
      <label className="machineCheck">
        <input type="radio" name={group} checked={!isLine} onChange={() => setIsLine(false)} />
        By its address and a key file
      </label>
      <div className="machineIndent">
        {isLine ? (
          <TextField
            label="Pairing line"
            value={line}
            onChange={setLine}
            isMono
            autoFocus
            placeholder="ntscope-agent:HOST:PORT:KEY"
            help="It holds the key, which is not kept: the next time, it is asked for again."
          />
        ) : (
          <>
            <TextField
              label="Address"
              value={address}
              onChange={chooseAddress}
              isMono
              autoFocus
              placeholder="HOST:PORT"
              suggestions={recent.map((agent) => agent.address)}
            />
            <div className="fieldWithButton">
              <TextField label="Key file" value={keyFile} onChange={setKeyFile} isMono />
              <Button onPress={() => void browse()}>Browse…</Button>
            </div>
          </>
        )}
      </div>
      <label className="machineCheck">
        <input type="checkbox" checked={inThisTab} onChange={() => setInThisTab(!inThisTab)} />
        In this tab
      </label>
      {refusal === undefined ? null : <ErrorText error={{ name: "refused", status: "", message: refusal }} />}
    </Dialog>
  );
}

function useRecentAgents(): { address: string; keyFile?: string }[] {
  return useSettings((settings) => settings.recentMachines).filter((machine) => machine.kind === "agent");
}
