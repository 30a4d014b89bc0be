/**
 * The one place where the page's calls arrive. In this order, for every call: is the sender the window's own top
 * frame with our page in it, is the verb one of the contract, do the parameters pass its schema. Only then does a
 * handler run; what it throws is logged here and answered in words, never as an exception that keeps only its text.
 * Electron's security checklist, items 17, 20 and 21.
 */
import type { IpcMainEvent, IpcMainInvokeEvent } from "electron";
import * as v from "valibot";
import { callChannel, connectEngineChannel } from "../../preload/channels";
import type { ShellAnswer, ShellVerb, ShellVerbs } from "../../preload/contract";
import { type AppLog, describeError } from "./appLog";
import { shellSchemas } from "./shellSchemas";

export type ShellHandlers = {
  [K in ShellVerb]: (params: ShellVerbs[K][0]) => ShellVerbs[K][1] | Promise<ShellVerbs[K][1]>;
};

/** A failure that the page is told in these words; anything else that a handler throws is only named "internal". */
export class ShellError extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

type IpcEvent = Pick<IpcMainInvokeEvent | IpcMainEvent, "sender" | "senderFrame">;

/** The part of `webContents.ipc` that is used; it ends with its window, so nothing has to be taken off it. */
export interface PageIpc {
  handle(
    channel: string,
    listener: (event: IpcMainInvokeEvent, verb: unknown, params: unknown) => Promise<unknown>,
  ): void;
  on(channel: string, listener: (event: IpcMainEvent) => void): unknown;
}

export interface ShellIpcOptions {
  /** `app://bundle`, or the dev server's. */
  origin: string;
  handlers: ShellHandlers;
  connectEngine(): void;
  log: AppLog;
}

export function registerShellIpc(ipc: PageIpc, options: ShellIpcOptions): void {
  const { origin, log } = options;
  ipc.handle(callChannel, (event, verb, params) => {
    // Read before anything is awaited: a frame that goes away takes its URL with it.
    if (!isTrusted(event, origin)) return Promise.resolve(denySender(log));
    return answerCall(verb, params, options);
  });
  ipc.on(connectEngineChannel, (event) => {
    if (isTrusted(event, origin)) options.connectEngine();
    else denySender(log);
  });
}

export function isTrusted(event: IpcEvent, origin: string): boolean {
  const frame = event.senderFrame;
  if (!frame || frame !== event.sender.mainFrame) return false;
  try {
    // `URL.origin` is "null" for schemes that Node does not know, so it is put together here.
    const { protocol, host } = new URL(frame.url);
    return `${protocol}//${host}` === origin;
  } catch {
    // about:srcdoc and the like: not ours.
    return false;
  }
}

async function answerCall(verb: unknown, params: unknown, options: ShellIpcOptions): Promise<ShellAnswer<ShellVerb>> {
  const { handlers, log } = options;
  if (typeof verb !== "string" || !Object.hasOwn(shellSchemas, verb)) {
    return refuse("unknown-verb", "The shell has no such verb.");
  }
  const known = verb as ShellVerb;
  try {
    return { ok: true, value: await run(known, params, handlers) };
  } catch (error) {
    if (error instanceof ShellError) return refuse(error.name, error.message);
    log.write("error", "ipc", `${known}: ${describeError(error)}`);
    return refuse("internal", `"${known}" failed; NtScope's log says more.`);
  }
}

async function run<K extends ShellVerb>(
  verb: K,
  params: unknown,
  handlers: ShellHandlers,
): Promise<ShellVerbs[ShellVerb][1]> {
  const parsed = v.safeParse(shellSchemas[verb], params);
  if (parsed.success) return handlers[verb](parsed.output);
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue) ?? "parameters";
  throw new ShellError("bad-parameters", `"${verb}", ${where}: ${issue.message.slice(0, 300)}`);
}

function denySender(log: AppLog): ShellAnswer<ShellVerb> {
  log.write("warn", "ipc", "denied: a call from a frame that is not the window's page");
  return refuse("denied", "Only the window's own page may ask.");
}

function refuse(name: string, message: string): ShellAnswer<ShellVerb> {
  return { ok: false, error: { name, message } };
}
