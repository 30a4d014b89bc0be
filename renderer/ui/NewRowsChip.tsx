/** Over the lower corner of a list that does not follow its end: how many rows came since, and the way to them. */
import type { ReactNode } from "react";
import { Glyph } from "./Glyph";
import "./controls.css";

export function NewRowsChip({ count, onPress }: { count: number; onPress(): void }): ReactNode {
  return (
    <button type="button" className="newRowsChip" onClick={onPress}>
      {count.toLocaleString("en-US")} new <Glyph name="down" />
    </button>
  );
}
