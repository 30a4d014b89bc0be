// A directory of a million objects: what one costs, how fast they are made, and how long a page of their names takes.
import { ensureDirectory } from "../../main/kernel/ob/namedObjects";
import { OBJ_PERMANENT } from "../../native-bindings/abi/objectAttributes";
import { bootSilently, requireSuccess } from "./benchKernel";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { leastProcessorTime, memoryUsed } from "./measure";

const OBJECTS = 1_000_000;
/** Rows that a window shows at once. */
const PAGE = 100;

async function run(): Promise<readonly BenchmarkRow[]> {
  const { ob } = bootSilently();
  const directory = ensureDirectory(ob, "\\Crowd");
  const event = ob.typeByName("Event");
  if (event === undefined) throw new Error("there is no type Event");
  const before = memoryUsed();
  const started = performance.now();
  for (let number = 0; number < OBJECTS; number += 1) {
    const attributes = { name: `\\Crowd\\Event${number}`, attributes: OBJ_PERMANENT };
    const { object } = requireSuccess("ObCreateObject", ob.ObCreateObject(event, attributes));
    requireSuccess("ObInsertObject", ob.ObInsertObject(object, 0, { createHandle: false }));
  }
  const seconds = (performance.now() - started) / 1000;
  const bytes = (memoryUsed() - before) / OBJECTS;
  if (ob.directoryCount(directory) !== OBJECTS) throw new Error("objects are missing");
  return [
    {
      what: "memory of an object and its name, of 1,000,000",
      value: bytes,
      unit: "bytes",
      reference: { what: "as a JS object in a Map", value: plainObjectBytes() },
      target: { bound: "at most", value: 600, of: "value" },
    },
    { what: "... made in one directory", value: OBJECTS / seconds, unit: "objects/s" },
    {
      what: `... the first ${PAGE} names listed`,
      value: firstPage(() => ob.children(directory)) * 1000,
      unit: "ms",
      target: { bound: "at most", value: 50, of: "value" },
    },
  ];
}

function firstPage(children: () => Iterable<{ readonly name: string }>): number {
  return leastProcessorTime(() => {
    let listed = 0;
    for (const { name } of children()) {
      if (name !== "") listed += 1;
      if (listed === PAGE) break;
    }
    if (listed !== PAGE) throw new Error("the page is not full");
  });
}

/** With the fields that a list of objects needs at least. */
function plainObjectBytes(): number {
  const before = memoryUsed();
  const objects = new Map<string, object>();
  for (let number = 0; number < OBJECTS; number += 1) {
    const name = `Event${number}`;
    objects.set(name, { name, type: "Event", references: 1, handles: 0, flags: 0, security: undefined });
  }
  return (memoryUsed() - before) / objects.size;
}

const benchmark: Benchmark = { name: "kernel objects", run };
export default benchmark;
