/**
 * What the commands of one `ntscope` run share: the engine, where output goes, and the names of open handles.
 */
import type { Engine } from "../engine/engine";
import type { EngineAnswer, EngineClient, EngineParams, EngineVerb } from "../engine/protocol";
import type { Result } from "../machine/result";
import { CommandFailure, UsageError } from "./command";
import { ProgramNames } from "./programNames";

export interface Output {
  /** Data, to standard output; a whole line or document without its line end. */
  data(text: string): void;
  /** Messages, to standard error. */
  message(text: string): void;
  /** Messages go to somebody who reads along. */
  readonly isTerminal?: boolean;
}

/** What a command has that makes its own engine. */
export interface StandingAlone {
  /** Aborts when the process is asked to end. */
  readonly stopped: AbortSignal;
  /** The engine over the machine that was chosen. */
  openEngine(): Promise<Result<Engine>>;
}

export class Session {
  /** Programs that were started: `p1` -> the process. */
  readonly programs = new ProgramNames();
  /** Sequence number of the last log line shown: plain `log` shows what came after it. */
  lastLogSequence = 0;
  /** Set by a command that has an answer to show and yet did not reach its end: exit 1. */
  failed = false;
  private nextHandle = 1;

  /** `json`: answer in JSON. A single command of a script can ask for it with its own `--json`. */
  constructor(
    readonly engine: EngineClient,
    readonly output: Output,
    public json: boolean,
    /** Only for a command that stands alone. */
    readonly alone?: StandingAlone,
    /** `h1` -> the machine's number. */
    readonly handles = new Map<string, number>(),
  ) {}

  /** For a line that runs beside the others: it has its own answer, and names handles for all. */
  beside(output: Output): Session {
    return new Session(this.engine, output, this.json, this.alone, this.handles);
  }

  /** Asks the engine; a failure becomes a CommandFailure, so that commands read straight down. */
  async ask<K extends EngineVerb>(
    verb: K,
    params: EngineParams<K>,
    options?: { signal?: AbortSignal },
  ): Promise<EngineAnswer<K>> {
    const answer = await this.engine.call(verb, params, options);
    if (!answer.ok) {
      throw new CommandFailure(answer.error);
    }
    return answer.value;
  }

  /** Names a new handle: the name asked for, or the next of h1, h2... */
  nameHandle(handle: number, wanted?: string): string {
    if (wanted !== undefined) {
      this.handles.set(wanted, handle);
      return wanted;
    }
    while (this.handles.has(`h${this.nextHandle}`)) {
      this.nextHandle += 1;
    }
    const name = `h${this.nextHandle}`;
    this.nextHandle += 1;
    this.handles.set(name, handle);
    return name;
  }

  handle(name: string): number {
    const handle = this.handles.get(name);
    if (handle === undefined) {
      const known = [...this.handles.keys()].join(", ");
      throw new UsageError(`no handle is named "${name}"${known ? `; open handles: ${known}` : "; open one first"}`);
    }
    return handle;
  }
}
