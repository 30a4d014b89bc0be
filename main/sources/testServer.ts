/** A scripted peer on loopback, for tests: what it receives can be awaited. */
import { once } from "node:events";
import net from "node:net";
import type { Disposable } from "../machine/machine";

export class TestConnection {
  private received = new Uint8Array(0);
  private readonly waiting = new Set<() => void>();

  constructor(readonly socket: net.Socket) {
    socket.on("data", (chunk: Uint8Array) => {
      this.received = Uint8Array.from([...this.received, ...chunk]);
      this.look();
    });
    socket.on("error", () => {});
    socket.on("close", () => this.look());
  }

  get isClosed(): boolean {
    return this.socket.destroyed;
  }

  /** Takes the next bytes; waits until there are as many. */
  async read(count: number): Promise<Uint8Array> {
    await this.until(() => this.received.length >= count);
    const bytes = this.received.slice(0, count);
    this.received = this.received.slice(count);
    return bytes;
  }

  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
    });
  }

  private look(): void {
    for (const look of [...this.waiting]) look();
  }
}

export class TestServer implements Disposable {
  private readonly server = net.createServer();
  private readonly connections: TestConnection[] = [];
  private next = 0;

  /** @returns the TCP port, or 0 for a path */
  async listen(path?: string): Promise<number> {
    this.server.on("connection", (socket) => this.connections.push(new TestConnection(socket)));
    if (path === undefined) this.server.listen(0, "127.0.0.1");
    else this.server.listen(path);
    await once(this.server, "listening");
    const address = this.server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  /** The next connection, in their order. */
  async accept(): Promise<TestConnection> {
    const index = this.next;
    this.next += 1;
    while (this.connections[index] === undefined) await once(this.server, "connection");
    return this.connections[index];
  }

  dispose(): void {
    this.server.close();
    for (const connection of this.connections) connection.socket.destroy();
  }
}
