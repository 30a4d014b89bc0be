/**
 * The one place where the pages' calls arrive. In this order, for every call: is the sender the window's own top frame
 * with our page in it, or a frame right below it with our page for a machine that there is; is the verb one of the
 * contract; do the parameters pass its schema. Only then does a handler run, for the sender's machine; what it throws is
 * logged here and answered in words, never as an exception that keeps only its text.
 * Electron's security checklist, items 17, 20 and 21.
 */
import type { IpcMainEvent, IpcMainInvokeEvent, WebFrameMain } from "electron";
import * as v from "valibot";
import { callChannel, connectEngineChannel } from "../../preload/channels";
import type { ShellAnswer, ShellVerb, ShellVerbs } from "../../preload/contract";
import { type AppLog, describeError } from "./appLog";
import { firstMachine } from "./machines";
import { shellSchemas } from "./shellSchemas";

export type ShellHandlers = {
  /** `machine`: of the page that asks. */
  [K in ShellVerb]: (params: ShellVerbs[K][0], machine: string) => ShellVerbs[K][1] | Promise<ShellVerbs[K][1]>;
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
  hasMachine(id: string): boolean;
  handlers: ShellHandlers;
  /** A trusted page asks for its machine's engine. */
  connectEngine(machine: string): void;
  /** Called before a page's call is answered: from then on its machine's news can reach it. */
  onSender(machine: string, frame: WebFrameMain): void;
  log: AppLog;
}

export function registerShellIpc(ipc: PageIpc, options: ShellIpcOptions): void {
  const { log, onSender } = options;
  ipc.handle(callChannel, (event, verb, params) => {
    // Read before anything is awaited: a frame that goes away takes its URL with it.
    const machine = machineOfSender(event, options);
    if (machine === undefined) return Promise.resolve(denySender(log));
    onSender(machine, event.senderFrame as WebFrameMain);
    return answerCall(verb, params, machine, options);
  });
  ipc.on(connectEngineChannel, (event) => {
    const machine = machineOfSender(event, options);
    if (machine === undefined) denySender(log);
    else {
      onSender(machine, event.senderFrame as WebFrameMain);
      options.connectEngine(machine);
    }
  });
}

/** The machine that the sender shows; undefined for a frame that is none of ours. */
export function machineOfSender(
  event: IpcEvent,
  options: Pick<ShellIpcOptions, "origin" | "hasMachine">,
): string | undefined {
  try {
    return machineOfFrame(event, options);
  } catch {
    // The frame went while its call was on its way: Electron throws at any question about it.
    return undefined;
  }
}

function machineOfFrame(
  { senderFrame: frame, sender }: IpcEvent,
  { origin, hasMachine }: Pick<ShellIpcOptions, "origin" | "hasMachine">,
): string | undefined {
  if (!frame || originOf(sender.mainFrame.url) !== origin) return undefined;
  if (frame === sender.mainFrame) return firstMachine;
  if (frame.parent !== sender.mainFrame || originOf(frame.url) !== origin) return undefined;
  const machine = new URL(frame.url).searchParams.get("machine");
  return machine !== null && machine !== firstMachine && hasMachine(machine) ? machine : undefined;
}

function originOf(url: string): string | undefined {
  try {
    // `URL.origin` is "null" for schemes that Node does not know, so it is put together here.
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    // about:srcdoc and the like: not ours.
    return undefined;
  }
}

async function answerCall(
  verb: unknown,
  params: unknown,
  machine: string,
  options: ShellIpcOptions,
): Promise<ShellAnswer<ShellVerb>> {
  const { handlers, log } = options;
  if (typeof verb !== "string" || !Object.hasOwn(shellSchemas, verb)) {
    return refuse("unknown-verb", "The shell has no such verb.");
  }
  const known = verb as ShellVerb;
  try {
    return { ok: true, value: await run(known, params, machine, handlers) };
  } catch (error) {
    if (error instanceof ShellError) return refuse(error.name, error.message);
    log.write("error", "ipc", `${known}: ${describeError(error)}`);
    return refuse("internal", `"${known}" failed; NtScope's log says more.`);
  }
}

async function run<K extends ShellVerb>(
  verb: K,
  params: unknown,
  machine: string,
  handlers: ShellHandlers,
): Promise<ShellVerbs[ShellVerb][1]> {
  const parsed = v.safeParse(shellSchemas[verb], params);
  if (parsed.success) return handlers[verb](parsed.output, machine);
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue) ?? "parameters";
  throw new ShellError("bad-parameters", `"${verb}", ${where}: ${issue.message.slice(0, 300)}`);
}

function denySender(log: AppLog): ShellAnswer<ShellVerb> {
  log.write("warn", "ipc", "denied: a call from a frame that is none of the window's pages");
  return refuse("denied", "Only the window's own page may ask.");
}

function refuse(name: string, message: string): ShellAnswer<ShellVerb> {
  return { ok: false, error: { name, message } };
}
