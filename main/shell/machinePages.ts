/** How the main process reaches the page that shows a machine, whether or not it is still there to hear it. */
import type { WebContents, WebFrameMain } from "electron";
import type { MachinePage } from "./machines";

/** A page that is gone or not there yet misses what it is told; it asks for the state when it starts. */
export function topPage(contents: WebContents): MachinePage {
  return {
    send(channel, ...values) {
      if (!contents.isDestroyed()) contents.send(channel, ...values);
    },
    postMessage(channel, message, ports) {
      if (!contents.isDestroyed()) contents.postMessage(channel, message, ports);
    },
  };
}

export function framePage(frame: WebFrameMain): MachinePage {
  return {
    send: (channel, ...values) => whileThere(() => frame.send(channel, ...values)),
    postMessage: (channel, message, ports) => whileThere(() => frame.postMessage(channel, message, ports)),
  };
}

/** A frame cannot be asked whether it is still there: Electron throws where it is not. */
function whileThere(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Error && /disposed/.test(error.message))) throw error;
  }
}
