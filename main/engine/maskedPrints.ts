/**
 * How many messages the machine's debug filter masks held back. Nothing tells when one is: the machine is asked after
 * whatever may have made a driver print.
 */
import type { Machine } from "../machine/machine";

export class MaskedPrints {
  private known = 0;
  private asking: Promise<void> | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly onDidChange: () => void,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** As far as known. */
  get count(): number {
    return this.known;
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
