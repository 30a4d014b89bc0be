/** Draws a component again whenever its row source changed; the number tells effects so too. */
import { useEffect, useReducer } from "react";
import type { RowSource } from "./rowSource";

export function useSourceVersion(source: RowSource<never> | RowSource<unknown>): number {
  const [version, changed] = useReducer((version: number) => version + 1, 0);
  useEffect(() => {
    const subscription = source.onDidChange(changed);
    return () => subscription.dispose();
  }, [source]);
  return version;
}
