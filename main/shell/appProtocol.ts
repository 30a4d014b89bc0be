/**
 * The `app:` scheme: serves the built page from its folder as `app://bundle/...`, so that nothing loads from
 * `file:` and the page has an origin that the sender check can name. Electron's security checklist, items 7 and 18.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { CustomScheme, Protocol } from "electron";
import { contentSecurityPolicy } from "./contentSecurityPolicy";

export const appScheme: CustomScheme = {
  scheme: "app",
  // `standard` gives it origins and relative URLs; `codeCache` keeps compiled scripts (Electron 28 and later; ignored before).
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

export const bundleHost = "bundle";

/** What the page may load. A type that is not listed is not served: `nosniff` would make it useless anyway. */
const contentTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  // Asked for by the developer tools only.
  ".map": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
};

/**
 * Serves `root` under `app://bundle/`. Call once the app is ready. By the buffer protocol and not `protocol.handle`,
 * which loads Node's whole fetch into the main process first: a tenth of the start.
 */
export function serveApp(protocol: Protocol, root: string): void {
  protocol.registerBufferProtocol(appScheme.scheme, (request, respond) => {
    void answer(request.method, request.url, root).then(respond);
  });
}

export interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  data: Buffer;
}

export async function answer(method: string, url: string, root: string): Promise<Answer> {
  if (method !== "GET") return refuse(405);
  const file = fileFor(url, root);
  const contentType = file && contentTypes[path.extname(file).toLowerCase()];
  if (!file || !contentType) return refuse(404);
  let data: Buffer;
  try {
    data = await readFile(file);
  } catch {
    // Missing, a folder, or no rights: one answer, which tells the page nothing about the disk.
    return refuse(404);
  }
  return {
    statusCode: 200,
    headers: {
      "Content-Type": contentType,
      "Content-Security-Policy": contentSecurityPolicy,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Opener-Policy": "same-origin",
    },
    data,
  };
}

/** The file a URL stands for, or undefined when it names another host or a place outside `root`. */
export function fileFor(url: string, root: string): string | undefined {
  let relative: string;
  try {
    const parsed = new URL(url);
    if (parsed.protocol !== `${appScheme.scheme}:` || parsed.host !== bundleHost) return undefined;
    relative = decodeURIComponent(parsed.pathname).slice(1);
  } catch {
    // A URL or an escape that does not decode names no file.
    return undefined;
  }
  if (relative.includes("\0")) return undefined;
  const file = path.resolve(root, relative === "" ? "index.html" : relative);
  const within = path.relative(root, file);
  const isSafe = within !== "" && within !== ".." && !within.startsWith(`..${path.sep}`) && !path.isAbsolute(within);
  return isSafe ? file : undefined;
}

function refuse(statusCode: number): Answer {
  return { statusCode, headers: { "Content-Security-Policy": contentSecurityPolicy }, data: Buffer.alloc(0) };
}
