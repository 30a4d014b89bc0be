/** What a pane shows when it has nothing to show: one sentence, and what can be done about it. */
import type { ReactNode } from "react";
import "./controls.css";

interface EmptyStateProps {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}

export function EmptyState({ title, children, actions }: EmptyStateProps): ReactNode {
  return (
    <div className="emptyState">
      <p className="emptyTitle">{title}</p>
      {children ? <div className="muted">{children}</div> : null}
      {actions ? <div className="emptyActions">{actions}</div> : null}
    </div>
  );
}
