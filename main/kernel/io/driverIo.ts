/**
 * What drivers ask of the I/O manager beyond devices and requests: queues, timers, IRPs of their own, locks, Plug and
 * Play, power. Composition only; each part is in the file of its name.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { IRP } from "../../../native-bindings/abi/structures/irp";
import type { Threading } from "../ke/threading";
import { BuiltIrps } from "./builtIrps";
import { CancelSafeQueues } from "./cancelSafeQueues";
import { DeviceInterfaces } from "./deviceInterfaces";
import { DeviceQueues } from "./deviceQueues";
import { FileTurns } from "./fileTurns";
import { IoCompletions } from "./ioCompletions";
import type { IoDependencies, IoManager } from "./ioManager";
import { IoTimers } from "./ioTimers";
import { IrpDelivery } from "./irpDelivery";
import { IrpForward } from "./irpForward";
import { Pnp } from "./pnp";
import { Power } from "./power";
import { RemoveLocks } from "./removeLocks";
import { Shutdown } from "./shutdown";
import { StackRequests } from "./stackRequests";
import { StartIo } from "./startIo";
import { UserApcs } from "./userApcs";

export class DriverIo {
  readonly queues: DeviceQueues;
  readonly startIo: StartIo;
  readonly timers: IoTimers;
  readonly csq: CancelSafeQueues;
  readonly removeLocks: RemoveLocks;
  readonly turns: FileTurns;
  readonly completions: IoCompletions;
  readonly apcs: UserApcs;
  readonly delivery: IrpDelivery;
  readonly irps: BuiltIrps;
  readonly forward: IrpForward;
  readonly shutdown: Shutdown;
  readonly power: Power;
  readonly pnp: Pnp;
  readonly interfaces: DeviceInterfaces;
  readonly startWorker: IoDependencies["startWorker"];

  constructor(io: IoManager, dependencies: IoDependencies, threading: Threading) {
    const { memory, pool, ke, ob, nt } = dependencies;
    const { calls, cancel, reports } = io;
    this.startWorker = dependencies.startWorker;
    const { dispatcher } = threading;
    const define = (name: string, routine: (...parameters: Address[]) => void) => ke.routines.define(nt, name, routine);
    this.queues = new DeviceQueues(memory, ke, reports);
    this.startIo = new StartIo(memory, ke, this.queues, calls, cancel, reports);
    const tick = define("IopTimerDispatch", () => this.timers.tick());
    this.timers = new IoTimers(memory, pool, threading.timers, threading.dpcs, calls, tick);
    const cancelled = define("CsqCancelRoutine", (_device, irp = 0) => this.csq.didCancel(irp));
    this.csq = new CancelSafeQueues(memory, pool, ke, calls, cancel, cancelled);
    this.removeLocks = new RemoveLocks(memory, dispatcher, reports, (tag) => io.irps.isLive(tag));
    this.turns = new FileTurns(memory, dispatcher, threading.scheduler, dependencies.running);
    this.completions = new IoCompletions(memory, pool, ob, dispatcher);
    this.apcs = new UserApcs(threading.scheduler, dependencies.threadOf);
    this.delivery = new IrpDelivery(memory, dispatcher, {
      queueApc: (thread, routine, context, block) =>
        this.apcs.queue(thread, { routine, context, ioStatusBlock: block }),
      queuePacket: this.completions.queue,
    });
    this.irps = new BuiltIrps(
      memory,
      ke,
      ob.caller,
      io.irps,
      io.completion,
      io.transfers,
      this.delivery,
      reports,
      io.watch,
    );
    this.forward = new IrpForward(memory, pool, ke, ob, dispatcher, io.dispatch, calls, nt);
    const requests = new StackRequests(memory, pool, dispatcher, io.records, io.dispatch, this.irps);
    this.shutdown = new Shutdown(memory, ob, io.records, requests);
    this.power = new Power(memory, pool, ke, calls, requests, dependencies.startWorker);
    const dispatchPdo = ke.routines.define(nt, "IopPnPDispatch", (_device: Address, irp: Address) => {
      const status = this.pnp.statusOfPdo(irp);
      memory.writeU32(irp + IRP.offset["IoStatus.Status"], status);
      io.completion.IofCompleteRequest(irp);
      return status;
    });
    const makeManager = () =>
      io.drivers.create({ name: "\\Driver\\PnpManager", servicePath: "", imagePath: "ntoskrnl.exe", module: nt }, 0)
        .object;
    const unload = (driver: Address) => io.unloadIdle(driver);
    this.pnp = new Pnp(
      memory,
      pool,
      io.drivers,
      io.devices,
      calls,
      requests,
      dispatchPdo,
      makeManager,
      unload,
      reports,
    );
    this.interfaces = new DeviceInterfaces(memory, ob, io.links, this.pnp);
    io.loader.whenLoaded = (driver) => {
      const record = io.drivers.find(driver);
      return record === undefined ? 0 : this.pnp.didLoad(record);
    };
    io.devices.whenDeleted = (device) => this.timers.didDeleteDevice(device);
    io.files.whenReleased = (file) => this.completions.release(file);
  }
}
