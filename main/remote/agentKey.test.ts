import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPairingLine, pairingLine, parseAddress, parsePairingLine } from "./agentAddress";
import {
  agentKeyText,
  KEY_BYTES,
  makeAgentKey,
  makeAgentKeyFile,
  parseAgentKey,
  readAgentKeyFile,
  readOrMakeAgentKeyFile,
} from "./agentKey";
import { value } from "./testAgent";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ntscope-key-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a key", () => {
  it("is 32 bytes, another one each time, and comes back from its text", () => {
    const key = makeAgentKey();
    expect(key.byteLength).toBe(KEY_BYTES);
    expect(makeAgentKey()).not.toEqual(key);
    expect(agentKeyText(key)).toMatch(/^[\w-]{43}$/);
    expect(parseAgentKey(agentKeyText(key))).toEqual(key);
  });

  it.each(["", "x", "A".repeat(42), "A".repeat(44), `${"A".repeat(42)}B`, `${"A".repeat(42)}+`, ` ${"A".repeat(43)}`])(
    "is not %j",
    (text) => {
      expect(parseAgentKey(text)).toBeUndefined();
    },
  );
});

describe("a key file", () => {
  it("is made for its owner alone, read again, and never written over", async () => {
    const path = join(folder, "new");
    const first = value(await readOrMakeAgentKeyFile(path));
    expect(first.made).toBe(true);
    if (process.platform !== "win32") expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(value(await readOrMakeAgentKeyFile(path))).toEqual({ key: first.key, made: false });
    expect(value(await readAgentKeyFile(path))).toEqual(first.key);
    expect(await makeAgentKeyFile(path)).toMatchObject({ ok: false, error: { name: "no-key" } });
    expect(await readFile(path, "utf8")).toBe(`${agentKeyText(first.key)}\n`);
  });

  it("is refused when it is missing, no key, or, on Unix, open to others", async () => {
    const path = join(folder, "other");
    expect(await readAgentKeyFile(path)).toMatchObject({ ok: false, error: { name: "no-key" } });
    expect(await readOrMakeAgentKeyFile(join(folder, "no", "such", "folder"))).toMatchObject({
      error: { name: "no-key" },
    });
    await writeFile(path, "not a key", { mode: 0o600 });
    expect(await readOrMakeAgentKeyFile(path)).toMatchObject({ ok: false, error: { name: "bad-key" } });
    expect(await readFile(path, "utf8")).toBe("not a key");
    if (process.platform === "win32") return;
    await chmod(path, 0o644);
    expect(await readAgentKeyFile(path)).toMatchObject({ ok: false, error: { name: "key-exposed" } });
  });
});

describe("an address", () => {
  it.each([
    ["127.0.0.1:1", { host: "127.0.0.1", port: 1 }],
    ["my-host.example:65535", { host: "my-host.example", port: 65535 }],
    ["[::1]:4711", { host: "::1", port: 4711 }],
    ["[fe80::1%eth0]:0", { host: "fe80::1%eth0", port: 0 }],
  ])("%s is understood", (text, address) => {
    expect(parseAddress(text)).toEqual({ ok: true, value: address });
    const pairing = { ...address, key: makeAgentKey() };
    expect(isPairingLine(pairingLine(pairing))).toBe(true);
    expect(parsePairingLine(` ${pairingLine(pairing)}\n`)).toEqual({ ok: true, value: pairing });
  });

  it.each(["", "host", "host:", ":1", "host:65536", "host:-1", "::1:4711", "[::1]", "a b:1", "host:1:2", "[]:1"])(
    "%j is refused",
    (text) => {
      expect(parseAddress(text)).toMatchObject({ ok: false, error: { name: "bad-address" } });
    },
  );

  it("a pairing line that is none is refused without being quoted", () => {
    const key = agentKeyText(makeAgentKey());
    fc.assert(
      fc.property(
        fc.constantFrom("", "x", ":", `:${key}`, `host:1:${key.slice(1)}`, `ntscope-agent:${key}`),
        (text) => {
          for (const line of [text, `ntscope-agent:${text}`]) {
            const parsed = parsePairingLine(line);
            expect(parsed).toMatchObject({ ok: false, error: { name: "bad-pairing" } });
            if (!parsed.ok) expect(parsed.error.message).not.toContain(key.slice(2));
          }
        },
      ),
    );
  });
});
