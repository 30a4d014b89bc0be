/** Sources on the command line: added in words, their lines awaited in the log, over real files, sockets and programs. */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SourceInfo } from "../engine/protocol";
import { openMachine } from "./openMachine";
import { runCli } from "./run";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "ntscope-sources-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A shell that is given one line after the other, each answer awaited. */
class Shell {
  readonly messages: string[] = [];
  private readonly stdin = new PassThrough();
  private readonly answers: string[] = [];
  private answered: (() => void) | undefined;
  private readonly done = runCli(["shell", "--json"], {
    output: { data: (text) => this.take(text), message: (text) => this.messages.push(text) },
    stdin: this.stdin,
    openEngine: openMachine,
    untilStopped: () => AbortSignal.abort(),
  });

  // biome-ignore lint/suspicious/noExplicitAny: each command has a document of its own
  async ask(line: string): Promise<any> {
    this.stdin.write(`${line}\n`);
    while (this.answers.length === 0) {
      await new Promise<void>((resolve) => {
        this.answered = resolve;
      });
    }
    return JSON.parse(this.answers.shift() ?? "");
  }

  async end(): Promise<number> {
    this.stdin.end();
    return await this.done;
  }

  private take(text: string): void {
    this.answers.push(text);
    this.answered?.();
  }
}

/** What a source says of itself once it is where it is wanted; between two looks the engine has a turn of the loop. */
async function untilState(shell: Shell, state: string): Promise<SourceInfo> {
  for (;;) {
    const [info] = (await shell.ask("sources")) as SourceInfo[];
    if (info?.health.state === state) return info;
    await setImmediate();
  }
}

describe("sources add", () => {
  it("file: the lines that are written from then on", async () => {
    const file = path.join(folder, "a b.log");
    writeFileSync(file, "before\n");
    const shell = new Shell();
    expect(await shell.ask(`sources add file "${file}"`)).toMatchObject([{ id: 1, name: `file ${file}` }]);
    await untilState(shell, "running");
    appendFileSync(file, "after\n");
    const line = await shell.ask("log --follow --wait-for after");
    expect(line).toMatchObject({ source: "text", process: "a b.log", text: "after" });
    expect(await shell.ask("sources remove 1")).toEqual({ removed: 1 });
    expect(await shell.ask("sources")).toEqual([]);
    expect(await shell.end()).toBe(0);
  });

  it("file --from-start: all of it", async () => {
    const file = path.join(folder, "whole.log");
    writeFileSync(file, "first\n");
    const shell = new Shell();
    await shell.ask(`sources add file ${file} --from-start`);
    expect(await shell.ask("log --follow --wait-for first")).toMatchObject({ text: "first" });
    await shell.end();
  });

  it("listen tcp: what a client sends", async () => {
    const shell = new Shell();
    await shell.ask("sources add listen tcp:0");
    const { health } = await untilState(shell, "running");
    const port = Number(/TCP port (\d+)/.exec(health.message)?.[1]);
    const client = net.connect(port, "127.0.0.1", () => client.end("over the wire\n"));
    expect(await shell.ask("log --follow --wait-for wire")).toMatchObject({ text: "over the wire" });
    expect(await shell.end()).toBe(0);
  });

  it("run: what a program prints, with arguments that look like options of ours", async () => {
    const program = path.join(folder, "print.cjs");
    writeFileSync(program, "console.log(process.argv.slice(2).join('|'))");
    const shell = new Shell();
    await shell.ask(`sources add -- run "${process.execPath}" "${program}" --json "a b" ""`);
    expect(await shell.ask("log --follow --wait-for a")).toMatchObject({ text: "--json|a b|" });
    expect((await untilState(shell, "ended")).health.message).toContain("exit code 0");
    await shell.end();
  });

  it("stdin: in a script that is a file, and nowhere else", async () => {
    const script = path.join(folder, "script.txt");
    writeFileSync(script, "sources add stdin\nlog --follow --wait-for piped\n");
    const data: string[] = [];
    const code = await runCli(["shell", "--json", script], {
      output: { data: (text) => data.push(text), message: () => undefined },
      stdin: Readable.from(["piped in\n"]),
      openEngine: openMachine,
      untilStopped: () => AbortSignal.abort(),
    });
    expect(code).toBe(0);
    expect(JSON.parse(data[1] ?? "")).toMatchObject({ text: "piped in" });
    const shell = new Shell();
    expect((await shell.ask("sources add stdin")).error).toMatchObject({ name: "source-not-here" });
    expect(await shell.end()).toBe(1);
  });

  it.runIf(process.platform !== "win32")("says why another system's source cannot be had", async () => {
    const shell = new Shell();
    for (const spec of ["dbwin", "dbwin global", "etw", "kd pipe:com1", "kd pipe:\\\\.\\pipe\\com1"]) {
      const { error } = await shell.ask(`sources add ${spec}`);
      expect([spec, error.name, /Windows/.test(error.message)]).toEqual([spec, "source-not-here", true]);
    }
    const { error } = await shell.ask("sources add nonsense");
    expect(error).toMatchObject({ name: "bad-source", message: expect.stringContaining("listen tcp:[HOST:]PORT") });
    expect(await shell.end()).toBe(1);
  });
});
