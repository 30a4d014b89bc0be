/**
 * How many messages the machine's debug filter masks held back. Nothing tells when one is: the machine is asked after
 * whatever may have made a driver print, though not for every single request of thousands.
 */
import type { Scheduler } from "../log/scheduler";
import type { Disposable, Machine } from "../machine/machine";
import { Throttle } from "./throttle";

/** Milliseconds between two questions that nobody waits for. */
const ASK_INTERVAL = 50;

export class MaskedPrints implements Disposable {
  private readonly throttle: Throttle;
  private known = 0;
  private asking: Promise<void> | undefined;

  constructor(
    private readonly machine: Machine,
    scheduler: Scheduler,
    private readonly onDidChange: () => void,
    private readonly onFault: (error: unknown) => void,
  ) {
    this.throttle = new Throttle(scheduler, ASK_INTERVAL, () => void this.refresh());
  }

  /** As far as known. */
  get count(): number {
    return this.known;
  }

  /** A driver may have run: asks soon. */
  poke(): void {
    this.throttle.poke();
  }

  dispose(): void {
    this.throttle.dispose();
  }

  /** Asks anew; calls while an answer is due share it. A machine without masks counts none. Never rejects. */
  refresh(): Promise<void> {
    this.asking ??= this.ask()
      .catch(this.onFault)
      .finally(() => {
        this.asking = undefined;
      });
    return this.asking;
  }

  private async ask(): Promise<void> {
    const components = await this.machine.debugFilter();
    if (!components.ok) return;
    const count = components.value.reduce((sum, component) => sum + component.dropped, 0);
    if (count === this.known) return;
    this.known = count;
    this.onDidChange();
  }
}
