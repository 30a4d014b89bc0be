/** Tells of whatever may have changed the machine's memory, while somebody looks: requests, prints, objects, services. */
import { useEffect, useRef } from "react";
import { engine } from "./connection";

/** @param poke called often; a PacedRefresh takes what it can */
export function useMachineChanges(isLookedAt: boolean, poke: () => void): void {
  const newest = useRef(poke);
  newest.current = poke;
  useEffect(() => {
    if (!isLookedAt) return;
    const tell = () => newest.current();
    // At once too: much may have changed while nobody looked.
    const subscriptions = [
      engine.onDidConnect(tell),
      engine.on("machine", tell),
      engine.on("trace", tell),
      engine.on("log", tell),
    ];
    return () => {
      for (const subscription of subscriptions) subscription.dispose();
    };
  }, [isLookedAt]);
}
