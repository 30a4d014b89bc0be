/** Provides a component's command handlers while it is mounted, always in their newest form. */
import { useEffect, useLayoutEffect, useRef } from "react";
import { type CommandHandlers, type CommandScope, commandsChanged, provideCommands } from "./registry";

export function useCommands(scope: CommandScope, handlers: CommandHandlers): void {
  const newest = useRef(handlers);
  useLayoutEffect(() => {
    newest.current = handlers;
    commandsChanged();
  });
  useEffect(() => {
    const provided = provideCommands(scope, () => newest.current);
    return () => provided.dispose();
  }, [scope]);
}
