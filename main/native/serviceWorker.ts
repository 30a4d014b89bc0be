/**
 * The service thread's own script: starts or stops one service after the other, for as long as a driver's DriverEntry or
 * DriverUnload takes, and answers the Win32 error, which belongs to the thread that made the call.
 */
import { parentPort } from "node:worker_threads";
import { ControlService, StartServiceW } from "../../native-bindings/koffi/advapi32";
import { GetLastError } from "../../native-bindings/koffi/kernel32";
import type { ServiceCall, ServiceOutcome } from "./serviceThread";

const SERVICE_CONTROL_STOP = 0x1;
/** SERVICE_STATUS: seven u32. */
const STATUS_BYTES = 28;

parentPort?.on("message", ({ id, action, service }: ServiceCall) => {
  const done =
    action === "start"
      ? StartServiceW(service, 0, null)
      : ControlService(service, SERVICE_CONTROL_STOP, Buffer.alloc(STATUS_BYTES));
  const outcome: ServiceOutcome = { id, error: done === 0 ? GetLastError() : 0 };
  parentPort?.postMessage(outcome);
});
