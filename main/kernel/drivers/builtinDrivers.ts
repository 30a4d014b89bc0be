/** The drivers that come with NtScope: what `binPath= builtin:NAME` may name. */
import type { DriverEntry } from "../wdk/ddk";
import { crowdDriver } from "./crowd";
import { deadlockDriver } from "./deadlock";
import { exampleDriver } from "./example";
import { exampleRwDriver } from "./exampleRw";
import { filterDriver } from "./filter";
import { helloDriver } from "./hello";
import { ioctlMethodsDriver } from "./ioctlMethods";
import { linksDriver } from "./links";
import { mistakesDriver } from "./mistakes";
import { pendCancelDriver } from "./pendCancel";
import { poorMansPipesDriver } from "./poorMansPipes";
import { printsDriver } from "./prints";
import { sanctumDriver } from "./sanctum";

export interface BuiltinDriver {
  readonly name: string;
  /** One sentence for the list that services are created from. */
  readonly description: string;
  readonly entry: DriverEntry;
}

export const builtinDrivers: readonly BuiltinDriver[] = [
  {
    name: "hello",
    description: 'Prints "Hello, world!" when it starts and "Bye bye!" when it stops (article: Safe Framework).',
    entry: helloDriver,
  },
  {
    name: "example",
    description: "\\Device\\Example, which prints when it is opened and closed (article: Creating Devices).",
    entry: exampleDriver,
  },
  {
    name: "example-rw",
    description: "\\Device\\Example, which keeps up to 4096 bytes and reads them back (article: Reading and Writing).",
    entry: exampleRwDriver,
  },
  {
    name: "sanctum",
    description: "\\Device\\SanctumEDR, which nobody can open yet (article: Building the Driver Object).",
    entry: sanctumDriver,
  },
  {
    name: "poor-mans-pipes",
    description: "\\Device\\Example: who opens the same name below it shares 4096 bytes (article: Contexts and Pools).",
    entry: poorMansPipesDriver,
  },
  {
    name: "filter",
    description: "Attaches itself above \\Device\\Example and prints each request on its way down and up.",
    entry: filterDriver,
  },
  {
    name: "ioctl-methods",
    description: "\\Device\\IoctlMethods: a control code for each of the four ways to pass buffers, 0x222000 first.",
    entry: ioctlMethodsDriver,
  },
  {
    name: "pend-cancel",
    description: "\\Device\\PendCancel: a read waits until something is written, or until it is cancelled.",
    entry: pendCancelDriver,
  },
  {
    name: "deadlock",
    description:
      "\\Device\\Deadlock: open \\\\.\\Deadlock\\a and \\\\.\\Deadlock\\b within five seconds, and they never return.",
    entry: deadlockDriver,
  },
  {
    name: "prints",
    description:
      "\\Device\\Prints: write l, w, u, e or b for levels, a long line, pieces, escape codes or 10,000 lines.",
    entry: printsDriver,
  },
  {
    name: "links",
    description: "Six links in \\GLOBAL??: to nowhere, to a directory, to itself, to another link, to mere words...",
    entry: linksDriver,
  },
  {
    name: "mistakes",
    description:
      "\\Device\\Mistakes: opening \\\\.\\Mistakes\\NAME makes a classic driver mistake, such as complete-twice.",
    entry: mistakesDriver,
  },
  {
    name: "crowd",
    description:
      "100,000 links in \\GLOBAL??, and 100,000 lines printed when \\\\.\\Crowd is opened: for seeing what that costs.",
    entry: crowdDriver,
  },
];
