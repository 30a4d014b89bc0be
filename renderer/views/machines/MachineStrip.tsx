/** The tabs of the window's machines, above everything; there are none while there is one machine only. */
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import type { MachineTab } from "../../../preload/contract";
import { askShell } from "../../api";
import { Glyph, type GlyphName } from "../../ui/Glyph";
import "./machines.css";
import { useMachineTabs } from "./machineTabs";

const marks: Record<MachineTab["state"], { glyph: GlyphName; words: string }> = {
  connecting: { glyph: "refresh", words: "being attached" },
  running: { glyph: "machine", words: "running" },
  stopped: { glyph: "error", words: "stopped by a bugcheck" },
  lost: { glyph: "warning", words: "connection lost" },
  hung: { glyph: "warning", words: "does not answer" },
  crashed: { glyph: "error", words: "engine stopped" },
  failed: { glyph: "error", words: "could not be attached" },
};

/** The first machine is the window's own page, which stays. */
const firstMachine = "first";

export default function MachineStrip(): ReactNode {
  const { machines: told, active } = useMachineTabs();
  const machines = numbered(told);
  const strip = useRef<HTMLDivElement>(null);
  // The tab that the keyboard is on, which need not be the one that is shown.
  const [at, setAt] = useState<string>();
  const reached = machines.some(({ id }) => id === at) ? at : active;

  const moveTo = (index: number) => {
    const next = machines[(index + machines.length) % machines.length];
    if (!next) return;
    setAt(next.id);
    strip.current?.querySelector<HTMLElement>(`[data-machine="${CSS.escape(next.id)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, index: number, id: string) => {
    if (event.key === "ArrowRight") moveTo(index + 1);
    else if (event.key === "ArrowLeft") moveTo(index - 1);
    else if (event.key === "Home") moveTo(0);
    else if (event.key === "End") moveTo(machines.length - 1);
    else if (event.key === "Enter" || event.key === " ") show(id);
    else if (event.key === "Delete") close(id);
    else return;
    event.preventDefault();
  };

  return (
    <div ref={strip} className="machineStrip" role="tablist" aria-label="Machines">
      {machines.map((machine, index) => {
        const { glyph, words } = marks[machine.state];
        const canClose = machine.id !== firstMachine;
        return (
          <div
            key={machine.id}
            className="machineTab"
            role="tab"
            data-machine={machine.id}
            data-state={machine.state}
            tabIndex={machine.id === reached ? 0 : -1}
            aria-selected={machine.id === active}
            aria-label={`${machine.name}, ${words}`}
            title={`${machine.name}: ${words}`}
            onClick={() => show(machine.id)}
            onFocus={() => setAt(machine.id)}
            onKeyDown={(event) => onKeyDown(event, index, machine.id)}
            onMouseDown={(event) => {
              if (event.button !== 1) return;
              event.preventDefault();
              close(machine.id);
            }}
          >
            <Glyph name={glyph} />
            <span className="machineTabName">{machine.name}</span>
            {canClose ? (
              // A control inside a tab would be a control inside a control: by keyboard, Delete and Machine > Close do this.
              // biome-ignore lint/a11y/noStaticElementInteractions: see above
              // biome-ignore lint/a11y/useKeyWithClickEvents: see above
              <span
                className="machineTabClose"
                title="Close"
                onClick={(event) => {
                  event.stopPropagation();
                  close(machine.id);
                }}
              >
                <Glyph name="close" />
              </span>
            ) : null}
          </div>
        );
      })}
    </div>
  );
}

/** Two model kernels are told apart by a number. */
function numbered(machines: readonly MachineTab[]): MachineTab[] {
  return machines.map((machine, index) => {
    const before = machines.slice(0, index).filter(({ name }) => name === machine.name).length;
    return before === 0 ? machine : { ...machine, name: `${machine.name} (${before + 1})` };
  });
}

function show(id: string): void {
  void askShell("machines.activate", { id });
}

function close(id: string): void {
  if (id !== firstMachine) void askShell("machines.close", { id });
}
