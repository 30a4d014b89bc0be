// Hashes of files and folders: how bootstrap knows that nothing changed since it last installed or built,
// and that what it downloaded is what it asked for.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/**
 * @param {string | Uint8Array} data
 * @returns {string} SHA-256, hexadecimal
 */
export function hashText(data) {
  return createHash("sha256").update(data).digest("hex");
}

/**
 * One hash over files and folders (recursively). It changes when a file is added, removed, renamed or edited;
 * times do not matter, so a fresh checkout of the same commit is not stale.
 * @param {string} root what the paths are relative to
 * @param {readonly string[]} inputs files or folders; one that is missing counts as missing
 * @param {(relativePath: string) => boolean} isCounted
 * @returns {string}
 */
export function hashTree(root, inputs, isCounted = () => true) {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap((input) => listFiles(root, input)).sort()) {
    if (isCounted(file)) hash.update(`${file}\0${hashText(fs.readFileSync(path.join(root, file)))}\n`);
  }
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @param {string} input
 * @returns {string[]} paths relative to root, with forward slashes on every system
 */
function listFiles(root, input) {
  const full = path.join(root, input);
  const stat = fs.statSync(full, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [input];
  return fs
    .readdirSync(full, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory()
        ? listFiles(root, `${input}/${entry.name}`)
        : entry.isFile()
          ? [`${input}/${entry.name}`]
          : [],
    );
}

/**
 * Checks a file against an integrity string as package-lock.json has it.
 * @param {string} file
 * @param {string} integrity "sha512-BASE64"
 * @returns {Promise<boolean>}
 */
export async function hasIntegrity(file, integrity) {
  const separator = integrity.indexOf("-");
  const hash = createHash(integrity.slice(0, separator));
  for await (const chunk of fs.createReadStream(file)) hash.update(chunk);
  return hash.digest("base64") === integrity.slice(separator + 1);
}
