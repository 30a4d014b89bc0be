/** What a pane is to the window. One row a pane stands in frame/panes.ts. */
import type { CommandId } from "../../preload/commands";
import type { GlyphName } from "../ui/Glyph";

export interface PaneProps {
  /** Scope of the pane's commands; equals the kind for panes that exist once. */
  paneId: string;
  /** What the pane was opened with; kept with the layout, so plain JSON. */
  params: Record<string, unknown>;
  /** Changes the text on the tab. */
  setTitle(title: string): void;
}

export interface PaneDefinition {
  title: string;
  glyph: GlyphName;
  /** Where it opens when it was closed: beside or into the group of the first of these panes that is open. */
  place: { beside: string; direction: "within" | "left" | "right" | "below"; width?: number; height?: number }[];
  /** The command that shows it. */
  command?: CommandId;
  /** The tree, the list and the log are the window; they can be moved but not closed. */
  isPermanent?: true;
}
