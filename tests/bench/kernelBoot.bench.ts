// How long the model boots, first and when its code is warm, beside merely parsing a list of what it makes.
import type { ObjectManager } from "../../main/kernel/ob/objectManager";
import type { Address } from "../../native-bindings/abi/address";
import { bootSilently } from "./benchKernel";
import type { Benchmark, BenchmarkRow } from "./benchmark";
import { leastProcessorTime, processorTime } from "./measure";

const WARM_UPS = 10;

async function run(): Promise<readonly BenchmarkRow[]> {
  const first = processorTime(() => void bootSilently()) * 1000;
  for (let round = 0; round < WARM_UPS; round += 1) bootSilently();
  const { ob } = bootSilently();
  const objects = [...walk(ob, ob.root, "")];
  const list = JSON.stringify(objects);
  const parsing = leastProcessorTime(() => void JSON.parse(list)) * 1000;
  return [
    { what: `first boot, to a namespace of ${objects.length} names`, value: first, unit: "ms" },
    {
      what: "... again, once the code is warm",
      value: leastProcessorTime(() => void bootSilently()) * 1000,
      unit: "ms",
      reference: { what: "JSON.parse of these objects' paths and types", value: parsing },
      target: { bound: "at most", value: 60, of: "value" },
    },
  ];
}

function* walk(ob: ObjectManager, directory: Address, path: string): Generator<{ path: string; type: string }> {
  for (const { name, object, type } of ob.children(directory)) {
    const own = `${path}\\${name}`;
    yield { path: own, type: type.name };
    if (type === ob.directoryType) yield* walk(ob, object, own);
  }
}

const benchmark: Benchmark = { name: "kernel boot", run };
export default benchmark;
