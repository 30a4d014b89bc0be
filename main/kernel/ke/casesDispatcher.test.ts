/** Cases 97 to 102 and 104: dispatcher objects and waits, by threads that really wait. */
import { describe, expect, it } from "vitest";
import { STATUS_ABANDONED_WAIT_0, STATUS_SUCCESS, STATUS_TIMEOUT } from "../../../native-bindings/abi/ntstatus/codes";
import { testThreads } from "./testThreads";

const NOTIFICATION = 0;
const SYNCHRONIZATION = 1;

describe("KeWaitForSingleObject", () => {
  it("case 97: with a timeout of 0 it does not wait, and STATUS_TIMEOUT is a success value", () => {
    const { ddk, object, thread, run, said } = testThreads();
    const event = object();
    ddk.KeInitializeEvent(event, NOTIFICATION, false);
    thread(function* () {
      said.push(yield* ddk.KeWaitForSingleObject(event, 0n));
    });
    run();
    expect(said).toEqual([STATUS_TIMEOUT]);
    expect(STATUS_TIMEOUT).toBe(0x102);
  });

  it("gives up after a relative and at an absolute time of the machine's clock", () => {
    const { ddk, object, thread, run, pass, said } = testThreads();
    const event = object();
    ddk.KeInitializeEvent(event, NOTIFICATION, false);
    thread(function* () {
      said.push("relative", yield* ddk.KeWaitForSingleObject(event, -50_000n));
      const at = ddk.KeQuerySystemTime() + 30_000n;
      said.push("absolute", yield* ddk.KeWaitForSingleObject(event, at));
    });
    run();
    pass(4);
    expect(said).toEqual([]);
    pass(1);
    expect(said).toEqual(["relative", STATUS_TIMEOUT]);
    pass(2);
    expect(said).toHaveLength(2);
    pass(1);
    expect(said).toEqual(["relative", STATUS_TIMEOUT, "absolute", STATUS_TIMEOUT]);
  });

  it("case 104: a wait that may last stops the machine at DISPATCH_LEVEL, a look does not", () => {
    const { test, ddk, object, thread, run, said } = testThreads();
    const event = object();
    ddk.KeInitializeEvent(event, NOTIFICATION, true);
    thread(function* () {
      const irql = ddk.KeRaiseIrql(2);
      said.push(yield* ddk.KeWaitForSingleObject(event, 0n));
      said.push(yield* ddk.KeWaitForSingleObject(event));
      ddk.KeLowerIrql(irql);
    });
    run();
    expect(said).toEqual([STATUS_SUCCESS]);
    expect(test.host.bugchecks.map(({ name, rule }) => [name, rule])).toEqual([
      [
        "IRQL_NOT_LESS_OR_EQUAL",
        "KeWaitForSingleObject was called at IRQL 2. At DISPATCH_LEVEL a wait must have a timeout of 0.",
      ],
    ]);
  });

  it("goes on at the IRQL it waited at, while others ran at theirs", () => {
    const { ddk, object, thread, run, said } = testThreads();
    const event = object();
    ddk.KeInitializeEvent(event, NOTIFICATION, false);
    thread(function* () {
      const irql = ddk.KeRaiseIrql(1);
      yield* ddk.KeWaitForSingleObject(event);
      said.push("waiter at", ddk.KeGetCurrentIrql());
      ddk.KeLowerIrql(irql);
    });
    thread(function* () {
      said.push("setter at", ddk.KeGetCurrentIrql());
      ddk.KeSetEvent(event);
      yield* ddk.KeDelayExecutionThread(-1n);
    });
    run();
    expect(said).toEqual(["setter at", 0, "waiter at", 1]);
  });

  it("that nobody waits for is told: the routine has to be a function* and yield* it", () => {
    const { test, ddk, object, routine } = testThreads();
    const event = object();
    ddk.KeInitializeEvent(event, NOTIFICATION, false);
    const careless = routine(() => {
      ddk.KeWaitForSingleObject(event);
      return 0;
    });
    test.kernel.enter(() => ddk.call(careless));
    expect(test.host.bugchecks[0]?.rule).toContain("what it waits for is yield*ed");
  });
});

