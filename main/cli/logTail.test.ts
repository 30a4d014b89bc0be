/** Following a log whose oldest lines are dropped meanwhile. */
import { describe, expect, it } from "vitest";
import type { Engine } from "../engine/engine";
import { createModelEngine } from "../engine/modelEngine";
import type { EngineClient } from "../engine/protocol";
import type { LogRule } from "../log/logRule";
import { LogTail } from "./logTail";
import { Session } from "./session";

const HISTORY = 10_000;

function printLines(engine: Engine, from: number, count: number): void {
  const nobody = { source: "text", time: 0, component: -1, level: -1, processId: 0, threadId: 0, process: "" } as const;
  for (let index = from; index < from + count; index += 1) engine.log.print({ ...nobody, text: `line ${index}\n` });
}

function sessionOver(client: EngineClient, message: (text: string) => void = () => undefined): Session {
  return new Session(client, { data: () => undefined, message }, false);
}

/** Calls `meanwhile` each time when rows are about to be asked for, so between the two questions of a reader. */
function withInterruption(client: EngineClient, meanwhile: () => void): EngineClient {
  return {
    on: (event, listener) => client.on(event, listener),
    dispose: () => client.dispose(),
    call(verb, params, options) {
      if (verb === "log.rows") meanwhile();
      return client.call(verb, params, options);
    },
  };
}

async function read(session: Session, rules: LogRule[], after: number): Promise<number[]> {
  const tail = await LogTail.open(session, rules, after);
  const numbers: number[] = [];
  for await (const { text } of tail.records(0)) numbers.push(Number(text.split(" ")[1]));
  await tail.dispose();
  return numbers;
}

const odd: LogRule = {
  column: "text",
  match: "regex",
  text: "[13579]$",
  matchCase: false,
  action: "include",
  colour: 0,
  enabled: true,
};

describe("LogTail", () => {
  it.each([
    ["all lines", [], 1],
    ["the lines of a filter", [odd], 2],
  ] as const)("skips none of %s when history is dropped between its questions", async (_what, rules, step) => {
    const engine = createModelEngine({ historyLines: HISTORY });
    const client = engine.connect();
    printLines(engine, 1, HISTORY);
    let printed = HISTORY;
    const firstKept = new Set<number>();
    const session = sessionOver(
      withInterruption(client, () => {
        if (printed >= 3 * HISTORY) return;
        printLines(engine, printed + 1, 1500);
        printed += 1500;
        const { total, lines } = engine.log.state(0);
        firstKept.add(total - lines + 1);
      }),
    );
    const numbers = await read(session, [...rules], 0);
    const { value } = (await client.call("log.state", {})) as { value: { droppedByHistory: number } };
    expect(value.droppedByHistory).toBeGreaterThan(HISTORY);
    expect(numbers.at(-1)).toBe(printed % step === 0 && step > 1 ? printed - 1 : printed);
    // What is missing was gone before it was asked for: behind it comes the first line that was left.
    const behindGaps = numbers.filter((number, index) => number - (numbers[index - 1] ?? 0) > step);
    expect(behindGaps.filter((number) => !firstKept.has(number))).toEqual([]);
    engine.dispose();
  });

  it("says how many lines it could not show", async () => {
    const engine = createModelEngine({ historyLines: HISTORY });
    printLines(engine, 1, 3 * HISTORY);
    const messages: string[] = [];
    const [first = 0] = await read(
      sessionOver(engine.connect(), (text) => messages.push(text)),
      [],
      10,
    );
    expect(messages).toEqual([`log: ${first - 11} lines were dropped from the log before they could be shown`]);
    expect(first).toBeGreaterThan(HISTORY);
    engine.dispose();
  });

  it("goes on behind the line that was shown last", async () => {
    const engine = createModelEngine({ historyLines: HISTORY });
    printLines(engine, 1, 10);
    expect(await read(sessionOver(engine.connect()), [], 7)).toEqual([8, 9, 10]);
    expect(await read(sessionOver(engine.connect()), [odd], 7)).toEqual([9]);
    engine.dispose();
  });
});
