/** The countdown to the next attempt to connect. */
import { useEffect, useState } from "react";
import { useMachine } from "../../engine/machineState";

/** Whole seconds until the next attempt; undefined where there is none to come. */
export function useRetrySeconds(): number | undefined {
  const retryAt = useMachine((store) => store.retryAt);
  const [, tick] = useState(0);
  useEffect(() => {
    if (retryAt === undefined) return;
    const timer = setInterval(() => tick((count) => count + 1), 250);
    return () => clearInterval(timer);
  }, [retryAt]);
  return retryAt === undefined ? undefined : Math.max(0, Math.ceil((retryAt - performance.now()) / 1_000));
}
