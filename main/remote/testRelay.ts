/** For tests: a wire that can be cut. Its address stays while what stands behind it goes and comes back. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { AgentAddress } from "./agentAddress";
import { cleanUp } from "./testAgent";

export class TestRelay {
  private readonly sockets = new Set<Socket>();
  private readonly held: Socket[] = [];
  private holds = false;
  private readonly server = createServer((near) => this.accept(near));

  private constructor(private target: AgentAddress) {}

  static async open(target: AgentAddress): Promise<TestRelay> {
    const relay = new TestRelay(target);
    await once(relay.server.listen(0, "127.0.0.1"), "listening");
    cleanUp(() => {
      relay.server.close();
      relay.cut();
    });
    return relay;
  }

  get address(): AgentAddress {
    return { host: "127.0.0.1", port: (this.server.address() as AddressInfo).port };
  }

  /** Breaks all connections. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** New connections wait until `release`. */
  hold(): void {
    this.holds = true;
  }

  release(target = this.target): void {
    this.target = target;
    this.holds = false;
    for (const socket of this.held.splice(0)) this.join(socket);
  }

  private accept(near: Socket): void {
    this.keep(near);
    if (this.holds) this.held.push(near);
    else this.join(near);
  }

  private join(near: Socket): void {
    const far = connect(this.target);
    this.keep(far);
    near.pipe(far);
    far.pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => this.sockets.delete(socket));
  }
}
