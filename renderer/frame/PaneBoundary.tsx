/** A pane that fails takes nothing else with it: it says what happened and can be tried again. */
import { Component, type ErrorInfo, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";

interface PaneBoundaryProps {
  title: string;
  children: ReactNode;
}

export class PaneBoundary extends Component<PaneBoundaryProps, { failure: string | undefined }> {
  override state = { failure: undefined as string | undefined };

  static getDerivedStateFromError(error: unknown): { failure: string } {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    // The shell writes the page's uncaught errors to the log file; without this the stack would be lost.
    reportError(new Error(`${this.props.title} pane failed${info.componentStack ?? ""}`, { cause: error }));
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    return (
      <EmptyState
        title={`${this.props.title} stopped working`}
        actions={<Button onPress={() => this.setState({ failure: undefined })}>Try again</Button>}
      >
        {failure}
      </EmptyState>
    );
  }
}
