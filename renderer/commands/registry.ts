/**
 * What commands do. preload/commands.ts says which exist; panes and the window say here how to run them, under a
 * scope: a pane's handlers count while that pane is the active one, the window's always. The active pane wins, so
 * that "Refresh" or "Find" means the list one is looking at.
 */
import { type CommandId, commands } from "../../preload/commands";
import { showNotice } from "../frame/notices";

export interface CommandHandler {
  run(): void | Promise<void>;
  /** Left out: always. */
  isEnabled?(): boolean;
  /** For commands with a tick in the menu. */
  isChecked?(): boolean;
}

export type CommandHandlers = Partial<Record<CommandId, CommandHandler>>;

/** A pane's id, or the window as a whole. */
export type CommandScope = string;
export const windowScope: CommandScope = "window";

const providers: { scope: CommandScope; handlers: () => CommandHandlers }[] = [];
const listeners = new Set<() => void>();
let activeScope: CommandScope = windowScope;

export const commandIds = Object.keys(commands) as CommandId[];

/** Tells the menu, the palette and toolbars that what can run may have changed. */
export function commandsChanged(): void {
  for (const listener of [...listeners]) listener();
}

export function onCommandsChanged(listener: () => void): { dispose(): void } {
  listeners.add(listener);
  return { dispose: () => void listeners.delete(listener) };
}

export function setActiveScope(scope: CommandScope): void {
  if (scope === activeScope) return;
  activeScope = scope;
  commandsChanged();
}

/** The newest provider of a scope wins. `handlers` is a function where they change while they are provided. */
export function provideCommands(
  scope: CommandScope,
  handlers: CommandHandlers | (() => CommandHandlers),
): { dispose(): void } {
  const provider = { scope, handlers: typeof handlers === "function" ? handlers : () => handlers };
  providers.unshift(provider);
  commandsChanged();
  return {
    dispose() {
      const index = providers.indexOf(provider);
      if (index >= 0) providers.splice(index, 1);
      commandsChanged();
    },
  };
}

function handlerIn(scope: CommandScope, id: CommandId): CommandHandler | undefined {
  for (const provider of providers) {
    const handler = provider.scope === scope ? provider.handlers()[id] : undefined;
    if (handler) return handler;
  }
  return undefined;
}

function handlerOf(id: CommandId): CommandHandler | undefined {
  return handlerIn(activeScope, id) ?? handlerIn(windowScope, id);
}

export function isCommandEnabled(id: CommandId): boolean {
  const handler = handlerOf(id);
  return handler !== undefined && (handler.isEnabled?.() ?? true);
}

export function isCommandChecked(id: CommandId): boolean {
  return handlerOf(id)?.isChecked?.() ?? false;
}

/** @returns false when the command cannot run now. */
export function runCommand(id: CommandId): boolean {
  if (!isCommandEnabled(id)) return false;
  Promise.resolve(handlerOf(id)?.run())
    .catch((reason: unknown) => showNotice("error", `${commandTitle(id)} failed`, String(reason)))
    .finally(commandsChanged);
  return true;
}

/** The title without the menu's mnemonic mark. */
export function commandTitle(id: CommandId): string {
  return commands[id].title.replace(/&(?!&)/, "");
}
