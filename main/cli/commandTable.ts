/** The commands of `ntscope`, in the order that help shows them. Help, the parser and the manual read this table. */
import type { CliCommand } from "./command";
import { agent } from "./commands/agent";
import { clock } from "./commands/clock";
import { close } from "./commands/close";
import { dbgprint } from "./commands/dbgprint";
import { devices } from "./commands/devices";
import { devstack } from "./commands/devstack";
import { drivers } from "./commands/drivers";
import { drvobj } from "./commands/drvobj";
import { dt } from "./commands/dt";
import { find } from "./commands/find";
import { handles } from "./commands/handles";
import { info } from "./commands/info";
import { input } from "./commands/input";
import { ioctl } from "./commands/ioctl";
import { irp } from "./commands/irp";
import { kill } from "./commands/kill";
import { log } from "./commands/log";
import { ls } from "./commands/ls";
import { newDriver } from "./commands/newDriver";
import { open } from "./commands/open";
import { pool } from "./commands/pool";
import { ps } from "./commands/ps";
import { read } from "./commands/read";
import { resolve } from "./commands/resolve";
import { restart } from "./commands/restart";
import { run } from "./commands/run";
import { runas } from "./commands/runas";
import { sc } from "./commands/sc";
import { services } from "./commands/services";
import { sleep } from "./commands/sleep";
import { sources } from "./commands/sources";
import { threads } from "./commands/threads";
import { trace } from "./commands/trace";
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
  run,
  input,
  kill,
  ps,
  handles,
  runas,
  services,
  drivers,
  devices,
  sc,
  log,
  sources,
  dbgprint,
  trace,
  threads,
  clock,
  dt,
  pool,
  irp,
  devstack,
  drvobj,
  restart,
  sleep,
  newDriver,
  agent,
];

export function findCommand(name: string): CliCommand | undefined {
  return commandTable.find((command) => command.name === name);
}
