/** While a machine's connection is lost: why, and when it is tried again. */
import type { ReactNode } from "react";
import { visibleText } from "../../../preload/shared";
import { useMachine } from "../../engine/machineState";
import { Glyph } from "../../ui/Glyph";
import { useRetrySeconds } from "./retrySeconds";

export default function ConnectionNotice(): ReactNode {
  const state = useMachine((store) => store.info?.state);
  const retry = useRetrySeconds();
  if (state?.kind !== "disconnected") return null;
  return (
    <div className="engineNotice" role="alert" data-kind="warning">
      <Glyph name="warning" />
      <span className="engineNoticeText selectable">
        {visibleText(state.reason)} What was opened there is closed; what is shown is from before.
      </span>
      {/* Not spoken: an alert that changes each second would never end. */}
      <span className="muted" aria-hidden="true">
        {retry === undefined ? "" : retryText(retry)}
      </span>
    </div>
  );
}

function retryText(seconds: number): string {
  return seconds === 0 ? "Trying again…" : `Trying again in ${seconds} s`;
}
