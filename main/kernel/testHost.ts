/** A host for tests: a clock that stands still until told, a fixed random sequence, and everything recorded. */
import type { BugcheckInfo, DebugPrintEvent, KernelHost, KernelReport, NamespaceChange } from "./kernelHost";

export class TestHost implements KernelHost {
  /** 2026-01-01T00:00:00Z */
  time = 1_767_225_600_000;
  readonly prints: DebugPrintEvent[] = [];
  readonly bugchecks: BugcheckInfo[] = [];
  readonly changes: NamespaceChange[] = [];
  readonly reports: KernelReport[] = [];
  wakeAfter: KernelHost["wakeAfter"];
  #seed = 1;

  now(): number {
    return this.time;
  }

  /** Park and Miller's minimal standard generator: deterministic, and good enough for tests. */
  random(): number {
    this.#seed = (this.#seed * 48_271) % 0x7fff_ffff;
    return this.#seed / 0x7fff_ffff;
  }

  didPrint(print: DebugPrintEvent): void {
    this.prints.push(print);
  }

  didBugcheck(info: BugcheckInfo): void {
    this.bugchecks.push(info);
  }

  /** Can be set to undefined: nobody watches. */
  didChange: KernelHost["didChange"] = (change: NamespaceChange) => {
    this.changes.push(change);
  };

  didReport(report: KernelReport): void {
    this.reports.push(report);
  }
}
