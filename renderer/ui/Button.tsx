/** Push buttons with words, and small ones with a glyph whose words are in a tooltip. */
import type { ReactNode } from "react";
import { Button as AriaButton, Tooltip, TooltipTrigger } from "react-aria-components";
import "./controls.css";

interface ButtonProps {
  children: ReactNode;
  onPress(): void;
  isDisabled?: boolean;
  /** The one that Enter means. */
  isDefault?: boolean;
  isDanger?: boolean;
  autoFocus?: boolean;
  type?: "submit";
}

export function Button({ children, isDefault, isDanger, ...rest }: ButtonProps): ReactNode {
  const kind = isDefault ? "button buttonDefault" : isDanger ? "button buttonDanger" : "button";
  return (
    <AriaButton className={kind} {...rest}>
      {children}
    </AriaButton>
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

/** Long enough not to flicker under a passing pointer. */
const tooltipDelay = 500;

export function IconButton({ label, keys, children, isPressed, isDisabled, onPress }: IconButtonProps): ReactNode {
  return (
    <TooltipTrigger delay={tooltipDelay} closeDelay={0}>
      <AriaButton
        className={isPressed ? "iconButton iconButtonOn" : "iconButton"}
        aria-label={label}
        {...(isPressed === undefined ? {} : { "aria-pressed": isPressed })}
        {...(isDisabled === undefined ? {} : { isDisabled })}
        onPress={onPress}
      >
        {children}
      </AriaButton>
      <Tooltip className="tooltip" offset={4}>
        {label}
        {keys ? <kbd>{keys}</kbd> : null}
      </Tooltip>
    </TooltipTrigger>
  );
}
