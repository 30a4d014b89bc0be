/** How the main process tells the page something (ShellEvents), whether or not there is a page to hear it. */
import { eventChannel } from "../../preload/channels";
import type { ShellEvents } from "../../preload/contract";

export type TellPage = <E extends keyof ShellEvents>(event: E, value: ShellEvents[E]) => void;

interface PageContents {
  isDestroyed(): boolean;
  send(channel: string, ...values: unknown[]): void;
}

/** A page that is gone or not there yet misses the event; it asks for the state when it starts. */
export function tellPage(contents: () => PageContents | undefined): TellPage {
  return (event, value) => {
    const page = contents();
    if (page && !page.isDestroyed()) page.send(eventChannel, event, value);
  };
}
