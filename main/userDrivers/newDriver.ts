/** The files that a new driver begins with: the driver, types for editors, and how to try it. */
import path from "node:path";
import { transform } from "sucrase";
import types from "./inside/driverKit.ts?declarations";
import template from "./template/driver.ts.txt?raw";
import readme from "./template/README.md.txt?raw";

export interface NewFile {
  readonly name: string;
  readonly text: string;
}

/** What names of devices, services and files have in common without quoting. */
export const DRIVER_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,31}$/;

/** Without types, and without the blanks that they leave. */
function withoutTypes(text: string): string {
  const { code } = transform(text, { transforms: ["typescript"], disableESTransforms: true });
  return code
    .split("\n")
    .filter((line) => !/^ +,?$/.test(line))
    .map((line) => line.replace(/(\S) +([,)])/g, "$1$2").trimEnd())
    .join("\n");
}

function configText(isScript: boolean): string {
  const compilerOptions = {
    target: "ES2022",
    module: "ESNext",
    moduleResolution: "Bundler",
    lib: ["ES2023"],
    types: [],
    strict: !isScript,
    allowJs: true,
    checkJs: true,
    noEmit: true,
  };
  return `${JSON.stringify({ compilerOptions, include: ["*.ts", "*.js"] }, null, 2)}\n`;
}

/**
 * @param name as {@link DRIVER_NAME} has it
 * @param folder absolute: where the files will be, for the lines to try
 */
export function newDriverFiles(name: string, folder: string, isScript: boolean): NewFile[] {
  const file = `${name}.${isScript ? "js" : "ts"}`;
  const driver = template.replaceAll("NAME", name);
  const full = path.join(folder, file);
  const quoted = full.includes(" ") ? `"${full}"` : full;
  const words: Record<string, string> = { NAME: name, FILE: file, PATH: quoted };
  return [
    { name: file, text: isScript ? withoutTypes(driver) : driver },
    { name: "ntscope-driver.d.ts", text: types },
    { name: "tsconfig.json", text: configText(isScript) },
    { name: "README.md", text: readme.replace(/\b(?:NAME|FILE|PATH)\b/g, (word) => words[word] ?? word) },
  ];
}
