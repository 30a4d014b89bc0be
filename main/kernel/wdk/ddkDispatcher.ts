/**
 * Waiting and what is waited for, as drivers call it (wdm.h). A routine that waits is a `function*`, and every call here
 * that answers a `Call` is `yield*`ed: `const status = yield* ddk.KeWaitForSingleObject(event);`.
 */
import type { Address } from "../../../native-bindings/abi/address";
import type { Call } from "../ke/call";
import type { NtStatus } from "./ddk";

export interface DdkWaitOptions {
  /** APCs and alerts end the wait; false when left out. */
  readonly alertable?: boolean;
  /** KWAIT_REASON; Executive when left out. */
  readonly reason?: number;
  /** 0 KernelMode, 1 UserMode: a program that is ended meanwhile ends the wait. KernelMode when left out. */
  readonly mode?: 0 | 1;
}

/** Events, mutexes, semaphores, and waits for them. Times are in 100 ns: below 0 from now, else a system time. */
export interface DdkDispatcher {
  /** `KeInitializeEvent`: makes a KEVENT; type 0 is a notification event, 1 a synchronization event. */
  KeInitializeEvent(event: Address, type: number, state: boolean): void;
  /** `KeSetEvent`: signals an event; answers its state before. */
  KeSetEvent(event: Address, increment?: number, wait?: boolean): number;
  /** `KeResetEvent`: resets an event; answers its state before. */
  KeResetEvent(event: Address): number;
  /** `KeClearEvent`: resets an event. */
  KeClearEvent(event: Address): void;
  /** `KeReadStateEvent`: 1 when signalled. */
  KeReadStateEvent(event: Address): number;
  /** `KeInitializeMutex`: makes a KMUTEX that nobody holds; it must lie in non-paged pool. */
  KeInitializeMutex(mutex: Address, level?: number): void;
  /** `KeReleaseMutex`: answers 0 when that was the last release. Not to hold the mutex is a bugcheck. */
  KeReleaseMutex(mutex: Address, wait?: boolean): number;
  /** `KeReadStateMutex`: 1 when nobody holds it. */
  KeReadStateMutex(mutex: Address): number;
  /** `KeInitializeSemaphore`: a count that starts at `count` and does not exceed `limit`. */
  KeInitializeSemaphore(semaphore: Address, count: number, limit: number): void;
  /** `KeReleaseSemaphore`: adds to the count; answers the count before. Beyond the limit it raises an exception. */
  KeReleaseSemaphore(semaphore: Address, increment: number, adjustment: number, wait?: boolean): number;
  /** `KeReadStateSemaphore`: the count. */
  KeReadStateSemaphore(semaphore: Address): number;
  /** `KeWaitForSingleObject`: STATUS_SUCCESS, or STATUS_TIMEOUT when `timeout` is given and has passed. */
  KeWaitForSingleObject(object: Address, timeout?: bigint, options?: DdkWaitOptions): Call<NtStatus>;
  /** `KeWaitForMutexObject`: the same under another name. */
  KeWaitForMutexObject(mutex: Address, timeout?: bigint, options?: DdkWaitOptions): Call<NtStatus>;
  /** `KeWaitForMultipleObjects`: STATUS_WAIT_0 and the lowest index that is signalled, or with `waitAll` STATUS_SUCCESS. */
  KeWaitForMultipleObjects(
    objects: readonly Address[],
    waitAll: boolean,
    timeout?: bigint,
    options?: DdkWaitOptions,
  ): Call<NtStatus>;
  /** `KeDelayExecutionThread`: lets time pass; STATUS_SUCCESS when it has. */
  KeDelayExecutionThread(interval: bigint): Call<NtStatus>;
}

/** Timers, DPCs, time and the IRQL. */
export interface DdkTime {
  /** `KeInitializeTimer`: a timer that stays signalled when it is due. */
  KeInitializeTimer(timer: Address): void;
  /** `KeInitializeTimerEx`: type 0 stays signalled, 1 releases one waiter. */
  KeInitializeTimerEx(timer: Address, type: number): void;
  /** `KeSetTimer`: due at `dueTime` (100 ns; below 0 from now), and queues `dpc` then; answers whether it ran already. */
  KeSetTimer(timer: Address, dueTime: bigint, dpc?: Address): boolean;
  /** `KeSetTimerEx`: as KeSetTimer, and every `period` milliseconds after. */
  KeSetTimerEx(timer: Address, dueTime: bigint, period: number, dpc?: Address): boolean;
  /** `KeCancelTimer`: answers whether it ran. */
  KeCancelTimer(timer: Address): boolean;
  /** `KeReadStateTimer`: 1 when it was due. */
  KeReadStateTimer(timer: Address): number;
  /** `KeInitializeDpc`: `routine` is called with the KDPC, `context` and two arguments, at DISPATCH_LEVEL. */
  KeInitializeDpc(dpc: Address, routine: Address, context: Address): void;
  /** `KeInsertQueueDpc`: answers false when it was queued already. */
  KeInsertQueueDpc(dpc: Address, first?: Address, second?: Address): boolean;
  /** `KeRemoveQueueDpc`: answers whether it was queued. */
  KeRemoveQueueDpc(dpc: Address): boolean;
  /** `KeFlushQueuedDpcs`: returns when all queued DPCs have run. At PASSIVE_LEVEL. */
  KeFlushQueuedDpcs(): void;
  /** `KeQuerySystemTime`: 100-nanosecond units since 1601. */
  KeQuerySystemTime(): bigint;
  /** `KeQueryInterruptTime`: 100-nanosecond units since the boot. */
  KeQueryInterruptTime(): bigint;
  /** `KeStallExecutionProcessor`: lets so many microseconds pass without letting anyone run. */
  KeStallExecutionProcessor(microseconds: number): void;
  /** `KeGetCurrentIrql`: the interrupt request level; 0 is PASSIVE_LEVEL. */
  KeGetCurrentIrql(): number;
  /** `KeRaiseIrql`: answers the IRQL before. */
  KeRaiseIrql(irql: number): number;
  /** `KeLowerIrql`: goes back to the IRQL that KeRaiseIrql answered. */
  KeLowerIrql(irql: number): void;
}

