import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sourceForms } from "../machine/sourceForms";
import { parseSourceSpec } from "./sourceSpec";

describe("parseSourceSpec", () => {
  it.each([
    ["dbwin", { kind: "dbwin", namespace: "Local" }],
    ["dbwin session", { kind: "dbwin", namespace: "Local" }],
    ["  dbwin\tglobal ", { kind: "dbwin", namespace: "Global" }],
    ["etw", { kind: "etw" }],
    [
      'kd "pipe:\\\\.\\pipe\\com 1"',
      { kind: "kd", address: { path: "\\\\.\\pipe\\com 1" }, label: "pipe:\\\\.\\pipe\\com 1" },
    ],
    ["kd pipe:com1", { kind: "kd", address: { path: "\\\\.\\pipe\\com1" }, label: "pipe:com1" }],
    ["kd pipe:/run/vm.sock", { kind: "kd", address: { path: "/run/vm.sock" }, label: "pipe:/run/vm.sock" }],
    ["kd tcp:[::1]:5000", { kind: "kd", address: { host: "::1", port: 5000 }, label: "tcp:[::1]:5000" }],
    ["dbgview lab", { kind: "dbgview", address: { host: "lab", port: 2020 }, label: "lab" }],
    ["dbgview lab:2021", { kind: "dbgview", address: { host: "lab", port: 2021 }, label: "lab:2021" }],
    ["dbgview [::1]", { kind: "dbgview", address: { host: "::1", port: 2020 }, label: "[::1]" }],
    ["file C:\\log.txt", { kind: "file", path: "C:\\log.txt", from: "end" }],
    ['file "C:\\a b.txt" --from-start', { kind: "file", path: "C:\\a b.txt", from: "start" }],
    ["file --from-start x", { kind: "file", path: "x", from: "start" }],
    ["listen tcp:5140", { kind: "listen", protocol: "tcp", host: undefined, port: 5140 }],
    ["listen udp:0.0.0.0:514", { kind: "listen", protocol: "udp", host: "0.0.0.0", port: 514 }],
    ["listen udp:[::]:0", { kind: "listen", protocol: "udp", host: "::", port: 0 }],
    ['run make -C "a b" ""', { kind: "run", file: "make", args: ["-C", "a b", ""] }],
    ["stdin", { kind: "stdin" }],
  ])("understands %s", (text, value) => {
    expect(parseSourceSpec(text)).toEqual({ ok: true, value });
  });

  it.each([
    ["", "Sources are: dbwin"],
    ["constructor", "Sources are: dbwin"],
    ["dbwin both", "dbwin [session|global]"],
    ["dbwin global global", "dbwin [session|global]"],
    ["etw now", "etw"],
    ["kd", "kd pipe:NAME"],
    ["kd pipe:com 1", "kd pipe:NAME"],
    ["kd tcp:host", "kd pipe:NAME"],
    ["dbgview", "dbgview HOST[:PORT]"],
    ["dbgview lab:99999", "dbgview HOST[:PORT]"],
    ["file", "file PATH"],
    ["file a b", "file PATH"],
    ["file a --from-end", "file PATH"],
    ["file a\0b", "file PATH"],
    ["listen 514", "listen tcp:"],
    ["listen tcp:65536", "listen tcp:"],
    ["listen tcp:1 2", "listen tcp:"],
    ["run", "run PROGRAM"],
    ['run ""', "run PROGRAM"],
    ["stdin x", "stdin"],
    ['file "x', "not closed"],
  ])("refuses %j and says what is wanted", (text, sentence) => {
    expect(parseSourceSpec(text)).toMatchObject({
      ok: false,
      error: { name: "bad-source", message: expect.stringContaining(sentence) },
    });
  });

  it("takes any text", () => {
    const first = fc.constantFrom(...Object.keys(sourceForms));
    fc.assert(
      fc.property(first, fc.string({ unit: "binary" }), (word, rest) => {
        const spec = parseSourceSpec(`${word} ${rest}`);
        expect(spec.ok || spec.error.message.length > 0).toBe(true);
      }),
    );
  });
});
