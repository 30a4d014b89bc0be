/** Opens a Wine prefix of this computer: NtScope's own, or a folder that the user names. */
import { type ReactNode, useId, useState } from "react";
import { askShell } from "../../api";
import { useSettings } from "../../settings/settings";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ErrorText } from "../../ui/ErrorText";
import { TextField } from "../../ui/TextField";
import "./machines.css";
import { closeMachineDialog, openMachine, useMachineDialogs } from "./machineDialogs";

export default function WinePrefixDialog(): ReactNode {
  const recent = useRecentPrefixes();
  const group = useId();
  const [isOwn, setIsOwn] = useState(recent.length === 0);
  const [folder, setFolder] = useState(recent[0] ?? "");
  const [make, setMake] = useState(false);
  const [inThisTab, setInThisTab] = useState(useMachineDialogs.getState().inThisTab);
  const [refusal, setRefusal] = useState<string>();

  const submit = async () => {
    const prefix = isOwn ? {} : { prefix: folder.trim(), make };
    const refused = await openMachine({ kind: "wine", ...prefix }, inThisTab);
    setRefusal(refused);
    if (refused === undefined) closeMachineDialog();
  };
  const browse = async () => {
    const answer = await askShell("machines.choosePrefix", null);
    if (answer.ok && answer.value) setFolder(answer.value.path);
  };

  return (
    <Dialog
      title="Open a Wine prefix"
      width={520}
      onClose={closeMachineDialog}
      submitLabel="Open"
      canSubmit={isOwn || folder.trim() !== ""}
      onSubmit={() => void submit()}
    >
      <label className="machineCheck">
        <input type="radio" name={group} checked={isOwn} onChange={() => setIsOwn(true)} />
        NtScope's own prefix, made when it is first used
      </label>
      <label className="machineCheck">
        <input type="radio" name={group} checked={!isOwn} onChange={() => setIsOwn(false)} />
        Another prefix
      </label>
      {isOwn ? null : (
        <div className="machineIndent">
          <div className="fieldWithButton">
            <TextField label="Folder" value={folder} onChange={setFolder} isMono suggestions={recent} autoFocus />
            <Button onPress={() => void browse()}>Browse…</Button>
          </div>
          <label className="machineCheck">
            <input type="checkbox" checked={make} onChange={() => setMake(!make)} />
            Make it if there is none
          </label>
        </div>
      )}
      <label className="machineCheck">
        <input type="checkbox" checked={inThisTab} onChange={() => setInThisTab(!inThisTab)} />
        In this tab
      </label>
      {refusal === undefined ? null : <ErrorText error={{ name: "refused", status: "", message: refusal }} />}
    </Dialog>
  );
}

function useRecentPrefixes(): string[] {
  const machines = useSettings((settings) => settings.recentMachines);
  return machines.flatMap((machine) =>
    machine.kind === "wine" && machine.prefix !== undefined ? [machine.prefix] : [],
  );
}
