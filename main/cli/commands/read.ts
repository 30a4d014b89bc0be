/** `read`: ReadFile on an open handle; the bytes are shown as text and as hex. */
import { dumpText, toHex } from "../../machine/hexBytes";
import { visibleText } from "../../machine/visibleText";
import { type CliCommand, parseCount } from "../command";

export const read: CliCommand = {
  name: "read",
  summary: "read from an open device",
  usage: "H N [--offset O]",
  options: { offset: { type: "string", value: "O", help: "byte offset (default: the handle's current position)" } },
  positionals: [2, 2],
  async run(session, args) {
    const [name = "", size = ""] = args.words;
    const handle = session.handle(name);
    const offset = args.text("offset");
    const result = await session.ask("devices.read", {
      handle,
      length: parseCount("read", "N", size),
      ...(offset === undefined ? {} : { offset: parseCount("read", "--offset", offset) }),
    });
    const data = result.data ?? new Uint8Array();
    const text = new TextDecoder().decode(data);
    const head = `${result.information} bytes, ${result.status.name}`;
    return {
      document: { handle: name, ...result.status, information: result.information, text, hex: toHex(data) },
      text: data.length === 0 ? head : `${head}\n${visibleText(text)}\n${dumpText(data)}`,
    };
  },
};
