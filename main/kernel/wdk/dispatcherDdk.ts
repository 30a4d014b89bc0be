/** What drivers call to wait, bound to a kernel. */
import { asCall, type MayWait } from "../ke/call";
import type { WaitOptions } from "../ke/dispatcher";
import {
  KeInitializeEvent,
  KeInitializeMutex,
  KeInitializeSemaphore,
  KeInitializeTimerEx,
  readState,
} from "../ke/dispatcherObjects";
import type { Kernel } from "../kernel";
import type { DdkDispatcher, DdkThreads, DdkTime, DdkWaitOptions } from "./ddkDispatcher";

const TICKS_PER_MICROSECOND = 10;

function waitOptions(timeout: bigint | undefined, options: DdkWaitOptions | undefined): WaitOptions {
  return { ...options, timeout };
}

export function dispatcherDdk({ mem, threading }: Kernel): DdkDispatcher {
  const { dispatcher } = threading;
  const read = (object: number) => readState(mem, object);
  return {
    KeInitializeEvent: (event, type, state) => KeInitializeEvent(mem, event, type, state),
    KeSetEvent: (event) => dispatcher.KeSetEvent(event),
    KeResetEvent: (event) => dispatcher.KeResetEvent(event),
    KeClearEvent: (event) => dispatcher.KeClearEvent(event),
    KeReadStateEvent: read,
    KeInitializeMutex: (mutex) => KeInitializeMutex(mem, mutex),
    KeReleaseMutex: (mutex) => dispatcher.KeReleaseMutex(mutex),
    KeReadStateMutex: read,
    KeInitializeSemaphore: (semaphore, count, limit) => KeInitializeSemaphore(mem, semaphore, count, limit),
    KeReleaseSemaphore: (semaphore, _increment, adjustment) => dispatcher.KeReleaseSemaphore(semaphore, adjustment),
    KeReadStateSemaphore: read,
    KeWaitForSingleObject: (object, timeout, options) =>
      asCall(dispatcher.KeWaitForSingleObject(object, waitOptions(timeout, options))),
    KeWaitForMutexObject: (mutex, timeout, options) =>
      asCall(dispatcher.KeWaitForSingleObject(mutex, waitOptions(timeout, options))),
    KeWaitForMultipleObjects: (objects, waitAll, timeout, options) =>
      asCall(dispatcher.KeWaitForMultipleObjects(objects, waitAll, waitOptions(timeout, options), true)),
    KeDelayExecutionThread: (interval) => asCall(dispatcher.KeDelayExecutionThread(interval)),
  };
}

export function timeDdk({ mem, ke, threading }: Kernel): DdkTime {
  const { clock, timers, dpcs } = threading;
  return {
    KeInitializeTimer: (timer) => KeInitializeTimerEx(mem, timer, 0),
    KeInitializeTimerEx: (timer, type) => KeInitializeTimerEx(mem, timer, type),
    KeSetTimer: (timer, dueTime, dpc = 0) => timers.KeSetTimerEx(timer, dueTime, 0, dpc),
    KeSetTimerEx: (timer, dueTime, period, dpc = 0) => timers.KeSetTimerEx(timer, dueTime, period, dpc),
    KeCancelTimer: (timer) => timers.KeCancelTimer(timer),
    KeReadStateTimer: (timer) => readState(mem, timer),
    KeInitializeDpc: (dpc, routine, context) => dpcs.KeInitializeDpc(dpc, routine, context),
    KeInsertQueueDpc: (dpc, first = 0, second = 0) => dpcs.KeInsertQueueDpc(dpc, first, second),
    KeRemoveQueueDpc: (dpc) => dpcs.KeRemoveQueueDpc(dpc),
    KeFlushQueuedDpcs: () => dpcs.retire(),
    KeQuerySystemTime: () => clock.systemTime,
    KeQueryInterruptTime: () => BigInt(clock.interruptTime),
    KeStallExecutionProcessor: (microseconds) =>
      clock.moveTo(clock.interruptTime + microseconds * TICKS_PER_MICROSECOND),
    KeGetCurrentIrql: () => ke.KeGetCurrentIrql(),
    KeRaiseIrql: (irql) => ke.KeRaiseIrql(irql),
    KeLowerIrql: (irql) => ke.KeLowerIrql(irql),
  };
}

export function threadsDdk({ ps, fastMutexes, resources, systemThreads, workItems }: Kernel): DdkThreads {
  const call = (result: MayWait<number>) => asCall(result);
  return {
    KeEnterCriticalRegion: () => ps.changeApcDisable(-1),
    KeLeaveCriticalRegion: () => ps.changeApcDisable(1),
    KeAreApcsDisabled: () => ps.current.thread.control.apcDisable !== 0,
    ExInitializeFastMutex: (mutex) => fastMutexes.ExInitializeFastMutex(mutex),
    ExAcquireFastMutex: (mutex) => call(fastMutexes.ExAcquireFastMutex(mutex)),
    ExTryToAcquireFastMutex: (mutex) => fastMutexes.ExTryToAcquireFastMutex(mutex),
    ExReleaseFastMutex: (mutex) => fastMutexes.ExReleaseFastMutex(mutex),
    ExInitializeResourceLite: (resource) => resources.ExInitializeResourceLite(resource),
    ExDeleteResourceLite: (resource) => resources.ExDeleteResourceLite(resource),
    ExAcquireResourceExclusiveLite: (resource, wait) => call(resources.ExAcquireResourceExclusiveLite(resource, wait)),
    ExAcquireResourceSharedLite: (resource, wait) => call(resources.ExAcquireResourceSharedLite(resource, wait)),
    ExAcquireSharedStarveExclusive: (resource, wait) => call(resources.ExAcquireSharedStarveExclusive(resource, wait)),
    ExAcquireSharedWaitForExclusive: (resource, wait) =>
      call(resources.ExAcquireSharedWaitForExclusive(resource, wait)),
    ExReleaseResourceLite: (resource) => resources.ExReleaseResourceLite(resource),
    ExConvertExclusiveToSharedLite: (resource) => resources.ExConvertExclusiveToSharedLite(resource),
    ExIsResourceAcquiredExclusiveLite: (resource) => resources.isHeldExclusively(resource),
    ExIsResourceAcquiredSharedLite: (resource) => resources.holdCount(resource),
    PsCreateSystemThread: (routine, context) => systemThreads.PsCreateSystemThread(routine, context),
    PsTerminateSystemThread: (status) => systemThreads.PsTerminateSystemThread(status),
    KeGetCurrentThread: () => ps.current.thread.object,
    KeSetPriorityThread: (thread, priority) => ps.setPriority(thread, priority),
    IoAllocateWorkItem: (ioObject) => workItems.IoAllocateWorkItem(ioObject),
    IoFreeWorkItem: (workItem) => workItems.IoFreeWorkItem(workItem),
    IoQueueWorkItem: (workItem, routine, _queueType, context) => workItems.IoQueueWorkItem(workItem, routine, context),
    ExQueueWorkItem: (workItem) => workItems.ExQueueWorkItem(workItem),
  };
}
