/**
 * Drivers in files of the user's: from `binPath= /home/me/x.ts` to a driver that the model kernel can start. Source: an
 * absolute path as this computer has it, with the extension .ts or .js.
 */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { STATUS_INVALID_IMAGE_FORMAT, STATUS_OBJECT_NAME_NOT_FOUND } from "../../native-bindings/abi/ntstatus/codes";
import type { DriverFile, DriverFileFailure } from "../kernel/drivers/driverFile";
import { visibleText } from "../machine/visibleText";
import { DriverSandbox, type SandboxOptions } from "./driverSandbox";
import { driverSource } from "./driverSource";

/** In bytes: what people write by hand is a thousandth of it. */
const MAX_FILE = 4 * 1024 * 1024;
const SCRIPT = /\.[mc]?[jt]s$/i;

function invalid(message: string): DriverFileFailure {
  return { status: STATUS_INVALID_IMAGE_FORMAT, message };
}

function notFound(binPath: string, why: string): DriverFileFailure {
  return { status: STATUS_OBJECT_NAME_NOT_FOUND, message: `"${visibleText(binPath)}" can't be read: ${why}.` };
}

/** The sentence of an error of the file system, without its code and the call. */
function whyNot(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") return "this computer has no such file";
  if (code === "EACCES" || code === "EPERM") return "this computer does not let NtScope read it";
  return message;
}

/**
 * @param binPath as the service has it
 * @returns undefined for what is no absolute path of a script on this computer
 */
export async function loadUserDriver(
  binPath: string,
  options: Omit<SandboxOptions, "fileName"> = {},
): Promise<DriverFile | DriverFileFailure | undefined> {
  const file = binPath.replace(/^"(.*)"$/, "$1").replace(/^\\\?\?\\(?=[a-z]:)/i, "");
  if (!path.isAbsolute(file) || !SCRIPT.test(file) || file.includes("\0")) return undefined;
  let text: string;
  try {
    const { size } = await stat(file);
    if (size > MAX_FILE) return invalid(`${path.basename(file)} has ${size} bytes; a driver may have ${MAX_FILE}.`);
    text = await readFile(file, "utf8");
  } catch (error) {
    return notFound(binPath, whyNot(error));
  }
  return await driverOfText(path.basename(file), text, options);
}

/** @param fileName without folders */
export async function driverOfText(
  fileName: string,
  text: string,
  options: Omit<SandboxOptions, "fileName"> = {},
): Promise<DriverFile | DriverFileFailure> {
  const source = driverSource(fileName, text);
  if ("problem" in source) return invalid(source.problem);
  const sandbox = await DriverSandbox.load(source.code, { ...options, fileName });
  if ("problem" in sandbox) return invalid(sandbox.problem);
  return {
    name: fileName.replace(SCRIPT, ""),
    entry: (ddk, driverObject, registryPath) => sandbox.start(ddk, driverObject, registryPath),
    places: () => sandbox.places(),
    dispose: () => sandbox.dispose(),
  };
}
