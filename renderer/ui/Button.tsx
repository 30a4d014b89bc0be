/**
 * Push buttons with words, and small ones with a glyph whose words are in a tooltip. They are the browser's own: the
 * first look at the window has eight of them, and a library's would be a third of its code.
 */
import type { ReactNode } from "react";
import "./controls.css";

interface ButtonProps {
  children: ReactNode;
  onPress(): void;
  isDisabled?: boolean;
  /** The one that Enter means. */
  isDefault?: boolean;
  isDanger?: boolean;
  type?: "submit";
}

export function Button({ children, isDefault, isDanger, isDisabled, onPress, type }: ButtonProps): ReactNode {
  const kind = isDefault ? "button buttonDefault" : isDanger ? "button buttonDanger" : "button";
  return (
    <button className={kind} type={type ?? "button"} disabled={isDisabled} onClick={onPress}>
      {children}
    </button>
  );
}

interface IconButtonProps {
  /** Accessible name and tooltip. */
  label: string;
  /** Keys shown after the label in the tooltip. */
  keys?: string | undefined;
  children: ReactNode;
  onPress(): void;
  isDisabled?: boolean;
  /** A toggle that is on. */
  isPressed?: boolean;
}

export function IconButton({ label, keys, children, isPressed, isDisabled, onPress }: IconButtonProps): ReactNode {
  return (
    <button
      className={isPressed ? "iconButton iconButtonOn" : "iconButton"}
      type="button"
      aria-label={label}
      aria-pressed={isPressed}
      title={keys ? `${label} (${keys})` : label}
      disabled={isDisabled}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
