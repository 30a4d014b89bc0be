/** The type icons as one hidden sprite; `TypeIcon` then costs a row one <use>. */
import type { ReactNode } from "react";
import "./typeIcon.css";
import { typeIconName, typeIcons } from "./typeIcons";

function symbolId(name: string): string {
  return `type-${name.replace(/\W/g, "-")}`;
}

export function TypeIconSprite(): ReactNode {
  return (
    <svg width="0" height="0" style={{ position: "absolute" }} aria-hidden="true">
      {Object.entries(typeIcons).map(([name, icon]) => (
        <symbol key={name} id={symbolId(name)} viewBox="0 0 16 16">
          {icon.body}
        </symbol>
      ))}
    </svg>
  );
}

/** The type's name stands beside it wherever it is used, so the picture itself is silent. */
export function TypeIcon({ type }: { type: string }): ReactNode {
  const name = typeIconName(type);
  return (
    <svg className="typeIcon" data-tone={typeIcons[name]?.tone} width="16" height="16" aria-hidden="true">
      <use href={`#${symbolId(name)}`} />
    </svg>
  );
}
