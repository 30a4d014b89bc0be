/** The rest of the I/O manager that drivers call, bound to a kernel. */
import { irpSize } from "../io/irpBlock";
import { asCall, type Coroutine } from "../ke/call";
import type { Kernel } from "../kernel";
import { attachDevice } from "./attachDevice";
import type { DdkCancelSafeQueues, DdkIo, DdkOwnIrps, DdkPnp, DdkQueues, DdkShutdown, DdkStacks } from "./ddkIo";
import { objectsDdk, zwDdk } from "./zwDdk";

function queues({ driverIo }: Kernel): DdkQueues {
  const { queues: device, startIo, timers } = driverIo;
  return {
    KeInitializeDeviceQueue: (queue) => device.KeInitializeDeviceQueue(queue),
    KeInsertDeviceQueue: (queue, entry) => device.KeInsertDeviceQueue(queue, entry),
    KeInsertByKeyDeviceQueue: (queue, entry, key) => device.KeInsertByKeyDeviceQueue(queue, entry, key),
    KeRemoveDeviceQueue: (queue) => device.KeRemoveDeviceQueue(queue),
    KeRemoveByKeyDeviceQueue: (queue, key) => device.KeRemoveByKeyDeviceQueue(queue, key),
    KeRemoveEntryDeviceQueue: (_queue, entry) => device.KeRemoveEntryDeviceQueue(entry),
    IoSetStartIoAttributes: (object, deferred, nonCancelable) =>
      startIo.IoSetStartIoAttributes(object, deferred, nonCancelable),
    IoStartPacket: (object, irp, key, cancelFunction = 0) => startIo.IoStartPacket(object, irp, key, cancelFunction),
    IoStartNextPacket: (object, cancelable) => startIo.IoStartNextPacket(object, cancelable, undefined),
    IoStartNextPacketByKey: (object, cancelable, key) => startIo.IoStartNextPacket(object, cancelable, key),
    IoInitializeTimer: (object, routine, context) => timers.IoInitializeTimer(object, routine, context),
    IoStartTimer: (object) => timers.IoStartTimer(object),
    IoStopTimer: (object) => timers.IoStopTimer(object),
    IoInitializeDpcRequest: (object, routine) => timers.IoInitializeDpcRequest(object, routine),
    IoRequestDpc: (object, irp, context) => timers.IoRequestDpc(object, irp, context),
  };
}

function ownIrps({ driverIo }: Kernel): DdkOwnIrps {
  const { irps, forward } = driverIo;
  return {
    IoSizeOfIrp: irpSize,
    IoAllocateIrp: (stackSize) => irps.IoAllocateIrp(stackSize),
    IoInitializeIrp: (irp, packetSize, stackSize) => irps.IoInitializeIrp(irp, packetSize, stackSize),
    IoReuseIrp: (irp, status) => irps.IoReuseIrp(irp, status),
    IoFreeIrp: (irp) => irps.IoFreeIrp(irp),
    IoMakeAssociatedIrp: (irp, stackSize) => irps.IoMakeAssociatedIrp(irp, stackSize),
    IoBuildDeviceIoControlRequest: (
      code,
      device,
      input,
      inputLength,
      output,
      outputLength,
      internal,
      event,
      ioStatusBlock,
    ) =>
      irps.IoBuildDeviceIoControlRequest({
        code,
        device,
        input,
        inputLength,
        output,
        outputLength,
        internal,
        event,
        ioStatusBlock,
      }),
    IoBuildSynchronousFsdRequest: (major, device, buffer, length, startingOffset, event, ioStatusBlock) =>
      irps.IoBuildSynchronousFsdRequest({ major, device, buffer, length, startingOffset, event, ioStatusBlock }),
    IoBuildAsynchronousFsdRequest: (major, device, buffer, length, startingOffset, ioStatusBlock) =>
      irps.IoBuildAsynchronousFsdRequest({ major, device, buffer, length, startingOffset, event: 0, ioStatusBlock }),
    IoForwardIrpSynchronously: (device, irp) => asCall(forward.IoForwardIrpSynchronously(device, irp)),
    IoSetCompletionRoutineEx: (...parameters) => forward.IoSetCompletionRoutineEx(...parameters),
  };
}

