/** Searching the whole namespace by name, in slices, so that whoever asks can go away meanwhile. */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_OBJECT_TYPE_MISMATCH } from "../../../native-bindings/abi/ntstatus/codes";
import type { FindAnswer, FindMatch, FindQuery } from "../../machine/machine";
import { compileSearchPattern } from "../../machine/namePattern";
import { joinPath, ROOT_PATH } from "../../machine/ntPath";
import { fail, ntscopeError, ok, type Result } from "../../machine/result";
import { failNt } from "../../machine/statusText";
import { nameHash } from "../ob/nameIndex";
import type { KernelParts } from "./kernelParts";
import { locateThroughLinks } from "./locate";
import { objectDetail } from "./objectDetail";

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

/** The object under that name now; 0 when it has gone since the directory was read. */
function stillThere({ ob }: KernelParts, directory: Address, name: string): Address {
  return ob.directories.find(directory, nameHash(name), name, 0, name.length, false);
}

/** Remembers a directory for later, and keeps it alive until then. */
function enqueue({ parts, waiting }: Search, object: Address, path: string): void {
  parts.ob.ObReferenceObject(object);
  waiting.push({ object, path });
}

/** One child. Answers true when the limit is reached. */
function look(search: Search, name: string, object: Address, path: string): boolean {
  const { parts, query, matches } = search;
  const type = parts.ob.typeOf(object);
  if (type === parts.ob.directoryType) enqueue(search, object, path);
  if (query.type !== undefined && type.name.toLowerCase() !== query.type.toLowerCase()) return false;
  if (!search.isMatch(name, path)) return false;
  if (matches.length === query.limit) return true;
  const detail = objectDetail(parts, type.name, object);
  matches.push({ path, type: type.name, ...(detail === undefined ? {} : { detail }) });
  return false;
}

/** One directory. Answers true when the limit is reached. */
function* searchDirectory(search: Search, directory: { object: Address; path: string }): Generator<void, boolean> {
  const { parts } = search;
  let hasPaused = false;
  // A copy: the search pauses, and the directory may change meanwhile.
  for (const { name, object } of [...parts.ob.children(directory.object)]) {
    search.seen += 1;
    if (search.seen % SLICE === 0) {
      yield;
      hasPaused = true;
    }
    const now = hasPaused ? stillThere(parts, directory.object, name) : object;
    if (now !== 0 && look(search, name, now, joinPath(directory.path, name))) return true;
  }
  return false;
}

function* run(search: Search): Generator<void, FindAnswer> {
  const { parts, waiting, matches } = search;
  let done = 0;
  try {
    for (let next = waiting[0]; next !== undefined; next = waiting[done]) {
      const truncated: boolean = yield* searchDirectory(search, next);
      if (truncated) return { matches, truncated, unreadable: [] };
      done += 1;
      parts.ob.ObDereferenceObject(next.object);
    }
    return { matches, truncated: false, unreadable: [] };
  } finally {
    for (const { object } of waiting.slice(done)) parts.ob.ObDereferenceObject(object);
  }
}

function startSearch(parts: KernelParts, query: FindQuery): Result<Search> {
  const { limit } = query;
  if (!Number.isSafeInteger(limit) || limit < 1) {
    return fail(ntscopeError("bad-limit", `The limit is a whole number from 1 on; ${limit} is not.`));
  }
  const within = locateThroughLinks(parts.ob, query.within ?? ROOT_PATH);
  if (!("object" in within)) return failNt(within.status, within.note);
  if (within.type !== parts.ob.directoryType) {
    return failNt(STATUS_OBJECT_TYPE_MISMATCH, `${within.path} is a ${within.type.name}, not a directory.`);
  }
  const search: Search = {
    parts,
    query,
    matches: [],
    isMatch: compileSearchPattern(query.pattern),
    waiting: [],
    seen: 0,
  };
  enqueue(search, within.object, within.path);
  return ok(search);
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
  try {
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return ok(step.value);
      await pause();
    }
  } finally {
    // Lets go of the directories when the pause ended the search.
    steps.return({ matches: [], truncated: true, unreadable: [] });
  }
}
