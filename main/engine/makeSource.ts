/** The source that a user's words name. What a kind needs is loaded when it is made. */
import type { Readable } from "node:stream";
import type { Scheduler } from "../log/scheduler";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { ConnectionAddress } from "../sources/connectionAddress";
import type { Source } from "../sources/source";
import { parseSourceSpec, type SourceSpec } from "../sources/sourceSpec";

export interface SourceHost {
  readonly scheduler: Scheduler;
  /** Where this program's built files lie; Windows' own sources need one of them. */
  readonly programFolder?: string | undefined;
  /** The process's standard input, where it is free for `stdin`. */
  readonly stdin?: Readable | undefined;
  /** What those who may ask this engine may have read or started on this computer; nothing where left out. */
  readonly allows?: readonly SourceRight[] | undefined;
}

export type SourceRight = "files" | "programs";

/** @returns what makes sources of specs; they are not yet started. Errors: `bad-source`, `source-not-here`. */
export function sourceMaker(host: SourceHost): (spec: string) => Promise<Result<Source>> {
  return async (text) => {
    const spec = parseSourceSpec(text);
    return spec.ok ? await make(spec.value, host) : spec;
  };
}

async function make(spec: SourceSpec, host: SourceHost): Promise<Result<Source>> {
  const { scheduler } = host;
  switch (spec.kind) {
    case "dbwin":
    case "etw":
      return await makeWindows(spec, host);
    case "kd": {
      if (isForeignPipe(spec.address))
        return notHere("Named pipes are Windows'; here a pipe is a path: kd pipe:/PATH.");
      const { KdSerialSource } = await import("../sources/kdSerial/kdSerialSource");
      return ok(new KdSerialSource({ ...spec, scheduler }));
    }
    case "dbgview": {
      const { DbgviewAgentSource } = await import("../sources/dbgviewAgent/dbgviewAgentSource");
      return ok(new DbgviewAgentSource({ ...spec, capture: { kernel: true, win32: true }, scheduler }));
    }
    case "file": {
      if (!host.allows?.includes("files")) return notHere("A file is read for who runs ntscope on this computer only.");
      const { FileTail } = await import("../sources/textStream/fileTail");
      return ok(new FileTail({ ...spec, scheduler }));
    }
    case "listen":
      return ok(await makeListener(spec, scheduler));
    case "run": {
      if (!host.allows?.includes("programs")) return notHere("Programs are started for the command line only.");
      const { ProgramSource } = await import("../sources/textStream/programSource");
      return ok(new ProgramSource({ ...spec, scheduler }));
    }
    case "stdin":
      return await makeStdin(host);
  }
}

async function makeWindows(
  spec: Extract<SourceSpec, { kind: "dbwin" | "etw" }>,
  { scheduler, programFolder }: SourceHost,
): Promise<Result<Source>> {
  if (process.platform !== "win32" || programFolder === undefined) {
    const what = spec.kind === "dbwin" ? "OutputDebugString is Windows'" : "Event tracing (ETW) is Windows'";
    return notHere(`${what}: it is captured where NtScope runs in Windows.`);
  }
  const { dbwinSource, etwSource } = await import("./windowsSources");
  const isDbwin = spec.kind === "dbwin";
  return ok(isDbwin ? dbwinSource(spec.namespace, programFolder, scheduler) : etwSource(programFolder, scheduler));
}

async function makeListener(
  { protocol, host, port }: Extract<SourceSpec, { kind: "listen" }>,
  scheduler: Scheduler,
): Promise<Source> {
  const options = { port, scheduler, ...(host === undefined ? {} : { host }) };
  if (protocol === "tcp") {
    const { TcpListener } = await import("../sources/textStream/tcpListener");
    return new TcpListener(options);
  }
  const { UdpListener } = await import("../sources/textStream/udpListener");
  return new UdpListener(options);
}

async function makeStdin({ stdin, scheduler }: SourceHost): Promise<Result<Source>> {
  if (stdin === undefined) {
    return notHere("Standard input is no source here: it is one in a script that is a file, `ntscope shell FILE`.");
  }
  const { StreamSource } = await import("../sources/textStream/streamSource");
  return ok(new StreamSource("stdin", stdin, scheduler));
}

function isForeignPipe(address: ConnectionAddress): boolean {
  return process.platform !== "win32" && "path" in address && /^\\\\[.?]\\pipe\\/i.test(address.path);
}

function notHere(why: string): { ok: false; error: ReturnType<typeof ntscopeError> } {
  return fail(ntscopeError("source-not-here", why));
}
