import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownArguments, parseCommandLine } from "./commandLine";

const parse = (...args: string[]) => parseCommandLine(args, "1.2.3");

describe("parseCommandLine", () => {
  it("opens the model when nothing is said, or when it is named", () => {
    expect([parse(), parse("--machine", "model"), parse("--machine=model")]).toEqual([
      { kind: "window", machine: "model" },
      { kind: "window", machine: "model" },
      { kind: "window", machine: "model" },
    ]);
  });

  it("leaves switches that are Chromium's to Chromium", () => {
    expect(parse("--no-sandbox", "--user-data-dir=/x y", "--inspect=0", "--machine=model")).toEqual({
      kind: "window",
      machine: "model",
    });
  });

  it.each(["local", "wine", "wine:/home/me/prefix", "agent:box:4000", "snapshot:C:\\a b.json"])(
    "says that %s is not in this version",
    (machine) => {
      expect(parse("--machine", machine)).toMatchObject({
        kind: "usage",
        message: expect.stringContaining(`machine "${machine}" is not in this version yet`),
      });
    },
  );

  it.each(["", "modelx", "agent:box", "agent:box:http", "snapshot:", "MODEL", "\u001b[31m"])(
    "refuses %j as a machine, without control characters in its answer",
    (machine) => {
      const answer = parse("--machine", machine);
      expect(answer).toMatchObject({ kind: "usage", message: expect.stringContaining("there is no machine") });
      expect(JSON.stringify(answer)).not.toContain("\\u001b");
    },
  );

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
        if (answer.kind === "window") expect(answer.machine).toBe("model");
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal would obey
        else expect(answer.kind === "print" ? answer.text : answer.message).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
      }),
    );
  });
});
