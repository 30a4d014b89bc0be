/** A pane's row of buttons and fields. */
import type { ReactNode } from "react";
import { Toolbar as AriaToolbar } from "react-aria-components";
import "./controls.css";

export function Toolbar({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <AriaToolbar className="toolbar" aria-label={label}>
      {children}
    </AriaToolbar>
  );
}
