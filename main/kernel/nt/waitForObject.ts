/** NtWaitForSingleObject (ntifs.h): a wait for what a handle of the caller's leads to. */

import { SYNCHRONIZE } from "../../../native-bindings/abi/access";
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_OBJECT_TYPE_MISMATCH } from "../../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { FILE_OBJECT } from "../../../native-bindings/abi/structures/fileObject";
import { UserRequest } from "../../../native-bindings/abi/threadStates";
import { type Coroutine, isCoroutine } from "../ke/call";
import type { NtContext } from "./objects";

/** Types whose body begins with a DISPATCHER_HEADER. */
const waitable = new Set(["Event", "Mutant", "Semaphore", "Timer", "Process", "Thread"]);

/**
 * @param timeout in 100 ns: below 0 from now; undefined never gives up
 * @returns an NTSTATUS: STATUS_WAIT_0, STATUS_TIMEOUT, STATUS_ABANDONED_WAIT_0 or why it can't wait
 */
export function* waitForObject(
  { ob, ps, dispatcher }: NtContext,
  handle: number,
  timeout: bigint | undefined,
): Coroutine<number> {
  const { mode } = ps.current;
  const { status, object } = ob.ObReferenceObjectByHandle(handle, SYNCHRONIZE, undefined, mode);
  if (!NT_SUCCESS(status)) return status;
  const target = targetOf(ob.typeOf(object).name, object);
  if (target === undefined) {
    ob.ObDereferenceObject(object);
    return STATUS_OBJECT_TYPE_MISMATCH;
  }
  const begun = dispatcher.KeWaitForSingleObject(target, { reason: UserRequest, mode, timeout });
  const answer = isCoroutine(begun) ? yield* begun : begun;
  ob.ObDereferenceObject(object);
  return answer;
}

/** A file is waited for by the event in it. */
function targetOf(type: string, object: Address): Address | undefined {
  if (type === "File") return object + FILE_OBJECT.offset.Event;
  return waitable.has(type) ? object : undefined;
}
