/**
 * `sc`: service control as Windows' sc.exe takes and prints it (`binPath= X` with or without the blank), as the
 * articles use it to load their drivers.
 */

import type {
  CreateServiceRequest,
  ServiceInfo,
  ServiceStartType,
  ServiceState,
  ServiceType,
} from "../../machine/machine";
import { visibleText } from "../../machine/visibleText";
import { type Answer, type CliCommand, UsageError } from "../command";
import type { Session } from "../session";

/** SERVICE_STATUS.dwCurrentState and dwServiceType (winsvc.h), the numbers sc.exe prints. */
const STATE_NUMBERS: Record<ServiceState, number> = { STOPPED: 1, START_PENDING: 2, STOP_PENDING: 3, RUNNING: 4 };
const TYPE_TEXT: Record<ServiceType, string> = {
  kernel: "1  KERNEL_DRIVER",
  filesys: "2  FILE_SYSTEM_DRIVER",
  rec: "8  RECOGNIZER_DRIVER",
};
const STARTS: readonly ServiceStartType[] = ["boot", "system", "auto", "demand", "disabled"];
const USAGE = `create NAME binPath= FILE.sys|builtin:NAME|FILE.ts|FILE.js type= kernel|filesys|rec [start= ${STARTS.join("|")}] [displayName= TEXT]
       ntscope sc start|stop|delete NAME
       ntscope sc query [NAME]`;

export const sc: CliCommand = {
  name: "sc",
  summary: "create, start, stop, delete or query a driver service",
  usage: USAGE,
  options: {},
  positionals: [1, 64],
  rawWords: true,
  async run(session, { words }) {
    const [verb, name, ...rest] = words;
    if (verb === undefined) {
      throw new UsageError(`usage: sc ${USAGE}`);
    }
    const action = ACTIONS[verb.toLowerCase()];
    if (action === undefined) {
      throw new UsageError(`sc: "${verb}" is not one of create, start, stop, delete, query`);
    }
    if (name === undefined && verb.toLowerCase() !== "query") {
      throw new UsageError(`sc ${verb}: which service?`);
    }
    return action(session, name ?? "", rest);
  },
};

const ACTIONS: Record<string, (session: Session, name: string, rest: string[]) => Promise<Answer>> = {
  async create(session, name, rest) {
    const service = await session.ask("services.create", createRequest(name, rest));
    return { document: service, text: "[SC] CreateService SUCCESS" };
  },
  async start(session, name) {
    const service = await session.ask("services.start", { name });
    return { document: service, text: statusText(service) };
  },
  async stop(session, name) {
    const service = await session.ask("services.stop", { name });
    return { document: service, text: statusText(service) };
  },
  async delete(session, name) {
    await session.ask("services.delete", { name });
    return { document: { name, deleted: true }, text: "[SC] DeleteService SUCCESS" };
  },
  async query(session, name) {
    if (name !== "") {
      const service = await session.ask("services.query", { name });
      return { document: service, text: statusText(service) };
    }
    const services = await session.ask("services.list", {});
    return { document: services, text: services.map(statusText).join("\n\n") };
  },
};

function createRequest(name: string, rest: string[]): CreateServiceRequest {
  const values = scOptions(rest);
  const binPath = values.get("binpath");
  if (binPath === undefined) {
    throw new UsageError("sc create: binPath= is missing");
  }
  const type = values.get("type") ?? "kernel";
  if (!(type in TYPE_TEXT)) {
    throw new UsageError(`sc create: type= must be kernel, filesys or rec, not "${type}"`);
  }
  const start = values.get("start");
  const startType = STARTS.find((known) => known === start);
  if (start !== undefined && startType === undefined) {
    throw new UsageError(`sc create: start= must be ${STARTS.join(", ")}, not "${start}"`);
  }
  const displayName = values.get("displayname");
  return {
    name,
    binPath,
    type: type as ServiceType,
    ...(startType === undefined ? {} : { start: startType }),
    ...(displayName === undefined ? {} : { displayName }),
  };
}

/** `name= value` pairs; option names without case, as sc.exe takes them. */
function scOptions(words: string[]): Map<string, string> {
  const values = new Map<string, string>();
  const known = new Set(["binpath", "type", "start", "displayname"]);
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const equals = word.indexOf("=");
    const option = word.slice(0, equals).toLowerCase();
    if (equals < 0 || !known.has(option)) {
      throw new UsageError(`sc create: "${word}" is not an option; options look like binPath= FILE`);
    }
    let value: string | undefined = word.slice(equals + 1);
    if (value === "") {
      index += 1;
      value = words[index];
    }
    if (value === undefined) {
      throw new UsageError(`sc create: ${word} wants a value`);
    }
    values.set(option, value);
  }
  return values;
}

function statusText(service: ServiceInfo): string {
  const row = (label: string, value: string): string => `        ${label.padEnd(18)} : ${value}`;
  return [
    `SERVICE_NAME: ${visibleText(service.name)}`,
    row("TYPE", TYPE_TEXT[service.type]),
    row("STATE", `${STATE_NUMBERS[service.state]}  ${service.state}`),
    row("WIN32_EXIT_CODE", `${service.exitCode}  (0x${service.exitCode.toString(16)})`),
    row("BINARY_PATH_NAME", visibleText(service.binPath)),
    ...(service.markedForDelete ? [row("DELETE", "marked: it goes when it stops")] : []),
  ].join("\n");
}
