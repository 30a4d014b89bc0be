/** The machine's pool as the pane shows it; the mark outlives the pane, since a leak is looked for over a while. */
import { create } from "zustand";
import type { PoolTagUsage, StatusError } from "../../../preload/shared";
import { engine } from "../../engine/connection";
import { type PoolMark, poolMark } from "./poolRows";

interface PoolState {
  usage: readonly PoolTagUsage[] | undefined;
  mark: PoolMark | undefined;
  error: StatusError | undefined;
}

export const usePool = create<PoolState>(() => ({ usage: undefined, mark: undefined, error: undefined }));

export async function loadPool(): Promise<void> {
  const answer = await engine.call("pool.usage", {});
  usePool.setState(answer.ok ? { usage: answer.value, error: undefined } : { error: answer.error });
}

export function setMark(): void {
  const { usage } = usePool.getState();
  if (usage) usePool.setState({ mark: poolMark(usage, Date.now()) });
}

export function clearMark(): void {
  usePool.setState({ mark: undefined });
}
