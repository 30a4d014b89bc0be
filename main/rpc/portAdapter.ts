/** What the adapters of the two kinds of message ports share: nothing arrives before somebody listens. */
import type { PortEvents } from "./portEvents";
import type { RpcPort } from "./rpcPort";

/** @param post sends a message; not called once the port is closed */
export function rpcPortOver(
  port: { start(): void; close(): void },
  events: PortEvents,
  post: RpcPort["post"],
): RpcPort {
  let started = false;
  return {
    post(message, transfer) {
      if (!events.isClosed) post(message, transfer);
    },
    onMessage(listener) {
      const subscription = events.onMessage(listener);
      if (!started) {
        started = true;
        port.start();
      }
      return subscription;
    },
    onClose: (listener) => events.onClose(listener),
    close() {
      port.close();
      events.close();
    },
  };
}
