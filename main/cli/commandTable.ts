/** The commands of `ntscope`, in the order that help shows them. Help, the parser and the manual read this table. */
import type { CliCommand } from "./command";
import { agent } from "./commands/agent";
import { clock } from "./commands/clock";
import { close } from "./commands/close";
import { dbgprint } from "./commands/dbgprint";
import { devices } from "./commands/devices";
import { drivers } from "./commands/drivers";
import { dt } from "./commands/dt";
import { find } from "./commands/find";
import { handles } from "./commands/handles";
import { info } from "./commands/info";
import { ioctl } from "./commands/ioctl";
import { log } from "./commands/log";
import { ls } from "./commands/ls";
import { open } from "./commands/open";
import { pool } from "./commands/pool";
import { read } from "./commands/read";
import { resolve } from "./commands/resolve";
import { restart } from "./commands/restart";
import { sc } from "./commands/sc";
import { services } from "./commands/services";
import { sleep } from "./commands/sleep";
import { sources } from "./commands/sources";
import { threads } from "./commands/threads";
import { write } from "./commands/write";

export const commandTable: readonly CliCommand[] = [
  ls,
  info,
  resolve,
  find,
  open,
  read,
  write,
  ioctl,
  close,
  handles,
  services,
  drivers,
  devices,
  sc,
  log,
  sources,
  dbgprint,
  threads,
  clock,
  dt,
  pool,
  restart,
  sleep,
  agent,
];

export function findCommand(name: string): CliCommand | undefined {
  return commandTable.find((command) => command.name === name);
}
