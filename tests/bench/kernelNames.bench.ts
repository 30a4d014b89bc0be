// Looking names of four components up, beside the plainest thing that could do it: maps within maps.

import { ensureDirectory } from "../../main/kernel/ob/namedObjects";
import { OBJ_CASE_INSENSITIVE, OBJ_PERMANENT } from "../../native-bindings/abi/objectAttributes";
import { asSystem, bootSilently, requireSuccess } from "./benchKernel";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { leastProcessorTime } from "./measure";

const NAMES = 1000;
const LOOK_UPS = 500_000;
const DIRECTORY = "\\Device\\Bench\\Units";
const GENERIC_READ = 0x8000_0000;

type NestedMaps = Map<string, NestedMaps>;

async function run(): Promise<readonly BenchmarkRow[]> {
  const kernel = bootSilently();
  const { ob } = kernel;
  const event = ob.typeByName("Event");
  const paths = Array.from({ length: NAMES }, (_, number) => `${DIRECTORY}\\Unit${number}`);
  ensureDirectory(ob, "\\Device\\Bench");
  ensureDirectory(ob, DIRECTORY);
  if (event === undefined) throw new Error("there is no type Event");
  for (const name of paths) {
    const { object } = requireSuccess(name, ob.ObCreateObject(event, { name, attributes: OBJ_PERMANENT }));
    requireSuccess(name, ob.ObInsertObject(object, 0, { createHandle: false }));
  }
  const find = (path: string) => {
    const found = ob.ObReferenceObjectByName(path, OBJ_CASE_INSENSITIVE, event);
    if (found.object === 0) throw new Error(path);
    ob.ObDereferenceObject(found.object);
  };
  const open = (name: string) => {
    const opened = ob.ObOpenObjectByName({ name, attributes: OBJ_CASE_INSENSITIVE }, event, GENERIC_READ);
    if (ob.NtClose(opened.handle) !== 0) throw new Error(name);
  };
  const reference = { what: "split, and four Map.get one after the other", value: rate(paths, inMaps(paths)) };
  const target = { bound: "at least", value: 500_000, of: "value" } as const;
  return asSystem(kernel, () => [
    { what: "find an object by a name of four parts", value: rate(paths, find), unit: "/s", reference, target },
    { what: "... open a handle to it and close it", value: rate(paths, open), unit: "/s", reference, target },
  ]);
}

/** Calls a second. */
function rate(paths: readonly string[], act: (path: string) => void): number {
  const seconds = leastProcessorTime(() => {
    for (let round = 0; round < LOOK_UPS / NAMES; round += 1) for (const path of paths) act(path);
  });
  return LOOK_UPS / seconds;
}

function inMaps(paths: readonly string[]): (path: string) => void {
  const root: NestedMaps = new Map();
  for (const path of paths) {
    let at = root;
    for (const component of path.split("\\").slice(1)) {
      const next = at.get(component) ?? new Map();
      at.set(component, next);
      at = next;
    }
  }
  return (path) => {
    const [, first = "", second = "", third = "", fourth = ""] = path.split("\\");
    const found = root.get(first)?.get(second)?.get(third)?.get(fourth);
    if (found === undefined) throw new Error(path);
  };
}

const benchmark: Benchmark = { name: "kernel names", run };
export default benchmark;
