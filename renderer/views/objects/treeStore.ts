/**
 * The namespace tree: which directories are known below which, and which are expanded. Directories are asked for
 * when they are first expanded; a refresh reads the known ones again and keeps what is expanded.
 */
import { create } from "zustand";
import { isWithin, joinPath, ok, parentPath, type Result, ROOT_PATH } from "../../../preload/shared";
import { engine } from "../../engine/connection";
import { errorLine } from "../../ui/ErrorText";
import { useObjects } from "./objectsStore";

interface TreeState {
  children: ReadonlyMap<string, readonly string[]>;
  expanded: ReadonlySet<string>;
  /** Why a directory could not be read, in words. */
  problems: ReadonlyMap<string, string>;
}

export const useTree = create<TreeState>(() => ({
  children: new Map(),
  expanded: new Set([ROOT_PATH]),
  problems: new Map(),
}));

/** The DOS devices of this session: a name that the object manager knows and never lists. */
const DOS_DEVICES = "\\??";

async function readDirectories(path: string): Promise<Result<string[]>> {
  const names = await engine.call("objects.directories", { path });
  if (!names.ok) return names;
  const paths = names.value.map((name) => joinPath(path, name));
  return ok(path === ROOT_PATH && !paths.includes(DOS_DEVICES) ? [DOS_DEVICES, ...paths] : paths);
}

export async function loadDirectory(path: string): Promise<void> {
  const answer = await readDirectories(path);
  useTree.setState((tree) => {
    const problems = new Map(tree.problems);
    const children = new Map(tree.children);
    if (answer.ok) {
      problems.delete(path);
      children.set(path, answer.value);
    } else {
      problems.set(path, errorLine(answer.error));
      children.set(path, []);
    }
    return { children, problems };
  });
}

/** Sub-directories looked into ahead, so that only those that hold directories show a mark to expand them. */
const mostAhead = 200;

async function loadAhead(path: string): Promise<void> {
  for (const child of useTree.getState().children.get(path)?.slice(0, mostAhead) ?? []) {
    if (!useTree.getState().children.has(child)) await loadDirectory(child);
  }
}

async function loadAndLookAhead(path: string): Promise<void> {
  if (!useTree.getState().children.has(path)) await loadDirectory(path);
  await loadAhead(path);
}

export function expandDirectories(paths: readonly string[]): void {
  useTree.setState(({ expanded }) => ({ expanded: new Set([...expanded, ...paths]) }));
  for (const path of paths) void loadAndLookAhead(path);
}

/** What is expanded below stays so for when it is expanded again. */
export function collapseDirectory(path: string): void {
  useTree.setState(({ expanded }) => ({ expanded: new Set([...expanded].filter((other) => other !== path)) }));
}

/** Expands whatever stands above a directory, so that its row is there to be selected. */
export async function revealDirectory(path: string): Promise<void> {
  if (!engine.isConnected()) return;
  const above: string[] = [];
  for (let at = path; at !== ROOT_PATH; ) {
    at = parentPath(at);
    above.unshift(at);
  }
  for (const directory of above) if (!useTree.getState().children.has(directory)) await loadDirectory(directory);
  for (const directory of above) void loadAhead(directory);
  useTree.setState(({ expanded }) => ({ expanded: new Set([...expanded, ...above]) }));
}

export function followTree(): void {
  engine.onDidConnect(() => {
    for (const path of useTree.getState().children.keys()) void loadDirectory(path);
    for (const path of useTree.getState().expanded) void loadAndLookAhead(path);
    void revealDirectory(useObjects.getState().path);
  });
  engine.on("machine", (event) => {
    const { children } = useTree.getState();
    // Of a lost connection, what was known stays to be seen.
    const isThere = event.kind === "stateChanged" && event.state.kind !== "disconnected";
    if (isThere) for (const path of children.keys()) void loadDirectory(path);
    if (event.kind !== "namespaceChanged") return;
    for (const directory of event.directories) {
      const known = [...children.keys()].find((path) => isWithin(path, directory) && path.length === directory.length);
      if (known !== undefined) void loadDirectory(known);
    }
  });
}
