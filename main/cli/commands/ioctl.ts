/** `ioctl`: DeviceIoControl on an open handle. */
import { decodeIoctl } from "../../../native-bindings/abi/ioctl";
import { dumpText, parseHex, toHex } from "../../machine/hexBytes";
import { visibleText } from "../../machine/visibleText";
import { type CliCommand, type ParsedArgs, parseCount, UsageError } from "../command";

export const ioctl: CliCommand = {
  name: "ioctl",
  summary: "send a control code to an open device",
  usage: "H CODE [--in HEX | --text TEXT] [--out N]",
  options: {
    in: { type: "string", value: "HEX", help: 'input bytes in hex, blanks allowed: "48 65 6c"' },
    text: { type: "string", value: "TEXT", help: "input as UTF-8 text instead" },
    out: { type: "string", value: "N", help: "bytes of the output buffer (default 0)" },
  },
  positionals: [2, 2],
  details: "CODE is the whole control code as a number: 0x222000.",
  async run(session, args) {
    const [name = "", text = ""] = args.words;
    const handle = session.handle(name);
    const code = codeOf(text);
    const result = await session.ask("devices.control", {
      handle,
      code,
      input: inputOf(args),
      outputLength: parseCount("ioctl", "--out", args.text("out") ?? "0"),
    });
    const data = result.data ?? new Uint8Array();
    const shown = new TextDecoder().decode(data);
    const head = `${decodeIoctl(code).hex}: ${result.information} bytes, ${result.status.name}`;
    return {
      document: {
        handle: name,
        code,
        ...result.status,
        information: result.information,
        text: shown,
        hex: toHex(data),
      },
      text: data.length === 0 ? head : `${head}\n${visibleText(shown)}\n${dumpText(data)}`,
    };
  },
};

function codeOf(text: string): number {
  const code = /^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text) ? Number(text) : Number.NaN;
  if (!(code <= 0xffffffff)) throw new UsageError(`ioctl: "${text}" is no control code; write it as 0x222000`);
  return code;
}

function inputOf(args: ParsedArgs): Uint8Array {
  const hex = args.text("in");
  const text = args.text("text");
  if (hex !== undefined && text !== undefined) throw new UsageError("ioctl: give either --in HEX or --text TEXT");
  if (text !== undefined) return new TextEncoder().encode(text);
  const bytes = parseHex(hex ?? "");
  if (bytes === undefined) throw new UsageError(`ioctl: "${hex}" is not an even number of hex digits`);
  return bytes;
}
