/**
 * The engine's port, asked for before the page wants it: asked for by the page itself, it would come only after the page
 * has drawn itself for the first time. Ports after the first are asked for as they are wanted.
 */
export class FirstPort<Port> {
  /** "over": the first port has been handed on, or its engine is gone. */
  private state: "asked" | "wanted" | "over" | { kept: Port } = "asked";

  constructor(
    private readonly ask: () => void,
    private readonly handOn: (port: Port) => void,
  ) {
    ask();
  }

  /** The page wants a port. */
  want(): void {
    if (this.state === "asked") this.state = "wanted";
    else if (typeof this.state === "object") {
      const { kept } = this.state;
      this.state = "over";
      this.handOn(kept);
    } else this.ask();
  }

  arrived(port: Port): void {
    if (this.state === "asked") this.state = { kept: port };
    else {
      this.state = "over";
      this.handOn(port);
    }
  }

  /** A port to it leads nowhere; the page wants the next engine's once it hears of it. */
  engineEnded(): void {
    this.state = "over";
  }
}
