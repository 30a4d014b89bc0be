/** `--machine M`: which machine a run is about, as the words say it. Nothing is opened here. */
import { type AgentAddress, isPairingLine, type Pairing, parseAddress, parsePairingLine } from "../remote/agentAddress";

export type MachineChoice =
  | { kind: "model" }
  /** The Windows that this process runs on. */
  | { kind: "local" }
  /** The key stands in the pairing line, or in a file. */
  | { kind: "agent"; address: AgentAddress; keyFile: string }
  | { kind: "pairing"; pairing: Pairing };

const AGENT = "agent:";

export interface TakenMachine {
  machine: MachineChoice;
  /** The words without the machine's. */
  words: string[];
}

/** Takes `--machine M` (or `--machine=M`), and the `--key-file F` that belongs to an agent, out of the words. */
export function takeMachine(argv: readonly string[]): TakenMachine | { error: string } {
  const named = takeOption([...argv], "--machine");
  if ("error" in named) return named;
  const { value: text = "model", words } = named;
  if (text === "model") return { machine: { kind: "model" }, words };
  if (text === "local") {
    if (process.platform !== "win32") return { error: "--machine local: this computer does not run Windows" };
    return { machine: { kind: "local" }, words };
  }
  if (isPairingLine(text)) {
    const pairing = parsePairingLine(text);
    if (!pairing.ok) return { error: `--machine: ${pairing.error.message}` };
    return { machine: { kind: "pairing", pairing: pairing.value }, words };
  }
  if (!text.startsWith(AGENT)) {
    return { error: `--machine: "${text}" is not a machine of this version; it has model, local and agent:HOST:PORT` };
  }
  const address = parseAddress(text.slice(AGENT.length));
  if (!address.ok) return { error: `--machine: ${address.error.message}` };
  const key = takeOption(words, "--key-file");
  if ("error" in key) return key;
  if (key.value === undefined) {
    return { error: "--machine: an agent needs its key: --key-file F, or the whole pairing line that it printed" };
  }
  return { machine: { kind: "agent", address: address.value, keyFile: key.value }, words: key.words };
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
