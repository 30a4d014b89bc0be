/**
 * The first words on a connection, once TLS has proved the key: who speaks, and which version of the protocol. The
 * client speaks first; the agent welcomes it, or refuses it with a sentence. Both say their version in any case, so
 * either side can tell its user which of the two is too old.
 */
import * as v from "valibot";

/** Raised whenever an older ntscope would misunderstand a newer one. */
export const PROTOCOL_VERSION = 2;

/** The same as in package.json; a test holds them together. */
export const NTSCOPE_VERSION = "0.1.0";

/** Bytes of a frame before both sides know each other. */
export const HELLO_LIMIT = 4096;

/** Milliseconds from the connection to the welcome. */
export const HANDSHAKE_TIME = 10_000;

const word = v.pipe(v.string(), v.maxLength(200));
const version = v.pipe(v.number(), v.safeInteger());

// Loose: a later version may say more, and must still be understood well enough to be refused in words.
const hello = v.looseObject({ ntscope: v.literal("hello"), protocol: version, version: word });
const identity = v.object({ id: word, name: word, version: word });
const answer = v.variant("ntscope", [
  v.looseObject({ ntscope: v.literal("welcome"), protocol: version, agent: identity }),
  v.looseObject({ ntscope: v.literal("refused"), protocol: version, agent: identity, reason: v.string() }),
]);

export type Hello = v.InferOutput<typeof hello>;
export type HelloAnswer = v.InferOutput<typeof answer>;

export interface AgentIdentity {
  /** Random, new with each start of the agent: tells a broken connection from a new agent with a new log. */
  id: string;
  /** For people: the computer's name. */
  name: string;
  version: string;
}

export function parseHello(message: unknown): Hello | undefined {
  const parsed = v.safeParse(hello, message);
  return parsed.success ? parsed.output : undefined;
}

export function parseHelloAnswer(message: unknown): HelloAnswer | undefined {
  const parsed = v.safeParse(answer, message);
  return parsed.success ? parsed.output : undefined;
}

export function versionSentence(
  agent: { protocol: number; version: string },
  client: { protocol: number; version: string },
): string {
  return (
    `The agent (ntscope ${agent.version}) speaks version ${agent.protocol} of the protocol, ` +
    `its client (ntscope ${client.version}) version ${client.protocol}: both need the same version of ntscope.`
  );
}
