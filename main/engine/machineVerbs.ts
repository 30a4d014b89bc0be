/** The verbs that are the machine's own: passed on, with the client's cancellation. */
import type { IoResult } from "../machine/machine";
import { ok, type Result } from "../machine/result";
import type { EngineParts, HandlersOf } from "./engineParts";
import { sortNames } from "./listing";

type MachineVerbs = HandlersOf<
  | "machine"
  | "client"
  | "objects"
  | "devices"
  | "drivers"
  | "handles"
  | "programs"
  | "processes"
  | "requests"
  | "services"
  | "debugFilter"
  | "sources"
  | "structures"
  | "pool"
  | "trace"
  | "threads"
  | "clock"
>;

export function machineVerbs(parts: EngineParts): MachineVerbs {
  const { machine, log, scheduler, masked, notes, sources, structureNames } = parts;
  /** After whatever may run a driver's code: messages may have been held back. */
  const ran = async <T>(result: Promise<Result<T>>): Promise<Result<T>> => {
    const value = await result;
    masked.poke();
    // The machine tells of its stop in a turn of its own: the log should hold the bugcheck when the caller looks.
    if (!value.ok && value.error.name === "machine-stopped") await nextTurn();
    return value;
  };
  const nextTurn = () => new Promise<void>((resolve) => void scheduler.soon(resolve));
  return {
    "machine.info": async () => ok(await machine.info()),
    "machine.restart": async () => {
      const result = await ran(machine.restart());
      // Nobody goes on with a line that a machine before the restart began.
      log.flush();
      if (result.ok && notes) log.note("marker", "The machine was restarted.", scheduler.wallClock());
      return nothing(result);
    },
    "client.get": () => machine.clientToken(),
    "client.set": ({ token }) => machine.setClientToken(token),
    "objects.list": ({ path }, { signal }) => machine.list(path, signal),
    "objects.directories": async ({ path }, { signal }) => {
      const names = await machine.directories(path, signal);
      return names.ok ? ok(await sortNames(names.value, scheduler)) : names;
    },
    "objects.describe": ({ path, open }, { signal }) => ran(machine.describe(path, { open }, signal)),
    "objects.resolve": ({ path }) => machine.resolve(path),
    "objects.find": (query, { signal }) => machine.find(query, signal),
    "devices.open": async (request, { signal, client }) => {
      const result = await ran(machine.open(request, signal));
      if (result.ok) client.addHandle(result.value.handle);
      return result;
    },
    "devices.read": async ({ handle, length, offset }, { signal }) => {
      return withoutSlack(await ran(machine.read(handle, length, offset, signal)));
    },
    "devices.write": ({ handle, data, offset }, { signal }) => ran(machine.write(handle, data, offset, signal)),
    "devices.control": async ({ handle, ...request }, { signal }) => {
      return withoutSlack(await ran(machine.control(handle, request, signal)));
    },
    "devices.close": async ({ handle }, { client }) => {
      const result = await ran(machine.close(handle));
      if (result.ok) client.forgetHandle(handle);
      return nothing(result);
    },
    "devices.list": () => machine.devices(),
    "drivers.list": () => machine.drivers(),
    "drivers.builtin": async () => ok(await machine.builtinDrivers()),
    "programs.list": () => machine.programs(),
    "programs.run": async (request, { client }) => {
      const result = await ran(machine.runProgram(request));
      if (result.ok) client.addProgram(result.value.processId);
      return result;
    },
    "programs.input": async ({ processId, line }) => nothing(await ran(machine.programInput(processId, line))),
    "programs.output": async ({ processId, from, wait }, { signal, client }) => {
      const result = await ran(machine.programOutput(processId, from, { wait }, signal));
      if (result.ok && result.value.state === "ended") client.forgetProgram(processId);
      return result;
    },
    "programs.kill": async ({ processId }) => nothing(await ran(machine.programKill(processId))),
    "processes.list": () => machine.processes(),
    "handles.list": ({ scope }) => machine.handles(scope),
    "requests.irp": ({ address }) => machine.irp(address),
    "devices.stack": ({ path }) => machine.deviceStack(path),
    "drivers.object": ({ name }) => machine.driverObject(name),
    "requests.pending": async () => ok(await machine.pending()),
    "services.list": () => machine.services(),
    "services.query": ({ name }) => machine.queryService(name),
    "services.create": (request) => machine.createService(request),
    "services.start": ({ name }, { signal }) => ran(machine.startService(name, signal)),
    "services.stop": ({ name }, { signal }) => ran(machine.stopService(name, signal)),
    "services.delete": async ({ name }) => nothing(await machine.deleteService(name)),
    "debugFilter.get": () => machine.debugFilter(),
    "debugFilter.set": async ({ component, level, on }) => {
      return nothing(await machine.setDebugFilter(component, level, on));
    },
    "debugFilter.setBoot": async ({ component, mask }) => nothing(await machine.setBootDebugFilter(component, mask)),
    "sources.list": async () => ok(await sources.list()),
    "sources.add": ({ spec }) => sources.add(spec),
    "sources.remove": async ({ id }) => nothing(await sources.remove(id)),
    "structures.dump": ({ type, where }) => machine.structure(type, where),
    "structures.names": () => ok([...structureNames]),
    "pool.usage": ({ tag }) => machine.pool(tag),
    "pool.blocks": ({ tag }) => machine.poolBlocks(tag),
    "trace.state": () => machine.traceState(),
    "trace.rows": (query, { signal }) => machine.traceRows(query, signal),
    "trace.irp": ({ number }) => machine.traceIrp(number),
    "trace.record": async ({ on }) => nothing(await machine.setTraceRecording(on)),
    "trace.clear": async () => nothing(await machine.clearTrace()),
    "trace.save": async ({ path, filter }, { signal }) => {
      // Loaded when first used, as saveLog is.
      const { saveTrace } = await import("./saveTrace");
      return saveTrace({ machine, path, filter, signal });
    },
    "threads.graph": () => machine.waitGraph(),
    "clock.get": () => machine.clock(),
    "clock.set": (command) => ran(machine.setClock(command)),
  };
}

function nothing(result: Result<void>): Result<null> {
  return result.ok ? ok(null) : result;
}

/** A part of a larger buffer would be cloned with the whole of it. */
function withoutSlack(result: Result<IoResult>): Result<IoResult> {
  if (!result.ok || !result.value.data) return result;
  const { data } = result.value;
  return data.byteLength === data.buffer.byteLength ? result : ok({ ...result.value, data: data.slice() });
}
