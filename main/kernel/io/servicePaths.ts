/**
 * From a service key to the names of its driver object and its image.
 * Source: ZwLoadDriver and "HKLM\SYSTEM\CurrentControlSet\Services Registry Tree" (Windows Driver Kit).
 */
import type { Registry } from "../cm/registry";
import type { RegistryKey } from "../cm/registryKey";

const SERVICE_FILE_SYSTEM_DRIVER = 2;
const SERVICE_RECOGNIZER_DRIVER = 8;

/** The part of a service path behind the last `\`. */
export function serviceName(servicePath: string): string {
  return servicePath.slice(servicePath.lastIndexOf("\\") + 1);
}

/** `\Driver\X`; `\FileSystem\X` for file systems and recognizers; the value ObjectName where there is one. */
export function driverObjectName(key: RegistryKey): string {
  const named = key.text("ObjectName");
  if (named?.startsWith("\\")) return named;
  const type = key.number("Type");
  const isFileSystem = type === SERVICE_FILE_SYSTEM_DRIVER || type === SERVICE_RECOGNIZER_DRIVER;
  return `${isFileSystem ? "\\FileSystem" : "\\Driver"}\\${key.name}`;
}

/**
 * No path: where drivers are installed; a relative one begins at the Windows directory. A DOS path, as sc.exe takes it,
 * is found through `\??`; `builtin:NAME` names no file and stays, as does a path of a host whose paths begin with `/`.
 */
export function imagePathOf(key: RegistryKey): string {
  const path = key.text("ImagePath") ?? "";
  return path === "" ? `\\SystemRoot\\System32\\drivers\\${key.name}.sys` : ntImagePath(path);
}

/** The NT path of an ImagePath that is not empty. */
export function ntImagePath(path: string): string {
  if (/^[\\/]/.test(path) || /^[a-z][a-z0-9+.-]+:/i.test(path)) return path;
  return /^[a-z]:[\\/]/i.test(path) ? `\\??\\${path}` : `\\SystemRoot\\${path}`;
}

/** The key of a service; undefined when there is none, or when it is no service. */
export function serviceKey(registry: Registry, servicePath: string): RegistryKey | undefined {
  const opened = registry.open(servicePath);
  return "key" in opened && opened.key.number("Type") !== undefined ? opened.key : undefined;
}
