/** A pane's tab: glyph, title, and a close button for panes that can be closed. The middle button closes too. */
import type { IDockviewPanelHeaderProps } from "dockview-react";
import { type ReactNode, useEffect, useState } from "react";
import { Glyph } from "../ui/Glyph";
import { paneDefinition } from "./panes";

export function DockTab({ api, params }: IDockviewPanelHeaderProps<Record<string, unknown>>): ReactNode {
  const definition = paneDefinition(params.kind);
  const [title, setTitle] = useState(api.title);
  useEffect(() => {
    setTitle(api.title);
    const subscription = api.onDidTitleChange((event) => setTitle(event.title));
    return () => subscription.dispose();
  }, [api]);
  const canClose = !definition?.isPermanent;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the library's tab around it has the role and the keys
    <div
      className="dockTab"
      title={title}
      onMouseDown={(event) => {
        if (event.button === 1 && canClose) {
          event.preventDefault();
          api.close();
        }
      }}
    >
      {definition ? <Glyph name={definition.glyph} /> : null}
      <span className="dockTabTitle">{title}</span>
      {canClose ? (
        // A control inside a tab would be a control inside a control: by keyboard, View > Close Pane does this.
        // biome-ignore lint/a11y/noStaticElementInteractions: see above
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above
        <span
          className="dockTabClose"
          title="Close"
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() => api.close()}
        >
          <Glyph name="close" />
        </span>
      ) : null}
    </div>
  );
}
