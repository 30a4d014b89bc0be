/** Programs on the model machine, in the port's words: started, given input, asked for what they wrote, stopped. */
import { addressToHex } from "../../native-bindings/abi/address";
import { STATUS_CONTROL_C_EXIT } from "../../native-bindings/abi/ntstatus/codes";
import type { ProgramEvent, ProgramInfo, ProgramOutput, RunProgramRequest } from "../machine/programs";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { ProcessInfo } from "../machine/threads";
import { visibleText } from "../machine/visibleText";
import type { Schedule } from "./modelMachineEvents";
import type { ModelMachineSession } from "./modelMachineSession";
import { KernelMode } from "./ob/caller";
import { builtinPrograms, findProgram } from "./programs/builtinPrograms";
import { type RunningProgram, RunningPrograms } from "./programs/runningPrograms";

/** What every program ends with whose machine is restarted (ntstatus.h). */
const DBG_TERMINATE_PROCESS = 0x4001_0004;

/** Processes of the boot that run as the system. */
const ofSystem = new Set(["System", "csrss.exe", "svchost.exe"]);

export class ModelMachinePrograms {
  readonly #programs: RunningPrograms;
  /** Told of since the last flush, in order. */
  #events: ProgramEvent[] = [];
  readonly #waiters = new Set<() => void>();

  constructor(
    private readonly session: ModelMachineSession,
    private readonly schedule: Schedule,
    private readonly emit: (event: ProgramEvent) => void,
  ) {
    this.#programs = new RunningPrograms(session.kernel, {
      didWrite: (processId, text, from) => this.#didWrite(processId, text, from),
      didChange: (program) => this.#didChange(program),
    });
  }

  list(): ProgramInfo[] {
    return builtinPrograms.map(({ name, usage, description }) => ({ name, usage, description }));
  }

  run({ name, args }: RunProgramRequest): Result<{ processId: number }> {
    const program = findProgram(name);
    if (program === undefined) {
      const known = builtinPrograms.map((each) => each.name).join(", ");
      return fail(ntscopeError("no-program", `There is no program "${visibleText(name)}"; there are ${known}.`));
    }
    const started = this.#inKernel(() => {
      try {
        return this.#programs.start(program, args);
      } catch (error) {
        if (error instanceof RangeError) return undefined;
        throw error;
      }
    });
    if (!started.ok) return started;
    if (started.value === undefined) {
      return fail(ntscopeError("no-memory", "The machine's pool has no room for another process."));
    }
    return ok({ processId: started.value.process.id });
  }

  input(processId: number, line: string | undefined): Result<void> {
    const program = this.#find(processId);
    if (!program.ok) return program;
    if (program.value.hasEnded) return fail(ntscopeError("program-ended", "The program has ended; run it again."));
    const { console } = program.value;
    const taken = this.#inKernel(() => {
      if (line !== undefined) return console.giveLine(line);
      console.endInput();
      return true;
    });
    if (!taken.ok) return taken;
    if (taken.value) return ok(undefined);
    return fail(ntscopeError("input-full", "The program has not read its input: 1 MB of it waits already."));
  }

  async output(
    processId: number,
    from: number,
    { wait }: { wait: boolean },
    signal?: AbortSignal,
  ): Promise<Result<ProgramOutput>> {
    const found = this.#find(processId);
    if (!found.ok) return found;
    const program = found.value;
    if (wait) {
      const waited = await this.#untilIdle(program, signal);
      if (!waited.ok) return waited;
    }
    const { state, exitCode } = program;
    const ended = state === "ended" && exitCode !== undefined ? { exitCode } : {};
    return ok({ ...program.console.output(from), state, ...ended });
  }

  kill(processId: number): Result<void> {
    const program = this.#find(processId);
    if (!program.ok) return program;
    const killed = this.#inKernel(() => program.value.exit(STATUS_CONTROL_C_EXIT));
    return killed.ok ? ok(undefined) : killed;
  }

  processes(): Result<ProcessInfo[]> {
    const { ps } = this.session.kernel;
    return this.#inKernel(() =>
      ps.processes.map((process) => ({
        process: process.name,
        processId: process.id,
        address: addressToHex(process.object),
        threads: process.threads.length,
        handles: process.handles.count,
        user: ofSystem.has(process.name) ? "System" : "Administrator",
      })),
    );
  }

  /** The machine is restarted: its programs are gone with it. */
  end(): void {
    for (const program of this.#programs.all) {
      if (!program.hasEnded)
        this.#tell({ kind: "programEnded", processId: program.process.id, exitCode: DBG_TERMINATE_PROCESS });
    }
    this.#flush();
  }

  #find(processId: number): Result<RunningProgram> {
    const program = this.#programs.find(processId);
    if (program !== undefined) return ok(program);
    return fail(ntscopeError("no-program", `Process ${processId} is no program that was started here.`));
  }

  #inKernel<T>(action: () => T): Result<T> {
    const { kernel } = this.session;
    return this.session.run(() => kernel.ps.runAs(kernel.ps.systemThread, KernelMode, action));
  }

  #untilIdle(program: RunningProgram, signal: AbortSignal | undefined): Promise<Result<void>> {
    const isIdle = () => program.state === "waitsForInput" || program.state === "ended";
    const { stopped } = this.session;
    if (stopped !== undefined) return Promise.resolve(fail(stopped));
    if (isIdle()) return Promise.resolve(ok(undefined));
    return new Promise((resolve) => {
      const settle = (result: Result<void>) => {
        this.#waiters.delete(look);
        forget();
        signal?.removeEventListener("abort", abort);
        resolve(result);
      };
      const look = () => isIdle() && settle(ok(undefined));
      const abort = () => settle(fail(ntscopeError("cancelled", "No longer waiting. The program goes on.")));
      const forget = this.session.waitForEnd((error) => settle(fail(error)));
      this.#waiters.add(look);
      signal?.addEventListener("abort", abort);
      if (signal?.aborted) abort();
    });
  }

  #didWrite(processId: number, text: string, from: number): void {
    const last = this.#events.at(-1);
    if (last?.kind === "programOutput" && last.processId === processId) last.text += text;
    else this.#tell({ kind: "programOutput", processId, from, text });
  }

  #didChange(program: RunningProgram): void {
    const { hasEnded, exitCode, process } = program;
    if (hasEnded) this.#tell({ kind: "programEnded", processId: process.id, exitCode: exitCode ?? 0 });
    for (const look of [...this.#waiters]) look();
  }

  #tell(event: ProgramEvent): void {
    this.#events.push(event);
    if (this.#events.length === 1) this.schedule(() => this.#flush());
  }

  #flush(): void {
    const events = this.#events;
    this.#events = [];
    for (const event of events) this.emit(event);
  }
}
