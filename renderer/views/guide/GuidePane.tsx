/** Getting started: three clicks from an empty window to a driver's first messages. */
import { type ReactNode, useEffect } from "react";
import { runCommand } from "../../commands/registry";
import { useMachine } from "../../engine/machineState";
import { closePane } from "../../frame/dock";
import type { PaneProps } from "../../frame/paneDefinition";
import { changeSettings } from "../../settings/settings";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorText } from "../../ui/ErrorText";
import { Glyph } from "../../ui/Glyph";
import { followGuide, loadDriver, queryDevice, type StepState, showDevice, useGuide } from "./guideSteps";
import "./guide.css";

export default function GuidePane({ paneId }: PaneProps): ReactNode {
  const { loaded, shown, opened, error } = useGuide();
  const kind = useMachine((store) => store.info?.kind);
  useEffect(() => {
    const following = followGuide();
    return () => following.dispose();
  }, []);
  const finish = () => {
    changeSettings({ guideDone: true });
    closePane(paneId);
  };
  if (kind !== undefined && kind !== "model") {
    return (
      <div className="guidePane">
        <EmptyState
          title="The first steps are for the model kernel"
          actions={
            <>
              <Button isDefault onPress={() => runCommand("machine.model")}>
                Open a model kernel
              </Button>
              <Button onPress={finish}>Not now</Button>
            </>
          }
        >
          This is another machine. The model comes with example drivers, and what they do wrong harms nothing; open one,
          and press F1 there.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="guidePane">
      <p>
        This window shows the <b>model kernel</b>: NT's object manager, I/O manager and debug print, running inside
        NtScope. Three clicks load a driver, show its device, and make it print.
      </p>
      <ol>
        <Step number={1} state={loaded} isNext label="Load the driver" onPress={loadDriver}>
          Creates the service <code>example</code> for <code>builtin:example</code> and starts it, as{" "}
          <code>sc create</code> and <code>sc start</code> do. <code>\Device\Example</code> appears in the list.
        </Step>
        <Step number={2} state={shown} isNext={loaded === "done"} label="Show its device" onPress={showDevice}>
          Properties of the device: its driver, its flags, who is attached. Nothing is opened yet.
        </Step>
        <Step number={3} state={opened} isNext={shown === "done"} label="Open device to query" onPress={queryDevice}>
          Sends the driver IRP_MJ_CREATE, IRP_MJ_CLEANUP and IRP_MJ_CLOSE. It prints a line for each; they are in the
          log below.
        </Step>
      </ol>
      {error ? <ErrorText error={error} /> : null}
      {opened === "done" ? (
        <p className="guideDone">
          <Glyph name="good" /> That is the whole round: a service, a driver, a device, a link, three requests, three
          lines. The device console (Ctrl+4) reads and writes; <code>builtin:example-rw</code> is made for it. The IRP
          trace (Ctrl+7) shows each request's way through its drivers. Create Service (Ctrl+N) takes a driver of yours
          too, in a TypeScript file: New driver writes one to begin with.
        </p>
      ) : null}
      <div className="guideFoot">
        <Button onPress={finish}>{opened === "done" ? "Close" : "Not now"}</Button>
      </div>
    </div>
  );
}

interface StepProps {
  number: number;
  state: StepState;
  /** Its button can be pressed. */
  isNext: boolean;
  label: string;
  onPress(): Promise<void>;
  children: ReactNode;
}

function Step({ number, state, isNext, label, onPress, children }: StepProps): ReactNode {
  const done = state === "done";
  return (
    <li className={done ? "guideStep guideStepDone" : "guideStep"}>
      <span className="guideNumber" aria-hidden="true">
        {done ? <Glyph name="good" /> : number}
      </span>
      <div>
        <Button onPress={() => void onPress()} isDisabled={!isNext} {...(isNext && !done ? { isDefault: true } : {})}>
          {label}
        </Button>
        <p className="muted">{children}</p>
      </div>
    </li>
  );
}
