/** One part of the status bar. */
import type { ReactNode } from "react";
import type { CommandId } from "../../../preload/commands";
import { runCommand } from "../../commands/registry";
import { Glyph, type GlyphName } from "../../ui/Glyph";

interface PartProps {
  title: string;
  glyph?: GlyphName;
  kind?: "warning" | "error";
  command?: CommandId;
  children: ReactNode;
}

/** A part that does something is a button; one that only tells has a title. */
export function Part({ title, glyph, kind, command, children }: PartProps): ReactNode {
  const content = (
    <>
      {glyph ? <Glyph name={glyph} /> : null}
      <span>{children}</span>
    </>
  );
  if (!command) {
    return (
      <span className="statusPart" title={title} data-kind={kind}>
        {content}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="statusPart"
      title={title}
      data-kind={kind}
      data-command={command}
      onClick={() => runCommand(command)}
    >
      {content}
    </button>
  );
}
