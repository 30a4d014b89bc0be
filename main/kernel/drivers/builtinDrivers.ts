/** The drivers that come with NtScope: what `binPath= builtin:NAME` may name. */
import type { DriverEntry } from "../wdk/ddk";
import { crowdDriver } from "./crowd";
import { exampleDriver } from "./example";
import { exampleRwDriver } from "./exampleRw";
import { helloDriver } from "./hello";
import { mistakesDriver } from "./mistakes";

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
