/** Which program, and what it is called with. What the machine refuses is said in the dialog, which stays open. */
import { type ReactNode, useEffect, useId, useState } from "react";
import { type ProgramInfo, type StatusError, splitWords, visibleText } from "../../../preload/shared";
import { engine } from "../../engine/connection";
import { Dialog } from "../../ui/Dialog";
import { ErrorText } from "../../ui/ErrorText";
import { TextField } from "../../ui/TextField";
import { runInPane } from "./programCommands";
import { usePrograms } from "./programsState";
import "./programs.css";

export default function RunProgramDialog(): ReactNode {
  const [programs, setPrograms] = useState<readonly ProgramInfo[]>([]);
  const [name, setName] = useState("");
  const [words, setWords] = useState("");
  const [error, setError] = useState<StatusError>();
  const group = useId();
  useEffect(() => {
    let wanted = true;
    void engine.call("programs.list", {}).then((answer) => {
      if (!wanted) return;
      if (!answer.ok) return setError(answer.error);
      setPrograms(answer.value);
      setName(answer.value[0]?.name ?? "");
    });
    return () => {
      wanted = false;
    };
  }, []);
  const args = splitWords(words);
  const chosen = programs.find((program) => program.name === name);
  const close = () => usePrograms.setState({ isChoosing: false });
  const submit = async () => {
    const refusal = await runInPane(name, "words" in args ? args.words : []);
    if (refusal === undefined) close();
    else setError(refusal);
  };
  return (
    <Dialog
      title="Run program"
      width={560}
      onClose={close}
      submitLabel="Run"
      canSubmit={chosen !== undefined && "words" in args}
      onSubmit={() => void submit()}
    >
      <div role="radiogroup" aria-label="Program" className="programChoice">
        {programs.map((program) => (
          <label key={program.name}>
            <input type="radio" name={group} checked={program.name === name} onChange={() => setName(program.name)} />
            <span className="mono">{visibleText(`${program.name} ${program.usage}`.trim())}</span>
            <span className="muted">{visibleText(program.description)}</span>
          </label>
        ))}
      </div>
      <TextField
        label="Arguments"
        value={words}
        onChange={setWords}
        isMono
        autoFocus
        placeholder={chosen?.usage || "none"}
        error={"error" in args ? args.error : undefined}
        help={'Words; "..." for one with blanks.'}
      />
      {error ? <ErrorText error={error} /> : null}
    </Dialog>
  );
}