function cancelSafeQueues({ driverIo }: Kernel): DdkCancelSafeQueues {
  const { csq } = driverIo;
  return {
    IoCsqInitialize: (queue, routines) => csq.IoCsqInitialize(queue, routines),
    IoCsqInitializeEx: (queue, routines) => csq.IoCsqInitialize(queue, routines, true),
    IoCsqInsertIrp: (queue, irp, context = 0) => void csq.IoCsqInsertIrp(queue, irp, context),
    IoCsqInsertIrpEx: (queue, irp, context, insertContext) => csq.IoCsqInsertIrp(queue, irp, context, insertContext),
    IoCsqRemoveIrp: (queue, context) => csq.IoCsqRemoveIrp(queue, context),
    IoCsqRemoveNextIrp: (queue, peekContext) => csq.IoCsqRemoveNextIrp(queue, peekContext),
  };
}

function stacks(kernel: Kernel): DdkStacks {
  const { io, ob, driverIo } = kernel;
  const { removeLocks } = driverIo;
  const referenced = (device: number) => {
    if (device !== 0) ob.ObReferenceObject(device);
    return device;
  };
  return {
    IoGetAttachedDevice: (device) => io.stacks.IoGetAttachedDevice(device),
    IoGetAttachedDeviceReference: (device) => referenced(io.stacks.IoGetAttachedDevice(device)),
    IoGetLowerDeviceObject: (device) => referenced(io.records.attachedTo(device)),
    IoAttachDeviceToDeviceStackSafe: (source, target) => io.stacks.IoAttachDeviceToDeviceStackSafe(source, target),
    IoAttachDevice: (source, name) => asCall(attachDevice(kernel, source, name)),
    IoCreateUnprotectedSymbolicLink: (link, target) => io.links.IoCreateSymbolicLink(link, target),
    IoInitializeRemoveLock: (lock) => removeLocks.IoInitializeRemoveLock(lock),
    IoAcquireRemoveLock: (lock, tag) => removeLocks.IoAcquireRemoveLock(lock, tag),
    IoReleaseRemoveLock: (lock, tag) => removeLocks.IoReleaseRemoveLock(lock, tag),
    IoReleaseRemoveLockAndWait: (lock, tag) => asCall(removeLocks.IoReleaseRemoveLockAndWait(lock, tag)),
  };
}

function shutdownOf({ driverIo: { shutdown } }: Kernel): DdkShutdown {
  return {
    IoRegisterShutdownNotification: (device) => shutdown.IoRegisterShutdownNotification(device),
    IoRegisterLastChanceShutdownNotification: (device) => shutdown.IoRegisterLastChanceShutdownNotification(device),
    IoUnregisterShutdownNotification: (device) => shutdown.IoUnregisterShutdownNotification(device),
  };
}

function pnpOf({ io, driverIo }: Kernel): DdkPnp {
  const { pnp, power, interfaces } = driverIo;
  return {
    IoInvalidateDeviceRelations: (pdo, type) => driverIo.startWorker(toTheEnd(pnp.queryRelations(pdo, type))),
    IoRegisterDeviceInterface: (pdo, guid, reference) => interfaces.IoRegisterDeviceInterface(pdo, guid, reference),
    IoSetDeviceInterfaceState: (link, enable) => interfaces.IoSetDeviceInterfaceState(link, enable),
    IoGetDeviceProperty: (pdo, property, length, buffer) =>
      interfaces.IoGetDeviceProperty(pdo, property, length, buffer),
    PoCallDriver: (device, irp) => asCall(io.dispatch.IofCallDriver(device, irp)),
    PoStartNextPowerIrp: () => undefined,
    PoRequestPowerIrp: (...parameters) => power.PoRequestPowerIrp(...parameters),
    PoSetPowerState: (device, type, state) => power.PoSetPowerState(device, type, state),
  };
}

function* toTheEnd(work: Coroutine<number>): Coroutine<undefined> {
  yield* work;
  return undefined;
}

export function ioDdk(kernel: Kernel): DdkIo {
  return {
    ...queues(kernel),
    ...ownIrps(kernel),
    ...cancelSafeQueues(kernel),
    ...stacks(kernel),
    ...shutdownOf(kernel),
    ...pnpOf(kernel),
    ...zwDdk(kernel),
    ...objectsDdk(kernel),
  };
}
