/**
 * Where a stream is: `tcp:HOST:PORT` (`tcp:[::1]:5000`), `pipe:NAME` (Windows' `\\.\pipe\NAME`, which may be written
 * out too), or the path of a pipe or a Unix socket, with or without `pipe:`.
 */
import { fail, ntscopeError, ok, type Result } from "../machine/result";

export type ConnectionAddress = { readonly host: string; readonly port: number } | { readonly path: string };

/** Errors: `bad-address`. */
export function parseConnectionAddress(text: string): Result<ConnectionAddress> {
  if (text.startsWith("tcp:")) return parseTcp(text);
  const path = text.startsWith("pipe:") ? pipePath(text.slice("pipe:".length)) : text;
  return path === "" || path.includes("\0") ? fail(badAddress(text)) : ok({ path });
}

function pipePath(name: string): string {
  return name === "" || /^[\\/]/.test(name) ? name : `\\\\.\\pipe\\${name}`;
}

function parseTcp(text: string): Result<ConnectionAddress> {
  const [, bracketed, plain, digits] = /^tcp:(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host !== undefined && port > 0 && port < 65_536 ? ok({ host, port }) : fail(badAddress(text));
}

function badAddress(text: string) {
  return ntscopeError("bad-address", `${JSON.stringify(text)} is no tcp:HOST:PORT, pipe:NAME or path of a pipe.`);
}
