// Kernel prints over event tracing cannot be had in Wine, whose trace sessions are stubs: NtScope says so and lives on.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { SourceInfo } from "../../main/engine/protocol";
import { describeWine } from "./harness/describeWine";
import { NtScopeInPrefix } from "./harness/ntscopeInPrefix";
import { WineMachine } from "./harness/wineMachine";

describeWine("the etw source", () => {
  let machine: WineMachine;
  let ntscope: NtScopeInPrefix;
  beforeAll(async () => {
    machine = await WineMachine.start();
    ntscope = await NtScopeInPrefix.prepare(machine);
  });
  afterAll(() => machine.stop());

  it("says in its health and in the log why it brings nothing, and the other sources go on", async () => {
    const answers = await ntscope.shell(
      "sources",
      "sources add etw",
      'log --follow --wait-for "Kernel prints cannot be captured"',
      "sources",
      `sources add run ${ntscope.pathOf("ods")} many 1 1`,
      "log --follow --wait-for done",
      "sources remove 2",
    );
    expect(answers[0].map(({ name }: SourceInfo) => name)).toEqual(["dbwin"]);
    const listed = answers.find((answer) => Array.isArray(answer) && answer.length === 2) as SourceInfo[];
    expect(listed[1]).toMatchObject({ name: "etw", health: { state: "failed" } });
    expect(listed[1]?.health.message).toMatch(
      /^Kernel prints cannot be captured: (OpenTrace|ProcessTrace|StartTrace): .+\.$/,
    );
    expect(answers.at(-1)).toEqual({ removed: 2 });
  });
});
