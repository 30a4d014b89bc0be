// A plugin for the bundler: `import text from "./x.ts?sandbox"` gives x.ts and all it imports as the text of one ES
// module, to be evaluated in an engine that has no module files; `?declarations` gives its types, as one .d.ts.
import fs from "node:fs";
import { build } from "vite";
import { declarationsOf } from "./declarations.mjs";

const QUERY = /^(.*\.ts)\?(sandbox|declarations)$/;
/** What QuickJS 2025 understands; newer syntax is written out. */
const TARGET = "es2022";

/** @returns {import("vite").Plugin} */
export function sandboxText() {
  return {
    name: "sandbox-text",
    enforce: "pre",
    async resolveId(specifier, importer) {
      const [, file, kind] = QUERY.exec(specifier) ?? [];
      if (file === undefined) return undefined;
      const resolved = await this.resolve(file, importer, { skipSelf: true });
      return resolved && { id: `\0${kind}:${resolved.id}`, moduleSideEffects: false };
    },
    async load(id) {
      const [, kind, file] = /^\0(sandbox|declarations):(.*)$/s.exec(id) ?? [];
      if (kind === undefined || file === undefined) return undefined;
      const { text, sources } = kind === "sandbox" ? await bundleText(file) : await declarationsOf(file);
      for (const source of sources) this.addWatchFile(source);
      return { code: `export default ${JSON.stringify(text)};`, moduleType: "js" };
    },
  };
}

/**
 * @param {string} file
 * @returns {Promise<{ text: string, sources: string[] }>}
 */
async function bundleText(file) {
  const result = await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: TARGET,
      lib: { entry: file, formats: ["es"], fileName: "text" },
    },
  });
  const output = Array.isArray(result) ? result[0] : result;
  if (output === undefined || !("output" in output)) throw new Error(`${file} gave no text`);
  const [chunk, ...others] = output.output;
  if (others.length > 0) throw new Error(`${file} must be one file, without assets and lazy imports`);
  return { text: chunk.code, sources: chunk.moduleIds.filter((id) => fs.existsSync(id)) };
}
