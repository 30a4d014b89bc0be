/** `read`: ReadFile on an open handle, and CancelIoEx where one is impatient; the bytes are shown as text and as hex. */
import { dumpText, toHex } from "../../machine/hexBytes";
import { visibleText } from "../../machine/visibleText";
import { type CliCommand, parseCount } from "../command";

/** A day, as for `sleep`. */
const LONGEST = 86_400_000;

export const read: CliCommand = {
  name: "read",
  summary: "read from an open device",
  usage: "H N [--offset O] [--cancel-after MS]",
  options: {
    offset: { type: "string", value: "O", help: "byte offset (default: the handle's current position)" },
    "cancel-after": { type: "string", value: "MS", help: "cancel the read when it has not ended in so many ms" },
  },
  positionals: [2, 2],
  details: "A read that the driver gives up when it is cancelled ends with STATUS_CANCELLED.",
  async run(session, args) {
    const [name = "", size = ""] = args.words;
    const handle = session.handle(name);
    const offset = args.text("offset");
    const cancelAfter = args.text("cancel-after");
    const result = await session.ask(
      "devices.read",
      {
        handle,
        length: parseCount("read", "N", size),
        ...(offset === undefined ? {} : { offset: parseCount("read", "--offset", offset) }),
      },
      cancelAfter === undefined
        ? {}
        : { signal: AbortSignal.timeout(parseCount("read", "--cancel-after", cancelAfter, 0, LONGEST)) },
    );
    const data = result.data ?? new Uint8Array();
    const text = new TextDecoder().decode(data);
    const head = `${result.information} bytes, ${result.status.name}`;
    return {
      document: { handle: name, ...result.status, information: result.information, text, hex: toHex(data) },
      text: data.length === 0 ? head : `${head}\n${visibleText(text)}\n${dumpText(data)}`,
    };
  },
};
