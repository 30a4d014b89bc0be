/**
 * The tree and the list where the first layout has them, until the docking library is there: it is more than half of the
 * page's code, and the namespace can be read and clicked without it. What the panes show lives in their stores, so that
 * nothing is lost when they move into the dock a moment later.
 */
import type { ReactNode } from "react";
import { Glyph } from "../ui/Glyph";
import { ObjectsPane } from "../views/objects/ObjectsPane";
import { TreePane } from "../views/objects/TreePane";
import type { PaneProps } from "./paneDefinition";
import { type PaneKind, panes } from "./panes";
import "./firstLook.css";

export function FirstLook(): ReactNode {
  return (
    <div className="dock firstLook">
      <div className="firstLookRow">
        <FirstPane kind="tree" component={TreePane} />
        <FirstPane kind="objects" component={ObjectsPane} />
      </div>
    </div>
  );
}

interface FirstPaneProps {
  kind: PaneKind;
  component(props: PaneProps): ReactNode;
}

function FirstPane({ kind, component: Pane }: FirstPaneProps): ReactNode {
  const { title, glyph } = panes[kind];
  return (
    <div className={`firstLookPane firstLook-${kind}`}>
      <div className="firstLookTab">
        <Glyph name={glyph} />
        <span>{title}</span>
      </div>
      <section className="pane" aria-label={title} data-pane={kind}>
        <Pane paneId={kind} params={noParams} setTitle={keepTitle} />
      </section>
    </div>
  );
}

const noParams = {};

function keepTitle(): void {
  // These two never change their titles.
}
