/** The log's two one-field dialogs: how many lines to keep, and a comment to put into the log. */
import { type ReactNode, useState } from "react";
import { Dialog } from "../../ui/Dialog";
import { TextField } from "../../ui/TextField";

export function HistoryDialog({
  lines,
  onApply,
  onClose,
}: {
  lines: number;
  onApply(lines: number): void;
  onClose(): void;
}): ReactNode {
  const [text, setText] = useState(String(lines));
  const value = /^\d{1,12}$/.test(text.trim()) ? Number(text) : undefined;
  return (
    <Dialog
      title="History depth"
      onClose={onClose}
      canSubmit={value !== undefined}
      onSubmit={() => onApply(value ?? 0)}
    >
      <TextField
        label="Lines to keep (0: no limit)"
        value={text}
        onChange={setText}
        autoFocus
        help="Beyond it the oldest lines go, and the status bar counts them."
        {...(value === undefined ? { error: "A whole number, please." } : {})}
      />
    </Dialog>
  );
}

export function CommentDialog({ onApply, onClose }: { onApply(text: string): void; onClose(): void }): ReactNode {
  const [text, setText] = useState("");
  return (
    <Dialog title="Insert comment" onClose={onClose} canSubmit={text.trim() !== ""} onSubmit={() => onApply(text)}>
      <TextField
        label="Comment"
        value={text}
        onChange={setText}
        autoFocus
        help="Stands in the log as a line of its own, at the present time."
      />
    </Dialog>
  );
}
