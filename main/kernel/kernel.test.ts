import { describe, expect, it } from "vitest";
import { STATUS_INVALID_PARAMETER, STATUS_SUCCESS } from "../../native-bindings/abi/ntstatus/codes";
import { NotificationEvent } from "./ke/dispatcherObjects";
import { windowsTypes } from "./ob/windowsTypes";
import { TestKernel } from "./testKernel";

const EVENT_ALL_ACCESS = 0x1f_0003;

describe("a kernel", () => {
  it("serves the system calls on objects, on the types that its namespace lists", () => {
    const test = new TestKernel();
    const { objects, ob } = test.kernel;
    const event = test.user(() =>
      objects.events.NtCreateEvent(EVENT_ALL_ACCESS, { name: "\\Signal" }, NotificationEvent, false),
    );
    expect(event.status).toBe(STATUS_SUCCESS);
    test.user(() => objects.events.NtSetEvent(event.handle));
    expect(test.user(() => objects.events.NtQueryEvent(event.handle)).eventState).toBe(1);
    const listed = [...ob.children(ob.typesDirectory)].map(({ name }) => name);
    expect(listed.sort()).toEqual(windowsTypes.map(({ name }) => name).sort());
  });

  it("prints a refused link target as it is, whatever letters of a format it holds", () => {
    const test = new TestKernel();
    const target = { text: "%n%s", length: 3, maximumLength: 10 };
    const made = test.user(() => test.kernel.objects.NtCreateSymbolicLinkObject(0, { name: "\\Link" }, target));
    expect(made.status).toBe(STATUS_INVALID_PARAMETER);
    expect(test.host.prints.map(({ text }) => text)).toEqual(["OB: Invalid symbolic link target - %n%s\n"]);
  });
});
