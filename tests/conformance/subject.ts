// A machine as a scenario uses it, through its engine: short ways to do things, each of which records what came of it.
import type { EngineAnswer, EngineClient, EngineParams, EngineVerb } from "../../main/engine/protocol";
import { logKinds, logSources } from "../../main/log/logRecord";
import type { Access, IoResult, OpenedHandle, ServiceInfo } from "../../main/machine/machine";
import type { Result } from "../../main/machine/result";
import type { ConformanceDriver } from "./conformanceDrivers";
import { ioText, openText, printedText, resolutionText, resultText, serviceText } from "./observedText";
import type { Observation } from "./scenario";

export interface PrintedLine {
  readonly component: number;
  readonly level: number;
  readonly text: string;
}

export class Subject {
  readonly observations: Observation[] = [];
  private seenLines = 0;

  constructor(
    private readonly engine: EngineClient,
    /** The `binPath=` of a driver. */
    readonly binPath: (driver: ConformanceDriver) => string,
  ) {}

  observe(name: string, value: string): void {
    if (this.observations.some((each) => each.name === name)) throw new Error(`"${name}" was observed already.`);
    this.observations.push({ name, value });
  }

  call<K extends EngineVerb>(verb: K, params: EngineParams<K>, signal?: AbortSignal): Promise<Result<EngineAnswer<K>>> {
    return this.engine.call(verb, params, signal ? { signal } : {});
  }

  /** The answer of a call that has to succeed before there is anything to compare. */
  async ask<K extends EngineVerb>(verb: K, params: EngineParams<K>): Promise<EngineAnswer<K>> {
    const answer = await this.engine.call(verb, params);
    if (!answer.ok) throw new Error(`${verb} ${JSON.stringify(params)}: ${answer.error.name}: ${answer.error.message}`);
    return answer.value;
  }

  // Services and what they load.

  /** Creates and starts a service with that name. */
  async load(driver: ConformanceDriver, service: string = driver): Promise<void> {
    await this.ask("services.create", { name: service, binPath: this.binPath(driver), type: "kernel" });
    await this.ask("services.start", { name: service });
  }

  /** Stops and deletes a service, whatever state it is in. */
  async unload(service: string): Promise<void> {
    await this.call("services.stop", { name: service });
    await this.settled(service);
    await this.call("services.delete", { name: service });
  }

  /** Loads the drivers, runs the action, and takes them away again. */
  async withDrivers(drivers: readonly ConformanceDriver[], action: () => Promise<void>): Promise<void> {
    await this.drainPrints();
    try {
      for (const driver of drivers) await this.load(driver);
      await action();
    } finally {
      for (const driver of drivers) await this.unload(driver);
    }
  }

  /** The service once it neither starts nor stops. Each question is answered by the machine; nothing waits by time. */
  async settled(name: string): Promise<Result<ServiceInfo>> {
    for (;;) {
      const service = await this.call("services.query", { name });
      if (!service.ok || !service.value.state.endsWith("_PENDING")) return service;
    }
  }

  async observeService(name: string, result: Promise<Result<ServiceInfo>>): Promise<void> {
    this.observe(name, serviceText(await result));
  }

  // Names.

  async names(path: string): Promise<Map<string, string>> {
    const listed = await this.call("objects.list", { path });
    return new Map(listed.ok ? listed.value.entries.map(({ name, type }) => [name, type]) : []);
  }

  async observeListing(path: string): Promise<void> {
    const listed = await this.call("objects.list", { path });
    this.observe(
      `list ${path}`,
      resultText(listed, () => "STATUS_SUCCESS"),
    );
  }

  async observeResolution(path: string): Promise<void> {
    this.observe(`resolve ${path}`, resolutionText(await this.call("objects.resolve", { path })));
  }

  // Devices.

  async observeOpen(path: string, access: Access = "rw", name = `open ${path} ${access}`): Promise<void> {
    const opened = await this.call("devices.open", { path, access });
    this.observe(name, openText(opened));
    if (opened.ok) await this.ask("devices.close", { handle: opened.value.handle });
  }

  /** Overlapped, as real machines open whatever is asked: several requests of one handle go to the driver side by side. */
  async open(path: string, access: Access = "rw"): Promise<OpenedHandle["handle"]> {
    return (await this.ask("devices.open", { path, access, overlapped: true })).handle;
  }

  close(handle: number): Promise<null> {
    return this.ask("devices.close", { handle });
  }

  async observeIo(name: string, result: Promise<Result<IoResult>>): Promise<void> {
    this.observe(name, ioText(await result));
  }

  read(handle: number, length: number, offset?: number, signal?: AbortSignal): Promise<Result<IoResult>> {
    return this.call("devices.read", { handle, length, ...(offset === undefined ? {} : { offset }) }, signal);
  }

  write(handle: number, data: string | Uint8Array, offset?: number): Promise<Result<IoResult>> {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    return this.call("devices.write", { handle, data: bytes, ...(offset === undefined ? {} : { offset }) });
  }

  control(
    handle: number,
    code: number,
    input: readonly number[],
    outputLength: number,
    output?: readonly number[],
  ): Promise<Result<IoResult>> {
    const given = output === undefined ? {} : { output: Uint8Array.from(output) };
    return this.call("devices.control", { handle, code, input: Uint8Array.from(input), outputLength, ...given });
  }

  // Debug output.

  /** What drivers printed since the last look. */
  async printed(): Promise<PrintedLine[]> {
    await this.ask("log.flush", {});
    const { view, rows: count } = await this.ask("log.openView", { rules: [] });
    const from = this.seenLines;
    const rows = await this.ask("log.rows", { view, from, count: Math.max(0, count - from) });
    await this.ask("log.closeView", { view });
    this.seenLines = count;
    const decoder = new TextDecoder();
    const lines: PrintedLine[] = [];
    for (let row = 0; row < rows.count; row += 1) {
      if (logSources[rows.source[row] ?? 0] !== "kernel" || logKinds[rows.kind[row] ?? 0] !== "print") continue;
      const text = decoder.decode(rows.text.subarray(rows.textOffset[row], rows.textOffset[row + 1]));
      lines.push({ component: rows.component[row] ?? 0, level: rows.level[row] ?? 0, text });
    }
    return lines;
  }

  async drainPrints(): Promise<void> {
    await this.printed();
  }

  /**
   * What was printed since the last look, in order.
   * @param last a text to wait for, where the call before may return before its driver has printed (Wine's opens do)
   */
  async observePrints(name: string, last?: string): Promise<void> {
    const lines = last === undefined ? await this.printed() : await this.untilPrinted(last);
    this.observe(`prints: ${name}`, lines.map(({ text }) => printedText(text)).join(" | ") || "nothing");
  }

  /**
   * Looks until a line has been printed. Nothing waits by time: each look is a question that the machine answers.
   * @returns what was printed since the last look
   */
  async untilPrinted(text: string): Promise<PrintedLine[]> {
    const lines: PrintedLine[] = [];
    while (!lines.some((line) => line.text.includes(text))) lines.push(...(await this.printed()));
    return lines;
  }
}
