/** Searching the whole namespace by name, in slices, so that whoever asks can go away meanwhile. */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_OBJECT_TYPE_MISMATCH } from "../../../native-bindings/abi/ntstatus/codes";
import type { FindAnswer, FindMatch, FindQuery } from "../../machine/machine";
import { joinPath, ROOT_PATH } from "../../machine/ntPath";
import { fail, ntscopeError, ok, type Result } from "../../machine/result";
import type { KernelParts } from "./kernelParts";
import { locate } from "./locate";
import { objectDetail } from "./objectDetail";
import { failNt } from "./statusText";
import { matcherOf } from "./wildcards";

/** Objects looked at between two pauses: about a millisecond. */
const SLICE = 2000;

interface Search {
  readonly parts: KernelParts;
  readonly query: FindQuery;
  readonly matches: FindMatch[];
  readonly isMatch: (name: string, path: string) => boolean;
  /** Directories still to be listed. */
  readonly waiting: { object: Address; path: string }[];
  seen: number;
}

/** Against the path when the pattern holds a backslash, else against the name. */
function matcher(pattern: string): (name: string, path: string) => boolean {
  const isMatch = matcherOf(pattern);
  return pattern.includes("\\") ? (_name, path) => isMatch(path) : (name) => isMatch(name);
}

/** One directory. Answers true when the limit is reached. */
function* searchDirectory(search: Search, directory: { object: Address; path: string }): Generator<void, boolean> {
  const { parts, query, matches } = search;
  const wantedType = query.type?.toLowerCase();
  // A copy: the search pauses, and the directory may change meanwhile.
  for (const { name, object, type } of [...parts.ob.children(directory.object)]) {
    search.seen += 1;
    if (search.seen % SLICE === 0) yield;
    const path = joinPath(directory.path, name);
    if (type === parts.ob.directoryType) search.waiting.push({ object, path });
    if (wantedType !== undefined && type.name.toLowerCase() !== wantedType) continue;
    if (!search.isMatch(name, path)) continue;
    if (matches.length === query.limit) return true;
    const detail = objectDetail(parts, type.name, object);
    matches.push({ path, type: type.name, ...(detail === undefined ? {} : { detail }) });
  }
  return false;
}

function* run(search: Search): Generator<void, FindAnswer> {
  for (;;) {
    const directory = search.waiting.shift();
    if (directory === undefined) return { matches: search.matches, truncated: false, unreadable: [] };
    const cut: boolean = yield* searchDirectory(search, directory);
    if (cut) return { matches: search.matches, truncated: true, unreadable: [] };
  }
}

function startSearch(parts: KernelParts, query: FindQuery): Result<Search> {
  const { limit } = query;
  if (!Number.isSafeInteger(limit) || limit < 1) {
    return fail(ntscopeError("bad-limit", `The limit is a whole number from 1 on; ${limit} is not.`));
  }
  const within = locate(parts.ob, query.within ?? ROOT_PATH);
  if (!("object" in within)) return failNt(within.status, within.note);
  if (within.type !== parts.ob.directoryType) {
    return failNt(STATUS_OBJECT_TYPE_MISMATCH, `${within.path} is a ${within.type.name}, not a directory.`);
  }
  const isMatch = matcher(query.pattern);
  const waiting = [{ object: within.object, path: within.path }];
  return ok({ parts, query, matches: [], isMatch, waiting, seen: 0 });
}

/**
 * @param pause lets others run; throws to end the search
 */
export async function findObjects(
  parts: KernelParts,
  query: FindQuery,
  pause: () => Promise<void>,
): Promise<Result<FindAnswer>> {
  const started = startSearch(parts, query);
  if (!started.ok) return started;
  const steps = run(started.value);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return ok(step.value);
    await pause();
  }
}
