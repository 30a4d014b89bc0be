// Which packages' code the app ships, and the text of their notices.

import fs from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";

/** The folders whose imports end up in the app. */
const shippedFolders = ["main", "preload", "renderer", "native-bindings"];

/** @typedef {{ version: string, dependencies?: Record<string, string>, peerDependencies?: Record<string, string>, peerDependenciesMeta?: Record<string, { optional?: boolean }> }} LockedPackage */
/** @typedef {{ name: string, version: string, license: string, text: string }} ShippedPackage */

/**
 * Names of packages that a source text imports for more than their types.
 * @param {string} text
 * @returns {string[]}
 */
export function importedPackages(text) {
  const imports = text.matchAll(
    /^\s*(?:import|export)\s+(?!(?:type|const|function|class|interface)\b)[^"';]*?["']([^"'.][^"']*)["']|import\(\s*["']([^"'.][^"']*)["']/gm,
  );
  const names = [...imports].map((match) => packageName(match[1] ?? match[2] ?? ""));
  return [...new Set(names)].filter((name) => !name.startsWith("node:") && !builtinModules.includes(name));
}

/** @param {string} specifier */
function packageName(specifier) {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/**
 * @param {string} root
 * @returns {ShippedPackage[]} by name
 */
export function shippedPackages(root) {
  /** @type {Record<string, LockedPackage>} */
  const locked = JSON.parse(fs.readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
  const folders = new Set();
  const imported = sourceFiles(root).flatMap((file) => importedPackages(fs.readFileSync(file, "utf8")));
  // The manifest's own dependencies are not bundled but lie beside the bundle.
  const direct = new Set([...imported, ...Object.keys(locked[""]?.dependencies ?? {})]);
  const pending = [...direct].map((name) => lockedFolder(locked, "", name));
  for (let folder = pending.pop(); pending.length > 0 || folder !== undefined; folder = pending.pop()) {
    // Electron ships its own notices beside its executable; types leave no code.
    if (folder === undefined || folders.has(folder) || /\/(@types\/.*|electron)$/.test(folder)) continue;
    folders.add(folder);
    const entry = locked[folder];
    const peers = Object.keys(entry?.peerDependencies ?? {}).filter(
      (name) => !entry?.peerDependenciesMeta?.[name]?.optional,
    );
    const names = [...Object.keys(entry?.dependencies ?? {}), ...peers];
    pending.push(...names.map((name) => lockedFolder(locked, folder, name)));
  }
  return [...folders].sort().map((folder) => describePackage(root, folder, locked[folder]?.version ?? ""));
}

/** @param {string} root */
function sourceFiles(root) {
  return shippedFolders
    .filter((folder) => fs.existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      /** @type {string[]} */ (fs.readdirSync(path.join(root, folder), { recursive: true })).map((file) =>
        path.join(root, folder, file),
      ),
    )
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
}

/**
 * Where npm put the package that one in `from` gets: in the nearest node_modules folder upwards.
 * @param {Record<string, LockedPackage>} locked
 * @param {string} from
 * @param {string} name
 * @returns {string | undefined} undefined for an optional peer that is not installed
 */
function lockedFolder(locked, from, name) {
  for (
    let base = from;
    ;
    base = base.includes("/node_modules/") ? base.slice(0, base.lastIndexOf("/node_modules/")) : ""
  ) {
    const folder = `${base === "" ? "" : `${base}/`}node_modules/${name}`;
    if (folder in locked) return folder;
    if (base === "") return undefined;
  }
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {string} version
 * @returns {ShippedPackage}
 */
function describePackage(root, folder, version) {
  const full = path.join(root, folder);
  const manifest = JSON.parse(fs.readFileSync(path.join(full, "package.json"), "utf8"));
  const files = fs.readdirSync(full).filter((name) => /^(licen[cs]e|notice)([.-].*)?$/i.test(name));
  const texts = files
    .sort()
    .map((name) => fs.readFileSync(path.join(full, name), "utf8").replace(/\r\n/g, "\n").trim());
  return { name: manifest.name, version, license: manifest.license, text: texts.join("\n\n") };
}

/**
 * Packages with the same text share one copy of it.
 * @param {string} root
 * @param {readonly ShippedPackage[]} packages
 * @returns {string}
 */
export function noticesText(root, packages) {
  /** @type {Map<string, ShippedPackage[]>} */
  const byText = new Map();
  for (const entry of packages) {
    const text = entry.text || textWithoutFile(root, entry);
    byText.set(text, [...(byText.get(text) ?? []), entry]);
  }
  const sections = [...byText].map(([text, entries]) => {
    const names = entries.map((entry) => `${entry.name} ${entry.version} (${entry.license})`).join("\n\n## ");
    return `## ${names}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
  });
  const intro = [
    "# Third-party notices",
    "",
    "NtScope contains code of the packages below. Electron's own notices (Electron, Chromium, Node.js) lie beside its",
    "executable as `LICENSE` and `LICENSES.chromium.html`. Written by `npm run notices`; not edited by hand.",
    "",
  ];
  return `${intro.join("\n")}\n${sections.join("\n")}`;
}

/**
 * @param {string} root
 * @param {ShippedPackage} entry
 */
function textWithoutFile(root, entry) {
  if (entry.license !== "MIT") return `Licence: ${entry.license}. The package ships no text of it.`;
  const own = fs.readFileSync(path.join(root, "LICENSE"), "utf8").trim();
  return own.replace(/Copyright .*/, `Copyright (c) the authors of ${entry.name}`);
}
