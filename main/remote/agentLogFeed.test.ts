import { describe, expect, it } from "vitest";
import type { EngineClient, EngineEvents } from "../engine/protocol";
import { Log } from "../log/log";
import type { LogRows, LogState } from "../log/logState";
import { ManualScheduler } from "../log/manualScheduler";
import { fail, ntscopeError, ok } from "../machine/result";
import { AgentLogFeed } from "./agentLogFeed";
import type { AgentLink, LinkState } from "./reconnectingEngine";

const scheduler = new ManualScheduler();
const origin = { time: 1, source: "kernel", component: 0, level: 0, processId: 0, threadId: 0, process: "" } as const;

/** An agent's log and its connection, moved by hand. */
class FakeAgent implements AgentLink {
  state: LinkState = { kind: "connected", agent: { id: "a", name: "", version: "" }, connection: 1 };
  log = new Log({ scheduler });
  /** What is answered instead of rows. */
  rows: ((rows: LogRows) => unknown) | undefined;
  readonly here = new Log({ scheduler });
  readonly feed: AgentLogFeed;
  private listeners: ((state: LinkState) => void)[] = [];
  private tell: (state: LogState) => void = () => {};
  private readonly engine: EngineClient = {
    call: async (verb, params) =>
      (this.state.kind === "connected" ? this.answer(verb, params as never) : gone) as never,
    on: (event, listener) => {
      expect(event).toBe("log");
      this.tell = listener as (state: EngineEvents["log"]) => void;
      return { dispose() {} };
    },
    dispose() {},
  };

  constructor() {
    this.feed = new AgentLogFeed({ engine: this.engine, link: this, log: this.here, scheduler, address: "h:1" });
  }

  onState(listener: (state: LinkState) => void) {
    this.listeners.push(listener);
    return { dispose() {} };
  }

  set(state: LinkState): void {
    this.state = state;
    for (const listener of this.listeners) listener(state);
  }

  print(...texts: string[]): void {
    for (const text of texts) this.log.print({ ...origin, text: `${text}\n` });
  }

  event(): void {
    this.tell(this.log.state(0));
  }

  lines(): string[] {
    return Array.from({ length: this.here.store.lines }, (_, index) => this.here.store.record(index + 1)?.text ?? "");
  }

  private answer(verb: string, params: { sequence: number; from: number; count: number }) {
    const { store } = this.log;
    if (verb === "log.openView") return ok({ view: 1 });
    if (verb === "log.state") return ok(this.log.state(0));
    if (verb === "log.rowOf") return ok(Math.max(0, params.sequence - store.first));
    const rows = rowsFrom(store, store.first + params.from, Math.min(params.count, 3));
    return ok(this.rows ? this.rows(rows) : rows);
  }
}

const gone = fail(ntscopeError("agent-lost", "gone"));

function rowsFrom(store: Log["store"], from: number, most: number): LogRows {
  const count = Math.max(0, Math.min(most, store.end - from));
  const records = Array.from({ length: count }, (_, index) => store.record(from + index));
  const texts = records.map((record) => Buffer.from(record?.text ?? ""));
  const ends = texts.map((_, index) => texts.slice(0, index + 1).reduce((sum, text) => sum + text.byteLength, 0));
  const zeros = new Int32Array(count);
  return {
    ...{ view: 1, from: 0, count, component: zeros, level: zeros, processId: zeros, threadId: zeros },
    sequence: Float64Array.from(records, (record) => record?.sequence ?? 0),
    time: new Float64Array(count),
    source: new Uint8Array(count),
    kind: Uint8Array.from(records, (record) => (record?.kind === "loss" ? 1 : 0)),
    process: new Uint32Array(count),
    irp: new Uint32Array(count),
    processes: [""],
    textOffset: Uint32Array.from([0, ...ends]),
    text: new Uint8Array(Buffer.concat(texts)),
    colour: new Int8Array(count),
    marked: new Uint8Array(count),
  };
}

describe("a log brought from an agent", () => {
  it("says how many lines are known to be missed when the agent was started anew", async () => {
    const agent = new FakeAgent();
    agent.print("1", "2");
    await agent.feed.sync();
    agent.print("3", "4", "5");
    // Heard of, and lost before it was asked for.
    agent.event();
    agent.set({ kind: "lost", reason: "a cable.", retryIn: 1 });
    await agent.feed.sync();
    agent.log = new Log({ scheduler });
    agent.print("new");
    agent.set({ kind: "connected", agent: { id: "b", name: "", version: "" }, connection: 2 });
    await agent.feed.sync();
    expect(agent.lines()).toEqual([
      "1",
      "2",
      "The connection to h:1 was lost: a cable.",
      "The agent at h:1 was started anew and its log with it: 3 lines that are known of were missed, and what came between the loss and its end is gone.",
      "new",
    ]);
    expect(agent.here.state(0).lost).toBe(3);
  });

  it("counts the lines that the agent's own sources lost", async () => {
    const agent = new FakeAgent();
    agent.log.note("loss", "7 lines were lost.", 1, 7);
    agent.event();
    await agent.feed.sync();
    expect(agent.here.state(0).lost).toBe(7);
    agent.log.note("loss", "2 lines were lost.", 1, 2);
    agent.event();
    await agent.feed.sync();
    expect(agent.here.state(0).lost).toBe(9);
  });

  it("is not kept busy by an agent that sends the same rows again, or never the row asked for", async () => {
    const agent = new FakeAgent();
    agent.print("1", "2");
    await agent.feed.sync();
    agent.rows = () => rowsFrom(agent.log.store, 1, 2);
    await agent.feed.sync();
    expect(agent.lines().at(-1)).toContain("rows that it had sent before");
    agent.print("3", "4", "5");
    agent.rows = () => rowsFrom(agent.log.store, 5, agent.here.store.lines > 3 ? 0 : 1);
    await agent.feed.sync();
    expect(agent.lines().slice(3)).toEqual([
      "2 lines were dropped from the agent's log before they could be read.",
      "5",
    ]);
  });

  it.each<[string, (rows: LogRows) => unknown]>([
    ["nothing", () => null],
    ["a column of another type", (rows) => ({ ...rows, time: [...rows.time] })],
    ["a column that is too short", (rows) => ({ ...rows, kind: new Uint8Array(0) })],
    ["numbers that go back", (rows) => ({ ...rows, sequence: rows.sequence.slice().reverse() })],
    ["a time that is none", (rows) => ({ ...rows, time: rows.time.map(() => Number.NaN) })],
    ["a count beyond its columns", (rows) => ({ ...rows, count: 1e9 })],
  ])("refuses rows that are %s, says so once, and goes on when they are right again", async (_, spoil) => {
    const agent = new FakeAgent();
    agent.print("1", "2");
    agent.rows = spoil;
    await agent.feed.sync();
    await agent.feed.sync();
    const said = "The agent's log cannot be read: The agent sent log rows that do not fit together.";
    expect(agent.lines()).toEqual([said]);
    agent.rows = undefined;
    await agent.feed.sync();
    expect(agent.lines()).toEqual([said, "1", "2"]);
  });
});
