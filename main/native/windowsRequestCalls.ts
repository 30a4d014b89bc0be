/** What requests and their events take of Windows. */
import { IO_STATUS_BLOCK } from "../../native-bindings/abi/structures/ioStatusBlock";
import {
  CloseHandle,
  CreateEventW,
  GetLastError,
  SetEvent,
  WaitForMultipleObjects,
} from "../../native-bindings/koffi/kernel32";
import { addressOf } from "../../native-bindings/koffi/library";
import { NtCancelIoFileEx } from "../../native-bindings/koffi/ntdll";
import type { RequestCalls } from "./nativeRequests";

const INFINITE = 0xffff_ffff;
const WAIT_FAILED = 0xffff_ffff;

export const windowsRequestCalls: RequestCalls = {
  create() {
    const event = BigInt(CreateEventW(null, 0, 0, null));
    if (event === 0n) throw new Error(`CreateEvent failed with error ${GetLastError()}.`);
    return event;
  },
  set: (event) => void SetEvent(event),
  close: (event) => void CloseHandle(event),
  async waitForAny(events) {
    const handles = Buffer.alloc(events.length * 8);
    events.forEach((event, index) => {
      handles.writeBigUInt64LE(event, index * 8);
    });
    const index = await WaitForMultipleObjects.later(events.length, handles, 0, INFINITE);
    if (index === WAIT_FAILED) throw new Error("WaitForMultipleObjects failed.");
    return index;
  },
  cancel: (handle, ioStatus) => NtCancelIoFileEx.later(handle, ioStatus, Buffer.alloc(IO_STATUS_BLOCK.size)),
  addressOf,
};
