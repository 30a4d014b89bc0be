/** A machine's specification in words: on its tab until it has said its own name, and while it is being attached. */
import path from "node:path";
import type { MachineSpec } from "../attach/machineSpec";

/** Never a key. */
export function machineWords(spec: MachineSpec): string {
  switch (spec.kind) {
    case "model":
      return "Model kernel";
    case "local":
      return "This computer";
    case "wine":
      return spec.prefix === undefined ? "Wine" : `Wine (${path.basename(spec.prefix)})`;
    case "agent": {
      const { host, port } = spec.pairing;
      return `${host.includes(":") ? `[${host}]` : host}:${port}`;
    }
  }
}

export function openingSentence(spec: MachineSpec): string {
  switch (spec.kind) {
    case "model":
      return "Booting the model kernel.";
    case "local":
      return "Attaching this computer.";
    case "wine":
      return `Attaching ${spec.prefix === undefined ? "NtScope's own Wine prefix" : `the Wine prefix ${spec.prefix}`}.`;
    case "agent":
      return `Connecting to the agent at ${machineWords(spec)}.`;
  }
}
