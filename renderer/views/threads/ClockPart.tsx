/** The status bar's word on a clock that stands: the machine's time, who waits for a turn, and the ways to go on. */
import type { ReactNode } from "react";
import { Part } from "../status/StatusPart";
import { useClock } from "./clockState";
import { machineTime } from "./machineTime";

export default function ClockPart(): ReactNode {
  const state = useClock((store) => store.state);
  if (!state?.isPaused) return null;
  const waiting =
    state.waiting > 0 ? `, ${state.waiting} ${state.waiting === 1 ? "request waits" : "requests wait"}` : "";
  return (
    <>
      <Part kind="warning" glyph="pause" title="The machine's clock stands: nothing runs" command="view.threads">
        {`Clock paused at ${machineTime(state.time)}${waiting}`}
      </Part>
      <Part glyph="step" title="The next thing that would happen" command="machine.step">
        Step
      </Part>
      <Part glyph="play" title="Let the clock run" command="machine.runClock">
        Run
      </Part>
    </>
  );
}
