/** Waiting for a source's health in tests, without a clock. */
import type { Source, SourceHealth } from "./source";

export function untilHealth(source: Source, condition: (health: SourceHealth) => boolean): Promise<SourceHealth> {
  if (condition(source.health())) return Promise.resolve(source.health());
  return new Promise((resolve) => {
    const listening = source.onDidChangeHealth((health) => {
      if (!condition(health)) return;
      listening.dispose();
      resolve(health);
    });
  });
}
