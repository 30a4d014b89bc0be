/** What a user writes to name a source, understood: `kd tcp:HOST:PORT`, `file PATH`... Opens nothing. */
import { splitWords } from "../machine/commandWords";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import { type SourceKind, sourceForms } from "../machine/sourceForms";
import { type ConnectionAddress, parseConnectionAddress } from "./connectionAddress";
import { AGENT_PORT } from "./dbgviewAgent/agentGreeting";

export type SourceSpec =
  | { readonly kind: "dbwin"; readonly namespace: "Local" | "Global" }
  | { readonly kind: "etw" }
  /** `label`: the address as the user wrote it. */
  | { readonly kind: "kd" | "dbgview"; readonly address: ConnectionAddress; readonly label: string }
  | { readonly kind: "file"; readonly path: string; readonly from: "start" | "end" }
  /** `host` undefined: this computer only. `port` 0: any free one. */
  | {
      readonly kind: "listen";
      readonly protocol: "tcp" | "udp";
      readonly host: string | undefined;
      readonly port: number;
    }
  | { readonly kind: "run"; readonly file: string; readonly args: readonly string[] }
  | { readonly kind: "stdin" };

const parsers: Record<SourceKind, (rest: readonly string[]) => SourceSpec | undefined> = {
  dbwin: parseDbwin,
  etw: (rest) => (rest.length === 0 ? { kind: "etw" } : undefined),
  kd: ([label = "", ...more]) => (more.length === 0 ? connection("kd", label, label) : undefined),
  dbgview: parseDbgview,
  file: parseFile,
  listen: parseListen,
  run: parseRun,
  stdin: (rest) => (rest.length === 0 ? { kind: "stdin" } : undefined),
};

/**
 * Words with blanks stand in double quotes, as in a script of commands.
 * Errors: `bad-source`, with a sentence that names the form, or all forms where the first word is none.
 */
export function parseSourceSpec(text: string): Result<SourceSpec> {
  const split = splitWords(text);
  if ("error" in split) return fail(ntscopeError("bad-source", `${JSON.stringify(text)}: ${split.error}.`));
  const [first = "", ...rest] = split.words;
  if (!isKind(first)) {
    const message = `${JSON.stringify(text)} is no source. Sources are: ${Object.values(sourceForms).join(", ")}.`;
    return fail(ntscopeError("bad-source", message));
  }
  const spec = text.includes("\0") ? undefined : parsers[first](rest);
  if (spec !== undefined) return ok(spec);
  return fail(ntscopeError("bad-source", `${JSON.stringify(text)} is not of the form: ${sourceForms[first]}.`));
}

function isKind(word: string): word is SourceKind {
  return Object.hasOwn(sourceForms, word);
}

function parseDbwin([scope = "session", ...more]: readonly string[]): SourceSpec | undefined {
  if (more.length > 0 || (scope !== "session" && scope !== "global")) return undefined;
  return { kind: "dbwin", namespace: scope === "global" ? "Global" : "Local" };
}

function connection(kind: "kd" | "dbgview", text: string, label: string): SourceSpec | undefined {
  const address = parseConnectionAddress(text);
  return address.ok ? { kind, address: address.value, label } : undefined;
}

function parseDbgview([label = "", ...more]: readonly string[]): SourceSpec | undefined {
  if (more.length > 0) return undefined;
  const hasPort = /^(\[[^\]]*\]|[^:[\]]*):\d+$/.test(label);
  return connection("dbgview", `tcp:${label}${hasPort ? "" : `:${AGENT_PORT}`}`, label);
}

function parseFile(words: readonly string[]): SourceSpec | undefined {
  const [path = "", option, ...more] = words[0] === "--from-start" ? [...words].reverse() : words;
  if (path === "" || more.length > 0 || (option !== undefined && option !== "--from-start")) return undefined;
  return { kind: "file", path, from: option === undefined ? "end" : "start" };
}

function parseListen([place = "", ...more]: readonly string[]): SourceSpec | undefined {
  const [, protocol, bracketed, plain, digits] =
    /^(tcp|udp):(?:(?:\[([^\]]+)\]|([^:[\]]+)):)?(\d{1,5})$/.exec(place) ?? [];
  const port = Number(digits);
  if ((protocol !== "tcp" && protocol !== "udp") || port >= 65_536 || more.length > 0) return undefined;
  return { kind: "listen", protocol, host: bracketed ?? plain, port };
}

function parseRun([file = "", ...args]: readonly string[]): SourceSpec | undefined {
  return file === "" ? undefined : { kind: "run", file, args };
}
