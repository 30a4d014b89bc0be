/**
 * Dialogs: a title, fields, and the buttons at the bottom right, OK before Cancel. Enter means the default button,
 * Escape Cancel; what goes wrong is said inside the dialog, which then stays open.
 */
import type { FormEvent, ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button } from "./Button";
import "./controls.css";

interface DialogProps {
  title: string;
  /** CSS px; the window's width caps it. */
  width?: number;
  onClose(): void;
  /** Left out: there is only a Close button. */
  onSubmit?(): void;
  submitLabel?: string;
  canSubmit?: boolean;
  isDanger?: boolean;
  children: ReactNode;
}

export function Dialog(props: DialogProps): ReactNode {
  const { title, width = 420, onClose, onSubmit, submitLabel = "OK", canSubmit = true } = props;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (onSubmit && canSubmit) onSubmit();
  }
  return (
    <ModalOverlay
      className="dialogOverlay"
      data-modal=""
      isOpen
      isDismissable={false}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="dialogBox" style={{ width: `min(${width}px, calc(100vw - 32px))` }}>
        <AriaDialog className="dialog">
          <form onSubmit={submit}>
            <Heading slot="title" className="dialogTitle">
              {title}
            </Heading>
            <div className="dialogBody">{props.children}</div>
            <div className="dialogButtons">
              {onSubmit ? (
                <Button
                  type="submit"
                  isDisabled={!canSubmit}
                  onPress={doNothing}
                  {...(props.isDanger ? { isDanger: true } : { isDefault: true })}
                >
                  {submitLabel}
                </Button>
              ) : null}
              <Button onPress={onClose}>{onSubmit ? "Cancel" : "Close"}</Button>
            </div>
          </form>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A submit button's press is the form's own submit event. */
function doNothing(): void {}
