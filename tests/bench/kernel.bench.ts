// The model kernel: names, files, boot, a million objects, debug prints.
import type { Benchmark } from "./benchmark";
import { bootTime } from "./kernel/bootTime";
import { debugPrints } from "./kernel/debugPrints";
import { fileCycles } from "./kernel/fileCycles";
import { millionObjects } from "./kernel/millionObjects";
import { nameLookups } from "./kernel/nameLookups";

const benchmark: Benchmark = {
  name: "kernel",
  async run() {
    return [...bootTime(), ...nameLookups(), ...fileCycles(), ...(await debugPrints()), ...millionObjects()];
  },
};

export default benchmark;