/** Locks that are not dispatcher objects themselves, threads and work items. */
export interface DdkThreads {
  /** `KeEnterCriticalRegion`: no APCs until KeLeaveCriticalRegion. */
  KeEnterCriticalRegion(): void;
  /** `KeLeaveCriticalRegion`. */
  KeLeaveCriticalRegion(): void;
  /** `KeAreApcsDisabled`: in a critical region, or holding a mutex. */
  KeAreApcsDisabled(): boolean;
  /** `ExInitializeFastMutex`: makes a FAST_MUTEX (0x38 bytes, non-paged). */
  ExInitializeFastMutex(mutex: Address): void;
  /** `ExAcquireFastMutex`: goes to APC_LEVEL. Not recursive: whoever holds it waits for ever. */
  ExAcquireFastMutex(mutex: Address): Call<number>;
  /** `ExTryToAcquireFastMutex`: answers whether it is held now. */
  ExTryToAcquireFastMutex(mutex: Address): boolean;
  /** `ExReleaseFastMutex`. */
  ExReleaseFastMutex(mutex: Address): void;
  /** `ExInitializeResourceLite`: makes an ERESOURCE (0x68 bytes, non-paged). */
  ExInitializeResourceLite(resource: Address): void;
  /** `ExDeleteResourceLite`: before its memory is freed. */
  ExDeleteResourceLite(resource: Address): void;
  /** `ExAcquireResourceExclusiveLite`: answers 1 when it is held; 0 without `wait` when it is not. */
  ExAcquireResourceExclusiveLite(resource: Address, wait: boolean): Call<number>;
  /** `ExAcquireResourceSharedLite`: as one of many. */
  ExAcquireResourceSharedLite(resource: Address, wait: boolean): Call<number>;
  /** `ExAcquireSharedStarveExclusive`: past those who want it alone. */
  ExAcquireSharedStarveExclusive(resource: Address, wait: boolean): Call<number>;
  /** `ExAcquireSharedWaitForExclusive`: behind those who want it alone, even for who has it already. */
  ExAcquireSharedWaitForExclusive(resource: Address, wait: boolean): Call<number>;
  /** `ExReleaseResourceLite`. */
  ExReleaseResourceLite(resource: Address): void;
  /** `ExConvertExclusiveToSharedLite`. */
  ExConvertExclusiveToSharedLite(resource: Address): void;
  /** `ExIsResourceAcquiredExclusiveLite`: by the current thread. */
  ExIsResourceAcquiredExclusiveLite(resource: Address): boolean;
  /** `ExIsResourceAcquiredSharedLite`: how often the current thread has it, either way. */
  ExIsResourceAcquiredSharedLite(resource: Address): number;
  /** `PsCreateSystemThread`: a thread of the system process that runs `routine` with `context`. */
  PsCreateSystemThread(routine: Address, context: Address): { status: NtStatus; handle: number; thread: Address };
  /** `PsTerminateSystemThread`: ends the thread; does not return. */
  PsTerminateSystemThread(status: NtStatus): NtStatus;
  /** `KeGetCurrentThread`: its KTHREAD. */
  KeGetCurrentThread(): Address;
  /** `KeSetPriorityThread`: 1 to 31; answers the priority before. */
  KeSetPriorityThread(thread: Address, priority: number): number;
  /** `IoAllocateWorkItem`: for a device or driver object; answers 0 when the pool is exhausted. */
  IoAllocateWorkItem(ioObject: Address): Address;
  /** `IoFreeWorkItem`. */
  IoFreeWorkItem(workItem: Address): void;
  /** `IoQueueWorkItem`: calls `routine` with the device and `context` in a worker thread; `queueType` has no effect. */
  IoQueueWorkItem(workItem: Address, routine: Address, queueType: number, context: Address): void;
  /** `ExQueueWorkItem`: a WORK_QUEUE_ITEM whose WorkerRoutine and Parameter are filled in. */
  ExQueueWorkItem(workItem: Address, queueType: number): void;
}
