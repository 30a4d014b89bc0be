// allowedImports.ts as Biome's per-folder lint rules. Lint sees only what an import says, not where it leads, so it
// forbids by pattern what the walk in imports.test.ts allows by name; the walk is the one that decides.
import { impureGlobals, type Zone, zones } from "./allowedImports";

interface RestrictedPattern {
  readonly group: readonly string[];
  readonly message: string;
}

export interface BiomeOverride {
  readonly includes: readonly string[];
  readonly linter: unknown;
}

const specialPackages = ["electron", "koffi", "node:**", "@xterm/**"];

export function biomeOverrides(): BiomeOverride[] {
  return zones.filter((zone) => zone.path !== "tests" && !zone.path.startsWith("scripts")).map(overrideOf);
}

function overrideOf(zone: Zone): BiomeOverride {
  const isFile = /\.tsx?$/.test(zone.path);
  const nested = zones.filter((other) => other.path.startsWith(`${zone.path}/`)).map((other) => `!${other.path}`);
  const patterns = [forbiddenPackages(zone), forbiddenZones(zone)].filter((pattern) => pattern.group.length > 0);
  return {
    includes: isFile ? [zone.path] : [`${zone.path}/**`, "!**/*.test.ts", "!**/*.test.tsx", ...nested],
    linter: {
      rules: { style: { noRestrictedImports: { level: "error", options: { patterns } }, ...forbiddenGlobals(zone) } },
    },
  };
}

/** Lint knows a global from a parameter of the same name better than the walk does. */
function forbiddenGlobals(zone: Zone): object {
  if (zone.path !== "main/kernel") return {};
  const deniedGlobals = Object.fromEntries(
    impureGlobals.map((name) => [name, "The model is given its clock and randomness."]),
  );
  return { noRestrictedGlobals: { level: "error", options: { deniedGlobals } } };
}

function forbiddenPackages(zone: Zone): RestrictedPattern {
  const forbidden = specialPackages.filter((name) => !zone.packages.includes(name));
  // Biome's globs have no `**` inside a segment.
  const group = forbidden.flatMap((name) => (name === "node:**" ? ["node:*", "node:*/**"] : [name]));
  return { group, message: `Not in ${zone.path}: ${zone.reason}.` };
}

function forbiddenZones(zone: Zone): RestrictedPattern {
  const top = zone.path.split("/")[0] ?? "";
  const group = zones
    .filter((other) => !other.path.endsWith(".ts") && other.path !== "tests" && !other.path.startsWith("scripts"))
    .filter((other) => other.path !== zone.path && !zone.imports.includes(other.path))
    .filter((other) => !zone.path.startsWith(`${other.path}/`))
    // Inside one top folder an import names only the sibling: "../log/x".
    .map((other) =>
      other.path.startsWith(`${top}/`) ? `../**/${other.path.slice(top.length + 1)}/**` : `**/${other.path}/**`,
    );
  return { group, message: `${zone.path} may not import this (tests/architecture/allowedImports.ts): ${zone.reason}.` };
}