describe("events", () => {
  it("case 98: a notification event releases all and stays set, a synchronization event one by one", () => {
    const { ddk, object, thread, run, said } = testThreads();
    for (const type of [NOTIFICATION, SYNCHRONIZATION]) {
      const event = object();
      ddk.KeInitializeEvent(event, type, false);
      for (const name of ["a", "b", "c"]) {
        thread(function* () {
          yield* ddk.KeWaitForSingleObject(event);
          said.push(`${type}${name}`);
        });
      }
      run();
      ddk.KeSetEvent(event);
      run();
      said.push(ddk.KeReadStateEvent(event));
      ddk.KeSetEvent(event);
      run();
      said.push(ddk.KeReadStateEvent(event));
    }
    expect(said).toEqual(["0a", "0b", "0c", 1, 1, "1a", 0, "1b", 0]);
  });
});

describe("mutexes", () => {
  it("case 99: ten waits of one thread, then ten releases answer -9 to 0, and another thread times out meanwhile", () => {
    const { ddk, object, thread, run, pass, said } = testThreads();
    const mutex = object();
    ddk.KeInitializeMutex(mutex);
    thread(function* () {
      for (let count = 0; count < 10; count += 1) yield* ddk.KeWaitForSingleObject(mutex);
      yield* ddk.KeDelayExecutionThread(-100_000n);
      for (let count = 0; count < 10; count += 1) said.push(ddk.KeReleaseMutex(mutex));
      said.push("free", ddk.KeReadStateMutex(mutex));
    });
    thread(function* () {
      said.push("other", yield* ddk.KeWaitForSingleObject(mutex, -10_000n));
    });
    run();
    pass(20);
    expect(said).toEqual(["other", STATUS_TIMEOUT, -9, -8, -7, -6, -5, -4, -3, -2, -1, 0, "free", 1]);
  });

  it("case 99: a release by another thread raises an exception", () => {
    const { test, ddk, object, thread, run } = testThreads();
    const mutex = object();
    ddk.KeInitializeMutex(mutex);
    thread(function* () {
      yield* ddk.KeWaitForSingleObject(mutex);
      yield* ddk.KeDelayExecutionThread(-10_000_000n);
    });
    thread(function* () {
      ddk.KeReleaseMutex(mutex);
      yield* ddk.KeDelayExecutionThread(-1n);
    });
    run();
    expect(test.host.bugchecks.map(({ name }) => name)).toEqual(["KMODE_EXCEPTION_NOT_HANDLED"]);
  });

  it("pass from thread to thread in the order in which they came", () => {
    const { ddk, object, thread, run, pass, said } = testThreads();
    const mutex = object();
    ddk.KeInitializeMutex(mutex);
    for (const name of ["a", "b", "c"]) {
      thread(function* () {
        yield* ddk.KeWaitForMutexObject(mutex);
        said.push(name);
        yield* ddk.KeDelayExecutionThread(-10_000n);
        ddk.KeReleaseMutex(mutex);
      });
    }
    run();
    pass(10);
    expect(said).toEqual(["a", "b", "c"]);
  });

  it("case 102: a mutant whose owner ended without releasing it says so to the next, once", () => {
    const { test, ddk, thread, run, said } = testThreads();
    const { kernel } = test;
    const { handle } = test.user(() => kernel.objects.mutants.NtCreateMutant(0x1f_0001, undefined, false));
    const { object } = test.user(() => kernel.ob.ObReferenceObjectByHandle(handle, 0, undefined));
    const owner = thread(function* () {
      yield* ddk.KeWaitForSingleObject(object);
    });
    run();
    kernel.systemThreads.end(owner);
    thread(function* () {
      said.push(yield* ddk.KeWaitForSingleObject(object), yield* ddk.KeWaitForSingleObject(object));
    });
    run();
    expect(said).toEqual([STATUS_ABANDONED_WAIT_0, STATUS_SUCCESS]);
  });

  it("of the kernel's kind must not be held by a thread that ends", () => {
    const { test, ddk, object, routine, run } = testThreads();
    const mutex = object();
    ddk.KeInitializeMutex(mutex);
    const body = routine(function* () {
      yield* ddk.KeWaitForSingleObject(mutex);
      return undefined;
    });
    ddk.PsCreateSystemThread(body, 0);
    run();
    expect(test.host.bugchecks.map(({ name }) => name)).toEqual(["THREAD_TERMINATE_HELD_MUTEX"]);
  });
});

