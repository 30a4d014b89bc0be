/** As whom devices are opened, on a machine where that can be chosen; nothing elsewhere. */
import type { ReactNode } from "react";
import type { ClientToken } from "../../../preload/shared";
import { runAs, useMachine } from "../../engine/machineState";

const choices: readonly { token: ClientToken; label: string }[] = [
  { token: "system", label: "As SYSTEM" },
  { token: "administrator", label: "As administrator" },
  { token: "standard", label: "As standard user" },
  { token: "appcontainer", label: "As app container" },
];

export function RunAsSelect(): ReactNode {
  const client = useMachine((state) => state.client);
  if (client === undefined) return null;
  return (
    <select
      className="input"
      aria-label="Run as"
      title={`${client.account}, integrity ${client.integrity}`}
      value={client.token}
      onChange={(event) => {
        const chosen = choices.find(({ token }) => token === event.currentTarget.value);
        if (chosen) void runAs(chosen.token);
      }}
    >
      {choices.map(({ token, label }) => (
        <option key={token} value={token}>
          {label}
        </option>
      ))}
    </select>
  );
}
