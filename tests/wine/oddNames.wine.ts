// Names that are hard to show: listed as they are, found again by the name that was listed, and gone when they are gone.
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWine } from "./harness/describeWine";
import { PrefixAgent } from "./harness/prefixAgent";
import type { RunningProgram } from "./harness/runningProgram";
import { WineMachine } from "./harness/wineMachine";

const directory = "\\BaseNamedObjects";
const longest = "l".repeat(32_766 - directory.length - 1);
const odd = [
  "odd gone",
  "odd\0nul",
  "odd \u001b[31m\u202e text",
  "odd \ud800",
  " odd ",
  "odd TWIN",
  "odd twin",
  longest,
];

describeWine("objects with odd names", () => {
  let machine: WineMachine;
  let agent: PrefixAgent;
  let program: RunningProgram;
  beforeAll(async () => {
    machine = await WineMachine.start();
    program = machine.begin("oddNames", []);
    expect(await program.nextLine()).toBe("ready");
    agent = await PrefixAgent.start(machine);
  });
  afterAll(async () => {
    await program.end();
    agent.stop();
    await machine.stop();
  });

  const listed = async () => (await agent.ask("objects.list", { path: directory })).entries.map(({ name }) => name);

  it("are listed unit by unit", async () => {
    expect(await listed()).toEqual(expect.arrayContaining(odd));
  });

  it.each(odd.map((name) => [name.slice(0, 12), name]))(
    "are described by the name that was listed: %j",
    async (_, name) => {
      const info = await agent.ask("objects.describe", { path: `${directory}\\${name}`, open: false });
      expect(info).toMatchObject({ name, type: "Event" });
    },
  );

  it("are not found once they are gone", async () => {
    expect(await program.ask("close")).toBe("closed");
    expect(await listed()).not.toContain("odd gone");
    const answer = await agent.client.call("objects.describe", { path: `${directory}\\odd gone`, open: false });
    expect(answer).toMatchObject({ ok: false, error: { name: "STATUS_OBJECT_NAME_NOT_FOUND" } });
  });
});
