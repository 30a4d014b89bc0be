/** "Run Program" from anywhere, and the pane that a program gets. */
import { provideCommands, windowScope } from "../../commands/registry";
import { useMachine } from "../../engine/machineState";
import { openPane } from "../../frame/dock";
import { followPrograms, programOf, startProgram, usePrograms } from "./programsState";

export function provideProgramCommands(): void {
  followPrograms();
  provideCommands(windowScope, {
    "program.run": {
      run: () => usePrograms.setState({ isChoosing: true }),
      isEnabled: () => useMachine.getState().info?.capabilities.includes("programs") ?? false,
    },
  });
}

/** The pane's id must be none of a pane that the kept layout brought back. */
function freePaneId(): string {
  for (let number = 1; ; number += 1) {
    const id = `program:${number}`;
    if (programOf(id) === undefined) return id;
  }
}

/** @returns why not; undefined when it runs in a pane of its own */
export async function runInPane(name: string, args: readonly string[]) {
  return runIn(freePaneId(), name, args);
}

/** As {@link runInPane}, in a pane that may be there already. */
export async function runIn(paneId: string, name: string, args: readonly string[]) {
  const refusal = await startProgram(paneId, name, args);
  if (refusal !== undefined) return refusal;
  openPane("program", { paneId, params: { name, args, processId: programOf(paneId)?.processId } });
  return undefined;
}
