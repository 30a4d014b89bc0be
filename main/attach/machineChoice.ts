/** `--machine M`: which machine a run or a window is about, as the words say it. Nothing is opened here. */
import path from "node:path";
import { ok, type Result } from "../machine/result";
import { type AgentAddress, isPairingLine, parseAddress, parsePairingLine } from "../remote/agentAddress";
import { type MachineSpec, ownMachine } from "./machineSpec";

/** `keyFile`: an agent whose key stands in a file. */
export type MachineChoice = MachineSpec | { kind: "keyFile"; address: AgentAddress; file: string };

const AGENT = "agent:";
const WINE = "wine:";
const forms = "model, local, wine, wine:PREFIX and agent:HOST:PORT";

export interface TakenMachine {
  machine: MachineChoice;
  /** The words without the machine's. */
  words: string[];
}

/** Takes `--machine M` (or `--machine=M`), and what belongs to it (`--key-file F`, `--make-prefix`), out of the words. */
export function takeMachine(argv: readonly string[]): TakenMachine | { error: string } {
  const named = takeOption([...argv], "--machine");
  if ("error" in named) return named;
  const { value: text = ownMachine.kind, words } = named;
  if (text === "model") return { machine: { kind: "model" }, words };
  if (text === "local") {
    if (process.platform !== "win32") return { error: "--machine local: this computer does not run Windows" };
    return { machine: { kind: "local" }, words };
  }
  if (isPairingLine(text)) {
    const pairing = parsePairingLine(text);
    if (!pairing.ok) return { error: `--machine: ${pairing.error.message}` };
    return { machine: { kind: "agent", pairing: pairing.value }, words };
  }
  if (text === "wine") return { machine: { kind: "wine" }, words };
  if (text.startsWith(WINE)) return takePrefix(text.slice(WINE.length), words);
  if (!text.startsWith(AGENT)) {
    return { error: `--machine: "${text}" is no machine; there are ${forms}` };
  }
  const address = parseAddress(text.slice(AGENT.length));
  if (!address.ok) return { error: `--machine: ${address.error.message}` };
  const key = takeOption(words, "--key-file");
  if ("error" in key) return key;
  if (key.value === undefined) {
    return { error: "--machine: an agent needs its key: --key-file F, or the whole pairing line that it printed" };
  }
  return { machine: { kind: "keyFile", address: address.value, file: key.value }, words: key.words };
}

function takePrefix(prefix: string, argv: readonly string[]): TakenMachine | { error: string } {
  if (prefix === "") return { error: "--machine wine:PREFIX: the folder of the prefix is missing" };
  const end = argv.indexOf("--");
  const at = argv.indexOf("--make-prefix");
  if (at < 0 || (end >= 0 && at > end)) return { machine: { kind: "wine", prefix }, words: [...argv] };
  return { machine: { kind: "wine", prefix, make: true }, words: argv.filter((_word, index) => index !== at) };
}

type TakenOption = { value: string | undefined; words: string[] } | { error: string };

/** The last one counts. Behind `--` words are data. */
function takeOption(argv: readonly string[], option: string): TakenOption {
  const words: string[] = [];
  let value: string | undefined;
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? "";
    if (word === "--") return { value, words: [...words, ...argv.slice(index)] };
    if (word.startsWith(`${option}=`)) {
      value = word.slice(option.length + 1);
    } else if (word === option) {
      index += 1;
      value = argv[index];
      if (value === undefined) return { error: `${option}: its value is missing` };
    } else {
      words.push(word);
    }
  }
  return { value, words };
}

/** The machine that was chosen, its key read. Relative paths start at `folder`. */
export async function specOfChoice(choice: MachineChoice, folder: string): Promise<Result<MachineSpec>> {
  if (choice.kind === "keyFile") return agentWithKeyFile(choice.address, path.resolve(folder, choice.file));
  if (choice.kind !== "wine" || choice.prefix === undefined) return ok(choice);
  return ok({ ...choice, prefix: path.resolve(folder, choice.prefix) });
}

/** @param line what an agent prints when it starts: address and key */
export function agentOfPairingLine(line: string): Result<MachineSpec> {
  const pairing = parsePairingLine(line);
  return pairing.ok ? ok({ kind: "agent", pairing: pairing.value }) : pairing;
}

/** @param address `HOST:PORT` */
export async function agentAt(address: string, keyFile: string): Promise<Result<MachineSpec>> {
  const parsed = parseAddress(address);
  return parsed.ok ? agentWithKeyFile(parsed.value, keyFile) : parsed;
}

async function agentWithKeyFile(address: AgentAddress, file: string): Promise<Result<MachineSpec>> {
  const { readAgentKeyFile } = await import("../remote/agentKey");
  const key = await readAgentKeyFile(file);
  return key.ok ? ok({ kind: "agent", pairing: { ...address, key: key.value } }) : key;
}
