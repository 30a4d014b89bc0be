/** A stop of the machine, as a bugcheck screen says it, with the rule that was broken and the way to mend it. */
import type { ReactNode } from "react";
import { type Bugcheck, visibleText } from "../../../preload/shared";
import { runCommand } from "../../commands/registry";
import { useMachine } from "../../engine/machineState";
import { copyText } from "../../frame/clipboard";
import { Button } from "../../ui/Button";

export function bugcheckText(bugcheck: Bugcheck): string {
  return [
    `${bugcheck.name} (${bugcheck.code})`,
    `Parameters: ${bugcheck.parameters.join(", ")}`,
    ...(bugcheck.driver ? [`Driver: ${bugcheck.driver}`] : []),
    bugcheck.rule,
    "Stack:",
    ...bugcheck.stack.map((routine) => `  ${routine}`),
  ].join("\n");
}

function Details({ bugcheck }: { bugcheck: Bugcheck }): ReactNode {
  return (
    <table className="mono">
      <tbody>
        {bugcheck.driver ? (
          <tr>
            <th scope="row">Driver</th>
            <td>{visibleText(bugcheck.driver)}</td>
          </tr>
        ) : null}
        <tr>
          <th scope="row">Parameters</th>
          <td>{bugcheck.parameters.join("  ")}</td>
        </tr>
        <tr>
          <th scope="row" style={{ verticalAlign: "top" }}>
            Stack
          </th>
          <td>
            <ol className="bugcheckStack">
              {bugcheck.stack.map((routine, depth) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: frames have no identity but their depth
                <li key={depth}>{visibleText(routine)}</li>
              ))}
            </ol>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

export default function BugcheckPanel(): ReactNode {
  const state = useMachine((store) => store.info?.state);
  if (state?.kind !== "bugchecked") return null;
  const { bugcheck } = state;
  return (
    <section className="bugcheck selectable" role="alert" aria-label="Bugcheck">
      <div>
        <div>The machine stopped: a driver broke a rule that NT does not survive.</div>
        <div className="bugcheckName">
          {bugcheck.name} ({bugcheck.code})
        </div>
        <p>{visibleText(bugcheck.rule)}</p>
        <Details bugcheck={bugcheck} />
      </div>
      <div style={{ display: "flex", flexDirection: "column", gap: 8 }}>
        <Button isDefault onPress={() => runCommand("machine.restart")}>
          Restart machine
        </Button>
        <Button onPress={() => void copyText(bugcheckText(bugcheck))}>Copy</Button>
      </div>
    </section>
  );
}
