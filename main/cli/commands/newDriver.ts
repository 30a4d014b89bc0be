/** `new-driver`: writes a driver to begin with, which the model kernel loads as it is. */
import { constants } from "node:fs";
import { access, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { ntscopeError } from "../../machine/result";
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
    const { DRIVER_NAME, newDriverFiles } = await import("../../userDrivers/newDriver");
    if (!DRIVER_NAME.test(name)) {
      throw new UsageError("new-driver: NAME begins with a letter and has letters, digits, _ and -, at most 32");
    }
    const folder = path.resolve(args.text("dir") ?? name);
    const files = newDriverFiles(name, folder, args.on("js")).map(({ name: file, text }) => ({
      path: path.join(folder, file),
      text,
    }));
    await write(folder, files);
    const paths = files.map((file) => file.path);
    return { document: { name, files: paths }, text: paths.map((file) => `wrote ${file}`).join("\n") };
  },
};

interface FileToWrite {
  readonly path: string;
  readonly text: string;
}

/** All or, where one of them is there already, none. */
async function write(folder: string, files: readonly FileToWrite[]): Promise<void> {
  for (const file of files) {
    if (await exists(file.path)) {
      throw new CommandFailure(ntscopeError("file-exists", `${file.path} is there already; no file was written.`));
    }
  }
  try {
    await mkdir(folder, { recursive: true });
    for (const file of files) await writeFile(file.path, file.text, { flag: "wx" });
  } catch (error) {
    throw new CommandFailure(ntscopeError("cannot-write", `${folder}: ${(error as Error).message}`));
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file, constants.F_OK);
    return true;
  } catch {
    return false;
  }
}
