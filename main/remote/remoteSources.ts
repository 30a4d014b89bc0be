/**
 * The sources of an agent's log together with those that run here beside it. What is added is added here: a file, a
 * serial line or a port is this computer's.
 */
import type { EngineClient, SourceInfo } from "../engine/protocol";
import type { Sources } from "../engine/sourceSet";
import type { Disposable } from "../machine/machine";
import { ok, type Result } from "../machine/result";

export class RemoteSources implements Sources {
  constructor(
    private readonly agent: EngineClient,
    private readonly here: Sources,
  ) {}

  async list(): Promise<SourceInfo[]> {
    const there = await this.agent.call("sources.list", {});
    return [...(there.ok ? there.value.map(idThere) : []), ...(await this.here.list()).map(idHere)];
  }

  async add(spec: string): Promise<Result<SourceInfo>> {
    const added = await this.here.add(spec);
    return added.ok ? ok(idHere(added.value)) : added;
  }

  async remove(id: number): Promise<Result<void>> {
    const own = Math.floor(id / 2);
    if (id % 2 === 0) return this.here.remove(own);
    const removed = await this.agent.call("sources.remove", { id: own });
    return removed.ok ? ok(undefined) : removed;
  }

  onDidChange(listener: (sources: SourceInfo[]) => void): Disposable {
    const tell = async () => listener(await this.list());
    const subscriptions = [this.agent.on("sources", () => void tell()), this.here.onDidChange(() => void tell())];
    return {
      dispose() {
        for (const subscription of subscriptions) subscription.dispose();
      },
    };
  }

  /** The agent's own go on: they are its other clients' too. */
  dispose(): void {
    this.here.dispose();
  }
}

/** Even numbers are sources here, odd ones the agent's. */
function idHere(info: SourceInfo): SourceInfo {
  return { ...info, id: info.id * 2 };
}

function idThere(info: SourceInfo): SourceInfo {
  return { ...info, id: info.id * 2 + 1 };
}
