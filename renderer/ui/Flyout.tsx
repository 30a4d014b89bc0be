/** A small panel at a point of the page that closes with Escape or a click elsewhere. */
import { type ReactNode, useEffect, useRef } from "react";
import { Dialog as AriaDialog, Popover } from "react-aria-components";
import "./controls.css";

interface FlyoutProps {
  /** CSS px of the page. */
  at: { x: number; y: number };
  label: string;
  onClose(): void;
  children: ReactNode;
}

export function Flyout({ at, label, onClose, children }: FlyoutProps): ReactNode {
  const anchor = useRef<HTMLSpanElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const closeNow = () => close.current();
    window.addEventListener("blur", closeNow);
    return () => window.removeEventListener("blur", closeNow);
  }, []);
  return (
    <>
      <span ref={anchor} className="flyoutAnchor" style={{ left: at.x, top: at.y }} />
      <Popover
        className="flyout"
        triggerRef={anchor}
        placement="bottom start"
        offset={2}
        isOpen
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose();
        }}
      >
        <AriaDialog aria-label={label} className="flyoutContent">
          {children}
        </AriaDialog>
      </Popover>
    </>
  );
}
