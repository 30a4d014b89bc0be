/** What a thread does and why it waits (wdm.h: KTHREAD_STATE, KWAIT_REASON). */
import { valueTable } from "./flags";

export const threadStates = valueTable({
  Initialized: [0, "made, and not started"],
  Ready: [1, "can run"],
  Running: [2, "runs"],
  Standby: [3, "runs next"],
  Terminated: [4, "has ended"],
  Waiting: [5, "waits"],
  Transition: [6, "its stack is paged out"],
});

export const waitReasons = valueTable({
  Executive: [0, "a driver or the executive waits for its own business"],
  FreePage: [1, "for a free page"],
  PageIn: [2, "for a page to be read in"],
  PoolAllocation: [3, "for pool"],
  DelayExecution: [4, "for time to pass"],
  Suspended: [5, "until it is resumed"],
  UserRequest: [6, "for a program's business"],
  WrExecutive: [7, "a driver or the executive waits for its own business"],
  WrQueue: [15, "for work"],
  WrResource: [27, "for an ERESOURCE"],
  WrPushLock: [28, "for a push lock"],
  WrMutex: [29, "for a mutex"],
  WrFastMutex: [34, "for a fast mutex"],
  WrGuardedMutex: [35, "for a guarded mutex"],
});
export const { Executive, DelayExecution, UserRequest, WrQueue, WrResource, WrFastMutex } = waitReasons.value;
