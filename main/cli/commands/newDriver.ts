/** `new-driver`: writes a driver to begin with, which the model kernel loads as it is. */
import path from "node:path";
import { type CliCommand, CommandFailure, UsageError } from "../command";

export const newDriver: CliCommand = {
  name: "new-driver",
  summary: "write a driver of your own to begin with, for the model kernel",
  usage: "NAME [--js] [--dir DIR]",
  options: {
    js: { type: "boolean", help: "JavaScript; TypeScript without it" },
    dir: { type: "string", value: "DIR", help: "folder to write to, made where there is none (NAME unless given)" },
  },
  positionals: [1, 1],
  standsAlone: true,
  details: [
    "Writes NAME.ts, ntscope-driver.d.ts (types for editors), tsconfig.json and README.md with the lines to try it.",
    "No file is overwritten. The driver needs no build: sc create NAME binPath= FULL-PATH type= kernel, sc start NAME.",
  ].join("\n"),
  async run(_session, args) {
    const [name = ""] = args.words;
    const { badNameMessage, writeNewDriver } = await import("../../userDrivers/writeNewDriver");
    const written = await writeNewDriver(name, path.resolve(args.text("dir") ?? name), args.on("js"));
    if (!written.ok) {
      if (written.error.name === "bad-name") throw new UsageError(`new-driver: ${badNameMessage}`);
      throw new CommandFailure(written.error);
    }
    const { files } = written.value;
    return { document: { name, files }, text: files.map((file) => `wrote ${file}`).join("\n") };
  },
};
