/**
 * Symbolic links that lead astray: to nowhere, to a directory, in a circle, to another link, to a name without a backslash.
 * The object manager takes any target; what comes of it shows when somebody opens the link. The same as links.c of the
 * drivers in C.
 */
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import type { DriverEntry } from "../wdk/ddk";
import { setUnload } from "./namedDevice";

const links: readonly (readonly [string, string])[] = [
  ["\\??\\LinkToNowhere", "\\Device\\Nowhere"],
  ["\\??\\LinkToDirectory", "\\Device"],
  ["\\??\\LinkToItself", "\\??\\LinkToItself"],
  ["\\??\\LinkToLink", "\\??\\LinkToNull"],
  ["\\??\\LinkToNull", "\\Device\\Null"],
  ["\\??\\LinkToWords", "somewhere else"],
];

export const linksDriver: DriverEntry = (ddk, driver) => {
  setUnload(ddk, driver, "LinksUnload", () => {
    for (const [name] of links) ddk.IoDeleteSymbolicLink(name);
  });
  for (const [name, target] of links) ddk.DbgPrint("%s: %08x\n", name, ddk.IoCreateSymbolicLink(name, target));
  return STATUS_SUCCESS;
};
