import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ok } from "../machine/result";
import { chooseMachine, ownArguments, parseCommandLine, usageMessage } from "./commandLine";

const parse = (...args: string[]) => parseCommandLine(args, "1.2.3");

describe("parseCommandLine", () => {
  it("opens the window, with the options that name a machine", () => {
    expect(parse()).toEqual({ kind: "window" });
    expect(parse("--machine", "model")).toEqual({ kind: "window", machine: ["--machine=model"] });
    expect(parse("--machine", "wine:/home/me/a b", "--make-prefix")).toEqual({
      kind: "window",
      machine: ["--machine=wine:/home/me/a b", "--make-prefix"],
    });
    expect(parse("--key-file", "k", "--machine=agent:box:4000")).toEqual({
      kind: "window",
      machine: ["--key-file=k", "--machine=agent:box:4000"],
    });
  });

  it("leaves switches that are Chromium's to Chromium", () => {
    expect(parse("--no-sandbox", "--user-data-dir=/x y", "--inspect=0", "--machine=model")).toEqual({
      kind: "window",
      machine: ["--machine=model"],
    });
  });

  it("refuses what belongs to a machine where none is named", () => {
    for (const words of [["--key-file", "k"], ["--make-prefix"]]) {
      expect(parse(...words)).toMatchObject({
        kind: "usage",
        message: expect.stringContaining("belongs to a --machine"),
      });
    }
  });

  it("refuses --machine without a value and stray words", () => {
    expect(parse("--machine")).toMatchObject({ kind: "usage", message: expect.stringContaining("wants a machine") });
    expect(parse("model")).toMatchObject({ kind: "usage", message: expect.stringContaining('argument "model"') });
  });

  it("prints help and version", () => {
    expect(parse("--help")).toMatchObject({ kind: "print", text: expect.stringContaining("Usage: ntscope") });
    expect(parse("/?")).toEqual(parse("-h"));
    expect(parse("--version")).toEqual({ kind: "print", text: "NtScope 1.2.3\n" });
  });
});

describe("chooseMachine", () => {
  const folder = path.resolve("/start");

  it("takes the forms of the command line, paths from where it was started", async () => {
    expect(await chooseMachine(["--machine=model"], folder)).toEqual(ok({ kind: "model" }));
    expect(await chooseMachine(["--machine=wine:p", "--make-prefix"], folder)).toEqual(
      ok({ kind: "wine", prefix: path.join(folder, "p"), make: true }),
    );
    expect(await chooseMachine(["--machine=agent:box:4000", "--key-file=none"], folder)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining(path.join(folder, "none")) },
    });
  });

  it.each(["", "modelx", "agent:box", "agent:box:http", "snapshot:", "MODEL", "\u001b[31m"])(
    "refuses %j, and says it without control characters",
    async (machine) => {
      const answer = await chooseMachine([`--machine=${machine}`], folder);
      expect(answer).toMatchObject({ ok: false, error: { message: expect.stringMatching(/^--machine: /) } });
      if (!answer.ok) expect(usageMessage(answer.error.message)).not.toContain("\u001b");
    },
  );

  it("refuses what another kind of machine would take", async () => {
    for (const words of [
      ["--machine=model", "--key-file=k"],
      ["--machine=wine", "--make-prefix"],
    ]) {
      expect(await chooseMachine(words, folder)).toMatchObject({
        ok: false,
        error: { message: expect.stringContaining("does not belong to this --machine") },
      });
    }
  });
});

describe("ownArguments", () => {
  it("drops the runtime's part of the line", () => {
    expect(ownArguments(["electron", "--no-sandbox", "/app", "--machine", "model"], true)).toEqual([
      "--machine",
      "model",
    ]);
    expect(ownArguments(["/opt/ntscope", "--machine", "model"], false)).toEqual(["--machine", "model"]);
    expect(ownArguments(["electron"], true)).toEqual([]);
  });

  it("takes any words, and answers without control characters", () => {
    const word = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("--machine", "--machine=", "--", "-", "/?", "--__proto__", "model"),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const answer = parse(...words);
        if (answer.kind === "window") expect(answer.machine?.join("") ?? "").toMatch(/^(?:--machine=|$)/);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal would obey
        else expect(answer.kind === "print" ? answer.text : answer.message).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
      }),
    );
  });
});
