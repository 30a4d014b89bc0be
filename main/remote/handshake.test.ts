import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NTSCOPE_VERSION, PROTOCOL_VERSION, parseHello, parseHelloAnswer } from "./handshake";

const agent = { id: "a", name: "n", version: "1" };

describe("the first words", () => {
  it("name the version that package.json has", () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
    expect(NTSCOPE_VERSION).toBe(version);
  });

  it("of a later version are understood well enough to refuse it", () => {
    expect(parseHello({ ntscope: "hello", protocol: 7, version: "9", more: [1] })).toMatchObject({ protocol: 7 });
    const welcome = { ntscope: "welcome", protocol: 7, agent: { ...agent, more: 1 }, more: 2 };
    expect(parseHelloAnswer(welcome)).toMatchObject({ protocol: 7, agent });
  });

  it("are those of ntscope, or nothing", () => {
    const almost = fc.record(
      {
        ntscope: fc.constantFrom("hello", "welcome", "refused", 1),
        protocol: fc.oneof(fc.integer(), fc.double(), fc.string()),
        version: fc.oneof(fc.string({ minLength: 201 }), fc.nat()),
        agent: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(almost, fc.anything()), (message) => {
        expect(parseHello(message)).toBeUndefined();
        expect(parseHelloAnswer(message)).toBeUndefined();
      }),
      { seed: 1 },
    );
    expect(parseHello({ ntscope: "hello", protocol: PROTOCOL_VERSION, version: "1" })).toBeDefined();
  });
});
