/** `drvobj`: a driver object with its devices and routines, as WinDbg's `!drvobj NAME 7` shows it. */
import type { DriverObject, DriverRoutine } from "../../machine/driverObject";
import { visibleText } from "../../machine/visibleText";
import type { CliCommand } from "../command";
import { windbgAddress } from "../text/windbgAddress";

const ENTRY_WIDTH = 15;
const MAJOR_WIDTH = 34;

export const drvobj: CliCommand = {
  name: "drvobj",
  summary: "a driver object with its routines, in the layout of WinDbg's !drvobj",
  usage: "NAME|ADDRESS",
  options: {},
  positionals: [1, 1],
  async run(session, args) {
    const [name = ""] = args.words;
    const driver = await session.ask("drivers.object", { name });
    return { document: driver, text: driverText(driver) };
  },
};

function driverText(driver: DriverObject): string {
  const devices = driver.devices.map(({ address, path }) =>
    `${windbgAddress(address)}  ${visibleText(path)}`.trimEnd(),
  );
  return [
    `Driver object (${windbgAddress(driver.address)}) is for:`,
    ` ${visibleText(driver.path)}`,
    "",
    // The model keeps no IoAllocateDriverObjectExtension; WinDbg prints the heading of an empty list, too.
    "Driver Extension List: (id , addr)",
    "",
    "Device Object list:",
    ...devices,
    "",
    ...driver.entries.map((entry) => routineLine(`${entry.name}:`.padEnd(ENTRY_WIDTH), entry)),
    "",
    "Dispatch routines:",
    ...driver.dispatch.map((entry, major) => {
      return routineLine(`[${major.toString(16).padStart(2, "0")}] ${entry.name.padEnd(MAJOR_WIDTH)} `, entry);
    }),
  ].join("\n");
}

function routineLine(start: string, { address, symbol }: DriverRoutine): string {
  return `${start}${windbgAddress(address)}\t${visibleText(symbol)}`.trimEnd();
}
