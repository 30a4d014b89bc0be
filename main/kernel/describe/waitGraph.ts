/** The threads of all processes, and who waits for what that whom holds, in the port's words. */
import { type Address, addressToHex } from "../../../native-bindings/abi/address";
import { findNamedValue } from "../../../native-bindings/abi/flags";
import { UserRequest, waitReasons } from "../../../native-bindings/abi/threadStates";
import type { ThreadInfo, ThreadState, WaitGraph, WaitTarget } from "../../machine/threads";
import type { IrpRecord } from "../io/irpRecord";
import type { WaitedFor } from "../ke/waitGraph";
import type { Kernel } from "../kernel";
import type { Thread } from "../ps/ps";
import { WaitNames } from "./waitNames";

type Waiting = Pick<ThreadInfo, "waitType" | "waitReason" | "waitsFor" | "since" | "deadline">;

export function describeWaitGraph(kernel: Kernel): WaitGraph {
  const { ps, waitGraphs } = kernel;
  const describe = new ThreadDescriber(kernel, new WaitNames(kernel));
  return {
    threads: ps.threads.map((thread) => describe.thread(thread)),
    deadlocks: waitGraphs.deadlocks(ps.threads).map((circle) => circle.map(({ id }) => id)),
  };
}

class ThreadDescriber {
  readonly #ids: ReadonlyMap<Address, number>;
  /** Requests that a thread outside the kernel waits for. */
  readonly #requests = new Map<Address, IrpRecord>();

  constructor(
    private readonly kernel: Kernel,
    private readonly names: WaitNames,
  ) {
    this.#ids = new Map(kernel.ps.threads.map(({ object, id }) => [object, id]));
    for (const record of kernel.io.irps.live) {
      if (record.origin === "system" && !record.isOver) this.#requests.set(record.thread, record);
    }
  }

  thread(thread: Thread): ThreadInfo {
    const { control, object, id, process } = thread;
    const waiting = this.#waiting(thread);
    return {
      threadId: id,
      processId: process.id,
      process: process.name,
      address: addressToHex(object),
      state: stateOf(thread, waiting !== undefined),
      irql: control.stack === undefined ? 0 : control.irql,
      priority: control.priority,
      ...(waiting ?? { waitsFor: [] }),
      stack: [...control.routines],
    };
  }

  #waiting(thread: Thread): Waiting | undefined {
    const { clock } = this.kernel.threading;
    const { wait, since, stack } = thread.control;
    if (wait === undefined) {
      const record = stack === undefined ? this.#requests.get(thread.object) : undefined;
      return record && this.#waitingForDriver(record, since);
    }
    const { waitAll, reason, due } = wait.request;
    return {
      waitType: waitAll ? "all" : "any",
      waitReason: findNamedValue(waitReasons, reason)?.name ?? String(reason),
      waitsFor: this.kernel.waitGraphs.targets(wait).map((target) => this.#target(target)),
      since: clock.unixTime(since),
      ...(Number.isFinite(due) ? { deadline: clock.unixTime(due) } : {}),
    };
  }

  /** A program's thread whose request a driver keeps: the driver waits for nothing, the program for the driver. */
  #waitingForDriver(record: IrpRecord, since: number): Waiting {
    return {
      waitType: "any",
      waitReason: findNamedValue(waitReasons, UserRequest)?.name ?? "",
      waitsFor: [this.#request(record.irp, "")],
      since: this.kernel.threading.clock.unixTime(since),
    };
  }

  #target({ address, kind, name, owners }: WaitedFor): WaitTarget {
    if (kind === "Irp") return this.#request(address, name);
    return {
      address: addressToHex(address),
      kind,
      name: name || this.names.nameOf(address, kind),
      owners: owners.flatMap((owner) => this.#ids.get(owner) ?? []),
    };
  }

  #request(irp: Address, known: string): WaitTarget {
    const record = this.kernel.io.irps.find(irp);
    const keeper = record && this.names.keeperOf(record);
    return {
      address: addressToHex(irp),
      kind: "Irp",
      name: this.names.requestName(irp, known),
      owners: [],
      ...(keeper === undefined ? {} : { keeper }),
    };
  }
}

function stateOf({ control }: Thread, isWaiting: boolean): ThreadState {
  if (control.hasEnded) return "terminated";
  if (isWaiting) return "waiting";
  if (control.isReady) return "ready";
  return control.stack === undefined ? "idle" : "running";
}
