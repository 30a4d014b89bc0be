/** The parts that the object manager needs, put together for tests, with a client process beside the system's. */
import { Pool, type PoolLimits } from "../ex/pool";
import { Ke } from "../ke/ke";
import { Threading } from "../ke/threading";
import { KernelMemory } from "../mem/kernelMemory";
import { NtObjects } from "../nt/objects";
import { Ps } from "../ps/ps";
import { TestHost } from "../testHost";
import { KernelMode, UserMode } from "./caller";
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
  const printed: string[] = [];
  const { dispatcher } = new Threading(memory, pool, ke, {
    current: () => ps.current,
    runAs: (_thread, _mode, action) => action(),
    guard: (action) => action(),
    worker: () => ps.systemThread,
    didPark: () => undefined,
    didResume: () => undefined,
    didChangeState: () => undefined,
    wakeAfter: () => undefined,
    callDpc: () => undefined,
  });
  const nt = new NtObjects({ memory, ob, ps, dispatcher, printk: (text) => printed.push(text) });
  return {
    host,
    memory,
    ke,
    pool,
    ob,
    ps,
    nt,
    client,
    printed,
    /** As the client's thread in user mode. */
    user: <T>(action: () => T): T => ps.runAs(thread, UserMode, action),
    /** As the client's thread in kernel mode. */
    kernel: <T>(action: () => T): T => ps.runAs(thread, KernelMode, action),
  };
}

export type TestKernel = ReturnType<typeof createTestKernel>;
