/**
 * The pages of the further machines: this page again, each in a frame. Those that are not looked at stay loaded, so that
 * their logs, handles and places stay.
 */
import { type ReactNode, useEffect, useRef } from "react";
import { focusPane, useActivePane } from "../../frame/dock";
import "./machines.css";
import { useMachineTabs } from "./machineTabs";

export default function MachineFrames(): ReactNode {
  const { machines, active } = useMachineTabs();
  const area = useRef<HTMLDivElement>(null);
  const before = useRef(active);

  /**
   * A frame's window is not touched before it is loaded: that would make a script context for its empty document, which
   * Chromium then keeps for the page of the same origin, and Electron gives a context its bridge only when it is made.
   */
  const loaded = useRef(new Set<string>());
  const focusFrame = (id: string) => {
    if (!loaded.current.has(id)) return;
    area.current?.querySelector<HTMLIFrameElement>(`[data-frame="${CSS.escape(id)}"]`)?.contentWindow?.focus();
  };
  useEffect(() => {
    if (before.current === active) return;
    before.current = active;
    const { paneId } = useActivePane.getState();
    if (machines.some(({ id }) => id === active && id !== "first")) focusFrame(active);
    else if (paneId !== undefined) focusPane(paneId);
  });

  return (
    <div ref={area} className="machineFrames">
      {machines
        .filter(({ id }) => id !== "first")
        .map(({ id, name }) => (
          <iframe
            key={id}
            className="machineFrame"
            data-frame={id}
            title={name}
            src={`?machine=${encodeURIComponent(id)}`}
            inert={id !== active}
            onLoad={() => {
              loaded.current.add(id);
              if (id === useMachineTabs.getState().active) focusFrame(id);
            }}
          />
        ))}
    </div>
  );
}
