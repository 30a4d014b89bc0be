/** `write`: WriteFile on an open handle, of text (UTF-8) or of bytes given in hex. */

import { parseHex } from "../../machine/hexBytes";
import { type CliCommand, parseCount, UsageError } from "../command";

export const write: CliCommand = {
  name: "write",
  summary: "write text or bytes to an open device",
  usage: "H TEXT | H --hex HEX  [--offset O]",
  options: {
    hex: { type: "string", value: "HEX", help: 'bytes in hex, blanks allowed: "48 65 6c"' },
    offset: { type: "string", value: "O", help: "byte offset (default: the handle's current position)" },
  },
  positionals: [1, 2],
  details: "TEXT is sent as UTF-8 without a line end.",
  async run(session, args) {
    const [name = "", text] = args.words;
    const handle = session.handle(name);
    const hex = args.text("hex");
    if ((text === undefined) === (hex === undefined)) {
      throw new UsageError("write: give either TEXT or --hex HEX");
    }
    const data = hex === undefined ? new TextEncoder().encode(text) : parseHex(hex);
    if (data === undefined) {
      throw new UsageError(`write: "${hex}" is not an even number of hex digits`);
    }
    const offset = args.text("offset");
    const result = await session.ask("devices.write", {
      handle,
      data,
      ...(offset === undefined ? {} : { offset: parseCount("write", "--offset", offset) }),
    });
    return {
      document: { handle: name, ...result.status, information: result.information },
      text: `${result.information} bytes, ${result.status.name}`,
    };
  },
};
