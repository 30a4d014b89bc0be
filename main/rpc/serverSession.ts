/**
 * One client of a server: its running and waiting calls, its cancellations and the events on their way to it.
 * Whatever it sends, nothing throws out of here.
 */
import { getDotPath, safeParse } from "valibot";
import type { Disposable } from "../machine/machine";
import { fail, ntscopeError, type Result } from "../machine/result";
import { EventQueue } from "./eventQueue";
import { type ClientMessage, parseClientMessage, type ServerMessage } from "./rpcMessage";
import type { RpcPort } from "./rpcPort";
import type { CallContext, RpcLimits, RpcService, VerbTable } from "./rpcServer";

type CallMessage = Extract<ClientMessage, { type: "call" }>;

export class ServerSession<V extends VerbTable<V>, E, C extends Disposable> implements Disposable {
  private readonly client: C;
  private readonly running = new Map<number, RunningCall<C>>();
  /** Waiting calls by id; a Map keeps their order and finds one to cancel at once. */
  private readonly waiting = new Map<number, CallMessage>();
  private readonly queues = new Map<string, EventQueue<E[keyof E]>>();
  private readonly subscriptions: Disposable[] = [];
  private disposed = false;

  constructor(
    private readonly service: RpcService<V, E, C>,
    private readonly limits: RpcLimits,
    private readonly port: RpcPort,
    private readonly onEnd: () => void,
  ) {
    this.client = service.connect();
  }

  start(): void {
    this.subscriptions.push(this.port.onClose(() => this.dispose()));
    this.subscriptions.push(this.port.onMessage((message) => this.receive(message)));
  }

  emit<K extends keyof E & string>(event: K, value: E[K]): void {
    this.queues.get(event)?.push(value);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const subscription of this.subscriptions) subscription.dispose();
    this.queues.clear();
    this.waiting.clear();
    for (const running of this.running.values()) running.abort();
    this.post({ type: "bye" });
    this.port.close();
    this.client.dispose();
    this.onEnd();
  }

  private receive(value: unknown): void {
    const message = this.disposed ? undefined : parseClientMessage(value);
    switch (message?.type) {
      case "call":
        this.admit(message);
        break;
      case "cancel":
        this.cancel(message.id);
        break;
      case "listen":
        this.listen(message.event, message.on);
        break;
      case "acknowledge":
        this.queues.get(message.event)?.acknowledge();
        break;
      case "bye":
        this.dispose();
        break;
    }
  }

  private admit(call: CallMessage): void {
    // An id in use twice would answer the wrong caller; the second is no message of ours.
    if (this.running.has(call.id) || this.waiting.has(call.id)) return;
    if (this.running.size < this.limits.running) {
      void this.run(call);
    } else if (this.waiting.size < this.limits.waiting) {
      this.waiting.set(call.id, call);
    } else {
      const text = `${this.limits.waiting} requests already wait for an answer.`;
      this.answer(call.id, fail(ntscopeError("busy", text)));
    }
  }

  private async run(call: CallMessage): Promise<void> {
    const context = new RunningCall(this.client);
    this.running.set(call.id, context);
    const { result, verb } = await this.handle(call, context);
    this.running.delete(call.id);
    this.answer(call.id, result, verb);
    const [next] = this.waiting.values();
    if (!next || this.disposed) return;
    this.waiting.delete(next.id);
    void this.run(next);
  }

  private async handle(
    call: CallMessage,
    context: RunningCall<C>,
  ): Promise<{ result: Result<unknown>; verb?: keyof V }> {
    // Own keys only: `constructor` and `__proto__` are no verbs.
    if (!Object.hasOwn(this.service.handlers, call.verb)) {
      return { result: fail(ntscopeError("unknown-verb", `There is no verb ${JSON.stringify(call.verb)}.`)) };
    }
    const verb = call.verb as keyof V & string;
    try {
      const checked = safeParse(this.service.schemas[verb], call.params, { abortEarly: true });
      if (!checked.success) {
        const [issue] = checked.issues;
        const where = getDotPath(issue);
        const text = `${verb}${where ? ` ${where}` : ""}: ${boundedMessage(issue.message)}`;
        return { result: fail(ntscopeError("bad-request", text)) };
      }
      return { result: await this.service.handlers[verb](checked.output, context), verb };
    } catch (error) {
      this.service.onFault({ verb, error });
      const text = error instanceof Error ? error.message : String(error);
      return { result: fail(ntscopeError("internal", `NtScope failed at ${verb}: ${boundedMessage(text)}`)) };
    }
  }

  private answer(id: number, result: Result<unknown>, verb?: keyof V): void {
    const transfer = result.ok && verb !== undefined ? this.service.transfer?.(verb, result.value) : undefined;
    this.post({ type: "answer", id, result }, transfer);
  }

  private cancel(id: number): void {
    this.running.get(id)?.abort();
    if (this.waiting.delete(id)) this.answer(id, fail(ntscopeError("cancelled", "Cancelled before it began.")));
  }

  private listen(event: string, on: boolean): void {
    if (!Object.hasOwn(this.service.events, event)) return;
    if (!on) {
      this.queues.delete(event);
    } else if (!this.queues.has(event)) {
      const policy = this.service.events[event as keyof E];
      this.queues.set(event, new EventQueue(policy, (value) => this.post({ type: "event", event, value })));
    }
  }

  private post(message: ServerMessage, transfer?: readonly ArrayBuffer[]): void {
    try {
      this.port.post(message, transfer);
    } catch (error) {
      // A value that cannot be cloned: the caller must still hear something.
      this.service.onFault({ verb: message.type, error });
      if (message.type !== "answer") return;
      const result = fail(ntscopeError("internal", `NtScope's answer could not be sent: ${String(error)}`));
      this.port.post({ type: "answer", id: message.id, result } satisfies ServerMessage);
    }
  }
}

/** A call's context, whose signal exists once somebody wants it. */
class RunningCall<C> implements CallContext<C> {
  private controller: AbortController | undefined;
  private aborted = false;

  constructor(readonly client: C) {}

  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.aborted) this.controller.abort();
    return this.controller.signal;
  }

  abort(): void {
    this.aborted = true;
    this.controller?.abort();
  }
}

/** A schema's message quotes what it got, which may be a megabyte of text. */
function boundedMessage(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}
