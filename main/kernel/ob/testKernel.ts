/** The parts that the object manager needs, put together for tests, with a client process in user mode. */
import { Pool, type PoolLimits } from "../ex/pool";
import { Ke } from "../ke/ke";
import { KernelMemory } from "../mem/kernelMemory";
import { Ps } from "../ps/ps";
import { TestHost } from "../testHost";
import { ObjectManager } from "./objectManager";

export function createTestKernel(limits: PoolLimits = {}) {
  const host = new TestHost();
  const memory = new KernelMemory();
  const ke = new Ke(host);
  const pool = new Pool(memory, ke, limits);
  const ob = new ObjectManager(memory, pool, ke, host);
  const ps = new Ps(memory, ob);
  const client = ps.createProcess("ntscope.exe");
  const thread = ps.createThread(client);
  return { host, memory, ke, pool, ob, ps, client, thread };
}

export type TestKernel = ReturnType<typeof createTestKernel>;
