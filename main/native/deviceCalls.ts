/** Calls into drivers: by the call thread, or on a thread of the pool while a driver keeps that one. */
import { Worker } from "node:worker_threads";
import { addressOf } from "../../native-bindings/koffi/library";
import type { Disposable } from "../machine/machine";
import { CallThread } from "./callThread";
import { type DeviceCall, type DeviceFunction, deviceFunctions } from "./deviceFunctions";
import { endDespiteHungThreads } from "./queryThread";

const names = Object.keys(deviceFunctions) as DeviceFunction[];

/** `script`: the built callWorker.js. */
export function openDeviceCalls(script: string): { call: DeviceCall } & Disposable {
  const thread = new CallThread({
    start(shared) {
      const worker = new Worker(script, { workerData: shared });
      return {
        onMessage: (listener) => void worker.on("message", listener),
        onFailed: (listener) => void worker.on("error", listener),
        setBusy: (isBusy) => (isBusy ? worker.ref() : worker.unref()),
      };
    },
    addressOf,
    hung: endDespiteHungThreads,
  });
  return {
    call(name, ...parameters) {
      return thread.call(names.indexOf(name), parameters) ?? deviceFunctions[name].later(...parameters);
    },
    dispose: () => thread.dispose(),
  };
}
