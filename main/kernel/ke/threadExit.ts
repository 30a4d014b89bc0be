/** Thrown by PsTerminateSystemThread, which does not return: it unwinds the thread's stack, and is no fault of the driver's. */
export class ThreadExit extends Error {
  constructor(readonly status: number) {
    super("the thread ended itself");
    this.name = "ThreadExit";
  }
}
