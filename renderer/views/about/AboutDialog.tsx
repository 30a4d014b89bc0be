/** Which version this is, of what, and on what it runs: what a report of a fault needs. */
import { type ReactNode, useEffect, useState } from "react";
import type { AppInfo } from "../../../preload/contract";
import { askShell } from "../../api";
import { useMachine } from "../../engine/machineState";
import { Dialog } from "../../ui/Dialog";
import "./about.css";
import { closeAbout } from "./aboutState";

export default function AboutDialog(): ReactNode {
  const [info, setInfo] = useState<AppInfo | undefined>();
  const machine = useMachine((store) => store.info);
  useEffect(() => {
    void askShell("app.info", null).then((answer) => {
      if (answer.ok) setInfo(answer.value);
    });
  }, []);
  const rows: [string, string | undefined][] = [
    ["Version", info?.version],
    ["Machine", machine ? `${machine.name}, ${machine.system}` : undefined],
    ["Electron", info?.electron],
    ["Chromium", info?.chromium],
    ["Node.js", info?.node],
    ["Platform", info?.platform],
    ["Log folder", info?.logFolder],
  ];
  return (
    <Dialog title="About NtScope" onClose={closeAbout}>
      <p>Browse the NT object namespace, open devices, and follow what drivers print.</p>
      <dl className="aboutList selectable">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt className="muted">{label}</dt>
            <dd>{value ?? "…"}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">MIT licence. Licences of the parts it is built from: THIRD-PARTY-NOTICES.md.</p>
    </Dialog>
  );
}
