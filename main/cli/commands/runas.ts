/** `runas`: as whom the shell's process acts on the machine, so that one sees what others may open. */
import type { ClientIdentity, ClientToken } from "../../machine/clientToken";
import { type CliCommand, UsageError } from "../command";

const words: Readonly<Record<string, ClientToken>> = {
  system: "system",
  admin: "administrator",
  administrator: "administrator",
  standard: "standard",
  appcontainer: "appcontainer",
};

export const runas: CliCommand = {
  name: "runas",
  summary: "act as somebody else on the machine, or say as whom",
  usage: "[system|admin|standard|appcontainer]",
  options: {},
  positionals: [0, 1],
  details:
    "Counts for the commands that follow in the same shell; what is open stays open. The model begins as an elevated\nadministrator (admin). An open that is refused says which entry of the access control list, or which rule, decided.",
  async run(session, args) {
    const [word] = args.words;
    if (word !== undefined && !Object.hasOwn(words, word.toLowerCase())) {
      throw new UsageError(`runas: must be system, admin, standard or appcontainer, not "${word}"`);
    }
    const token = word === undefined ? undefined : words[word.toLowerCase()];
    const identity =
      token === undefined ? await session.ask("client.get", {}) : await session.ask("client.set", { token });
    return { document: identity, text: identityText(identity) };
  },
};

function identityText({ account, sid, integrity, privileges, package: box, description }: ClientIdentity): string {
  const lines = [
    `${account} (${sid}): ${description}`,
    `integrity   ${integrity}`,
    `privileges  ${privileges.join(", ") || "none enabled"}`,
  ];
  if (box !== undefined) lines.push(`package     ${box}`);
  return lines.join("\n");
}
