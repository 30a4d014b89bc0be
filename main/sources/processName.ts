/** The name of a running process, with the least access there is. */
import { CloseHandle, OpenProcess, QueryFullProcessImageNameW } from "../../native-bindings/koffi/kernel32";

const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
/** UTF-16 units; the longest path there is. */
const MOST_UNITS = 32_768;

/** Its file's name, as Task Manager shows it; undefined where it has ended or may not be asked. */
export function processName(processId: number): string | undefined {
  const process = BigInt(OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, processId));
  if (process === 0n) return undefined;
  try {
    const name = Buffer.alloc(MOST_UNITS * 2);
    const units = Buffer.alloc(4);
    units.writeUInt32LE(MOST_UNITS);
    if (QueryFullProcessImageNameW(process, 0, name, units) === 0) return undefined;
    const path = name.toString("utf16le", 0, Math.min(units.readUInt32LE(), MOST_UNITS) * 2);
    return path.slice(path.lastIndexOf("\\") + 1);
  } finally {
    CloseHandle(process);
  }
}
