/** Case 101, and what else the calls on events, mutants, semaphores, timers and sections answer. */
import { describe, expect, it } from "vitest";
import {
  STATUS_INVALID_PARAMETER,
  STATUS_MUTANT_NOT_OWNED,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_SEMAPHORE_LIMIT_EXCEEDED,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { createTestKernel as setUp } from "../ob/testKernel";

const ALL = 0x1000_0000;

describe("states", () => {
  it("case 101: a semaphore keeps its limit, and bad types and counts are refused", () => {
    const { nt, user } = setUp();
    const semaphore = user(() => nt.semaphores.NtCreateSemaphore(ALL, undefined, 1, 2)).handle;
    const release = (count: number) => user(() => nt.semaphores.NtReleaseSemaphore(semaphore, count));
    expect(release(1)).toEqual({ status: STATUS_SUCCESS, previous: 1 });
    expect(release(1)).toEqual({ status: STATUS_SEMAPHORE_LIMIT_EXCEEDED });
    expect(user(() => nt.semaphores.NtQuerySemaphore(semaphore))).toEqual({
      status: STATUS_SUCCESS,
      count: 2,
      limit: 2,
    });
    expect(user(() => nt.semaphores.NtCreateSemaphore(ALL, undefined, 2, 1)).status).toBe(STATUS_INVALID_PARAMETER);
    expect(user(() => nt.events.NtCreateEvent(ALL, undefined, 2, false)).status).toBe(STATUS_INVALID_PARAMETER);
  });

  it("an event is set and reset, and tells the state before", () => {
    const { nt, user } = setUp();
    const { handle } = user(() => nt.events.NtCreateEvent(ALL, undefined, 1, false));
    const states = user(() => [
      nt.events.NtSetEvent(handle),
      nt.events.NtSetEvent(handle),
      nt.events.NtResetEvent(handle),
      nt.events.NtPulseEvent(handle),
    ]).map(({ previous }) => previous);
    expect(states).toEqual([0, 1, 1, 0]);
    expect(user(() => nt.events.NtQueryEvent(handle))).toEqual({ status: STATUS_SUCCESS, eventType: 1, eventState: 0 });
  });

  it("a mutant is released by its owner only", () => {
    const { nt, ob, ps, client, user } = setUp();
    const { handle } = user(() => nt.mutants.NtCreateMutant(ALL, undefined, true));
    const other = ps.createThread(client);
    const release = () => nt.mutants.NtReleaseMutant(handle);
    expect(ps.runAs(other, 1, release)).toEqual({ status: STATUS_MUTANT_NOT_OWNED });
    expect(user(release)).toEqual({ status: STATUS_SUCCESS, previous: 0 });
    expect(user(release)).toEqual({ status: STATUS_MUTANT_NOT_OWNED });
    const state = { count: 1, ownedByCaller: false, abandoned: false };
    expect(user(() => nt.mutants.NtQueryMutant(handle))).toEqual({ status: STATUS_SUCCESS, ...state });
    expect(user(() => nt.events.NtSetEvent(handle)).status).toBe(STATUS_OBJECT_TYPE_MISMATCH);
    expect(ob.handleCount(user(() => ob.ObReferenceObjectByHandle(handle, 0, undefined)).object)).toBe(1);
  });

  it("timers and sections tell what they are", () => {
    const { nt, user } = setUp();
    const timer = user(() => nt.timers.NtCreateTimer(ALL, undefined, 0)).handle;
    expect(user(() => nt.timers.NtQueryTimer(timer))).toEqual({ status: STATUS_SUCCESS, state: 0 });
    const section = user(() => nt.sections.NtCreateSection(ALL, undefined, 0x1_0000_0000)).handle;
    const query = user(() => nt.sections.NtQuerySection(section));
    expect(query).toEqual({ status: STATUS_SUCCESS, attributes: 0x800_0000, maximumSize: 0x1_0000_0000 });
  });
});
