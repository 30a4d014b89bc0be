import { describe, expect, it } from "vitest";
import type { Machine } from "../machine/machine";
import { createModelMachine } from "./modelMachine";
import { createTestMachine, unwrap } from "./testMachine";

/** A machine whose boot goes on only when the test says so. */
function bootingMachine() {
  let step: () => boolean = () => true;
  let finish: () => void = () => undefined;
  const machine = createModelMachine({
    now: () => 0,
    random: () => 0.5,
    sink: { print: () => undefined },
    inSteps(next) {
      step = next;
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    },
  });
  return {
    machine,
    steps: 0,
    async bootOn() {
      do this.steps += 1;
      while (!step());
      finish();
    },
  };
}

async function isAnswered(question: Promise<unknown>): Promise<boolean> {
  const pending = Symbol("pending");
  // A few turns of the microtask queue: an answer that needs no boot has come by then.
  for (let turn = 0; turn < 50; turn += 1) {
    if ((await Promise.race([question, Promise.resolve(pending)])) !== pending) return true;
  }
  return false;
}

async function listed(machine: Machine, path: string): Promise<string[]> {
  const { entries } = unwrap(await machine.list(path));
  return entries.flatMap(({ name, type }) => (type === "Directory" ? [name] : []));
}

describe("a boot in steps", () => {
  it("knows the root's directories before anything else, and no other than those of the whole boot", async () => {
    const booting = bootingMachine();
    const early = unwrap(await booting.machine.directories("\\"));
    await booting.bootOn();
    expect(early).toEqual(unwrap(await booting.machine.directories("\\")));
    expect(early).toEqual(await listed(booting.machine, "\\"));
    expect(booting.steps).toBeGreaterThan(20);
  });

  it("answers nothing else until it is done, and then as a machine that booted at once", async () => {
    const booting = bootingMachine();
    const questions = [
      booting.machine.info(),
      booting.machine.list("\\"),
      booting.machine.directories("\\Device"),
      booting.machine.services(),
      booting.machine.restart(),
    ];
    for (const question of questions) expect(await isAnswered(question)).toBe(false);
    await booting.bootOn();
    await Promise.all(questions);
    const { machine } = createTestMachine();
    expect(await booting.machine.list("\\")).toEqual(await machine.list("\\"));
    expect(await booting.machine.drivers()).toEqual(await machine.drivers());
  });

  it("can be given up half-way", () => {
    const booting = bootingMachine();
    expect(() => booting.machine.dispose()).not.toThrow();
  });
});

describe("directories", () => {
  it("names the directories of a directory, through links too, and of nothing else", async () => {
    const { machine } = createTestMachine();
    expect(unwrap(await machine.directories("\\Sessions"))).toEqual(expect.arrayContaining(["0", "1", "BNOLINKS"]));
    expect(unwrap(await machine.directories("\\??"))).toEqual(await listed(machine, "\\??"));
    expect(await machine.directories("\\Device\\Null")).toMatchObject({
      error: { name: "STATUS_OBJECT_TYPE_MISMATCH" },
    });
    expect(await machine.directories("\\Nope")).toMatchObject({ error: { name: "STATUS_OBJECT_NAME_NOT_FOUND" } });
  });
});
