// Runs in the prefix: OutputDebugString captured into a log as NtScope does it, while two writers print all they can.
// Prints how many lines came, how many of those were not the next one of their writer, and the seconds from first to last.
import { spawn } from "node:child_process";
import { nodeScheduler } from "../../../main/engine/nodeScheduler";
import { dbwinSource } from "../../../main/engine/windowsSources";
import { Log } from "../../../main/log/log";
import type { LogPrint } from "../../../main/log/logRecord";

class Arrivals {
  lines = 0;
  disordered = 0;
  private ended = 0;
  private first = 0;
  private last = 0;
  private readonly next = new Map<number, number>();

  take({ processId, time, text }: LogPrint): void {
    if (this.lines === 0) this.first = time;
    this.lines += 1;
    this.last = time;
    if (text === "done\n") {
      this.ended += 1;
      return;
    }
    const index = Number(text.split(" ")[1]);
    if (index !== (this.next.get(processId) ?? 0)) this.disordered += 1;
    this.next.set(processId, index + 1);
  }

  hasAll(writers: number): boolean {
    return this.ended === writers;
  }

  get seconds(): number {
    return (this.last - this.first) / 1000;
  }
}

async function run([programFolder = "", writer = "", writers = "0", messages = "0"]: readonly string[]): Promise<void> {
  // The scheduler's timers keep no process alive.
  const alive = setInterval(() => undefined, 1000);
  const log = new Log({ scheduler: nodeScheduler });
  const arrivals = new Arrivals();
  const source = dbwinSource("Local", programFolder, nodeScheduler);
  const running = new Promise<void>((resolve) => {
    source.onDidChangeHealth(({ state }) => {
      if (state === "running") resolve();
    });
  });
  const done = new Promise<void>((resolve) => {
    source.start({
      print(print) {
        log.print(print);
        arrivals.take(print);
        if (arrivals.hasAll(Number(writers))) resolve();
      },
      note: (kind, text, time) => log.note(kind, text, time),
    });
  });
  await running;
  for (let begun = 0; begun < Number(writers); begun += 1) {
    spawn(writer, ["many", messages, "1"], { stdio: "ignore" });
  }
  await done;
  source.dispose();
  const { disordered, seconds } = arrivals;
  process.stdout.write(JSON.stringify({ lines: log.store.lines, disordered, seconds }));
  clearInterval(alive);
}

void run(process.argv.slice(2));
