/** Where NtScope's own prefix lies: made at its first use, kept, and nobody else's. */
import os from "node:os";
import path from "node:path";

export function ownPrefixFolder(env: NodeJS.ProcessEnv = process.env): string {
  const data = env.XDG_DATA_HOME;
  const base = data !== undefined && path.isAbsolute(data) ? data : path.join(os.homedir(), ".local", "share");
  return path.join(base, "ntscope", "wine-prefix");
}
