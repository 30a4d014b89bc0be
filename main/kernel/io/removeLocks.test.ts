/** Case 103 of the project's NT facts: remove locks. */
import { describe, expect, it } from "vitest";
import { STATUS_DELETE_PENDING, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import { testThreads } from "../ke/testThreads";

describe("remove locks", () => {
  it("case 103: IoReleaseRemoveLockAndWait waits for the others; afterwards acquiring answers STATUS_DELETE_PENDING", () => {
    const { ddk, object, thread, run, said, test } = testThreads();
    const lock = object();
    ddk.IoInitializeRemoveLock(lock, 0, 0, 0);
    // Tags of requests that are under way: nothing to say about them.
    const irp = ddk.IoAllocateIrp(1);
    expect([ddk.IoAcquireRemoveLock(lock, irp), ddk.IoAcquireRemoveLock(lock, 1)]).toEqual([
      STATUS_SUCCESS,
      STATUS_SUCCESS,
    ]);
    thread(function* () {
      yield* ddk.IoReleaseRemoveLockAndWait(lock, 1);
      said.push("removed");
      return 0;
    });
    run();
    expect(said).toEqual([]);
    expect(ddk.IoAcquireRemoveLock(lock, 3)).toBe(STATUS_DELETE_PENDING);
    ddk.IoReleaseRemoveLock(lock, irp);
    run();
    expect(said).toEqual(["removed"]);
    expect(ddk.IoAcquireRemoveLock(lock, 3)).toBe(STATUS_DELETE_PENDING);
    expect(test.rules()).toEqual([]);
  });

  it("does not wait when nobody else holds it", () => {
    const { ddk, object, thread, run, said } = testThreads();
    const lock = object();
    ddk.IoInitializeRemoveLock(lock);
    ddk.IoAcquireRemoveLock(lock, 1);
    thread(function* () {
      said.push(yield* ddk.IoReleaseRemoveLockAndWait(lock, 1));
      return 0;
    });
    run();
    expect(said).toEqual([STATUS_SUCCESS]);
  });

  it("says which tags are leaked, wrong or released too often", () => {
    const { ddk, object, thread, run, test } = testThreads();
    const [lock, other] = [object(), object()];
    ddk.IoInitializeRemoveLock(lock);
    ddk.IoInitializeRemoveLock(other);
    ddk.IoAcquireRemoveLock(lock, 0x10);
    ddk.IoAcquireRemoveLock(lock, 0x20);
    thread(() => ddk.IoReleaseRemoveLockAndWait(lock, 0x20));
    run();
    expect(test.host.reports).toHaveLength(1);
    expect(test.host.reports[0]).toMatchObject({ rule: "removeLockLeaked", message: expect.stringContaining("10") });
    ddk.IoReleaseRemoveLock(other, 0x30);
    expect(test.rules()).toEqual(["removeLockLeaked", "removeLockTag", "removeLockOverReleased"]);
  });
});