describe("KeWaitForMultipleObjects", () => {
  it("case 100: WaitAny answers the lowest index that is signalled and changes that object only", () => {
    const { ddk, object, thread, run, said } = testThreads();
    const events = [object(), object(), object()];
    for (const event of events) ddk.KeInitializeEvent(event, SYNCHRONIZATION, false);
    ddk.KeSetEvent(events[1] as number);
    ddk.KeSetEvent(events[2] as number);
    thread(function* () {
      said.push(yield* ddk.KeWaitForMultipleObjects(events, false));
      said.push(...events.map((event) => ddk.KeReadStateEvent(event)));
      said.push(yield* ddk.KeWaitForMultipleObjects(events, false));
    });
    run();
    expect(said).toEqual([1, 0, 0, 1, 2]);
  });

  it("case 100: WaitAll takes all at once or none", () => {
    const { ddk, object, thread, run, said } = testThreads();
    const events = [object(), object()];
    for (const event of events) ddk.KeInitializeEvent(event, SYNCHRONIZATION, false);
    const states = () => events.map((event) => ddk.KeReadStateEvent(event)).join();
    thread(function* () {
      said.push(yield* ddk.KeWaitForMultipleObjects(events, true), states());
    });
    run();
    ddk.KeSetEvent(events[0] as number);
    run();
    said.push(states());
    ddk.KeSetEvent(events[1] as number);
    run();
    expect(said).toEqual(["1,0", STATUS_SUCCESS, "0,0"]);
  });

  it("takes up to 64 objects, with blocks in pool that are freed again", () => {
    const { test, ddk, object, thread, run, said } = testThreads();
    const events = Array.from({ length: 64 }, object);
    for (const event of events) ddk.KeInitializeEvent(event, SYNCHRONIZATION, false);
    thread(function* () {
      said.push(yield* ddk.KeWaitForMultipleObjects(events, false));
    });
    run();
    ddk.KeSetEvent(events[63] as number);
    run();
    expect(said).toEqual([63]);
    const wait = test.kernel.pool.usageByTag().find(({ tag }) => tag === "Wait");
    expect(wait).toMatchObject({ allocations: 1, frees: 1, bytes: 0 });
    thread(function* () {
      yield* ddk.KeWaitForMultipleObjects([...events, events[0] as number], false);
    });
    run();
    expect(test.host.bugchecks.map(({ name }) => name)).toEqual(["MAXIMUM_WAIT_OBJECTS_EXCEEDED"]);
  });
});

describe("semaphores", () => {
  it("case 101: a release answers the count before and lets as many go on as it adds", () => {
    const { ddk, object, thread, run, said } = testThreads();
    const semaphore = object();
    ddk.KeInitializeSemaphore(semaphore, 0, 3);
    for (const name of ["a", "b", "c"]) {
      thread(function* () {
        yield* ddk.KeWaitForSingleObject(semaphore);
        said.push(name);
      });
    }
    run();
    said.push(ddk.KeReleaseSemaphore(semaphore, 0, 2));
    run();
    said.push(ddk.KeReadStateSemaphore(semaphore), ddk.KeReleaseSemaphore(semaphore, 0, 3));
    run();
    said.push(ddk.KeReadStateSemaphore(semaphore));
    expect(said).toEqual([0, "a", "b", 0, 0, "c", 2]);
  });
});
