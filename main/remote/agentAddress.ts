/**
 * Where an agent is, as people write it: `HOST:PORT`, with an IPv6 address in brackets; and the pairing line, which
 * carries the key too: `ntscope-agent:HOST:PORT:KEY`.
 */
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import { agentKeyText, parseAgentKey } from "./agentKey";

export interface AgentAddress {
  host: string;
  port: number;
}

export interface Pairing extends AgentAddress {
  key: Uint8Array;
}

const PAIRING = "ntscope-agent:";
const MOST_PORT = 65_535;

export function isPairingLine(text: string): boolean {
  return text.startsWith(PAIRING);
}

export function addressText({ host, port }: AgentAddress): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

export function parseAddress(text: string): Result<AgentAddress> {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.%\w]+)\]|([^\s:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || !(port <= MOST_PORT)) {
    return fail(ntscopeError("bad-address", `"${text}" is no HOST:PORT; an IPv6 address stands in brackets.`));
  }
  return ok({ host, port });
}

export function pairingLine({ key, ...address }: Pairing): string {
  return `${PAIRING}${addressText(address)}:${agentKeyText(key)}`;
}

/** Never quotes the line in its errors: it may hold most of a key. */
export function parsePairingLine(text: string): Result<Pairing> {
  const line = text.trim();
  const end = line.lastIndexOf(":");
  const key = parseAgentKey(line.slice(end + 1));
  const address = isPairingLine(line) ? parseAddress(line.slice(PAIRING.length, end)) : undefined;
  if (!address?.ok || key === undefined) {
    return fail(
      ntscopeError("bad-pairing", `This is no pairing line: ${PAIRING}HOST:PORT:KEY, as the agent prints it.`),
    );
  }
  return ok({ ...address.value, key });
}
