import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { Log } from "../log/log";
import { ManualScheduler } from "../log/manualScheduler";
import type { DirectoryEntry } from "../machine/machine";
import { compileNamePattern } from "../machine/namePattern";
import { ntscopeError } from "../machine/result";
import { createEngine } from "./engine";
import { FakeMachine } from "./fakeMachine";
import { Listing } from "./listing";
import { nodeScheduler } from "./nodeScheduler";
import type { EngineClient, ListingArrangement } from "./protocol";
import { sortInSteps } from "./slicedSort";

const entries: DirectoryEntry[] = [
  { name: "Harddisk10", type: "Device" },
  { name: "harddisk2", type: "Device" },
  { name: "Null", type: "Device" },
  { name: "C:", type: "SymbolicLink", detail: { value: "\\Device\\HarddiskVolume3" } },
  { name: "Broken", type: "SymbolicLink", detail: { error: ntscopeError("denied", "no access") } },
  { name: "NULL", type: "Event" },
];

let machine: FakeMachine;
let client: EngineClient;
beforeEach(() => {
  machine = new FakeMachine();
  machine.entries.set("\\Device", entries);
  const log = new Log({ scheduler: nodeScheduler });
  client = createEngine(machine, {
    log,
    scheduler: nodeScheduler,
    onFault: ({ error }) => {
      throw error;
    },
  }).connect();
});

async function open(arrangement: ListingArrangement) {
  const state = await client.call("listing.open", { path: "\\Device", arrangement });
  if (!state.ok) throw new Error(state.error.message);
  return state.value;
}

async function names(listing: number, from = 0, count = 100) {
  const rows = await client.call("listing.rows", { listing, from, count });
  return rows.ok ? rows.value.map((entry) => entry.name) : rows.error.name;
}

describe("a listing", () => {
  it.each<[string, ListingArrangement, string[]]>([
    ["the machine's own order", {}, ["Harddisk10", "harddisk2", "Null", "C:", "Broken", "NULL"]],
    [
      "names, digits by value, case aside",
      { sort: { column: "name", descending: false } },
      ["Broken", "C:", "harddisk2", "Harddisk10", "NULL", "Null"],
    ],
    [
      "descending",
      { sort: { column: "name", descending: true } },
      ["Null", "NULL", "Harddisk10", "harddisk2", "C:", "Broken"],
    ],
    ["a filter over all columns", { filter: "volume" }, ["C:"]],
    ["a filter with wildcards over whole texts", { filter: "hard*?2" }, ["harddisk2"]],
    ["a filter by type name", { filter: "event" }, ["NULL"]],
  ])("shows %s", async (_, arrangement, expected) => {
    const { listing, total, count } = await open(arrangement);
    expect(await names(listing)).toEqual(expected);
    expect([total, count]).toEqual([entries.length, expected.length]);
  });

  it("can be arranged anew, paged and searched by first letters", async () => {
    const { listing } = await open({});
    await client.call("listing.arrange", {
      listing,
      arrangement: { sort: { column: "name", descending: false }, filter: "n" },
    });
    expect(await names(listing)).toEqual(["Broken", "C:", "NULL", "Null"]);
    expect(await names(listing, 1, 2)).toEqual(["C:", "NULL"]);
    const seek = async (params: { from: number; prefix?: string; name?: string }) => {
      const row = await client.call("listing.seek", { listing, ...params });
      return row.ok && row.value;
    };
    expect(await seek({ from: 0, prefix: "nu" })).toBe(2);
    expect(await seek({ from: 3, prefix: "nu" })).toBe(3);
    expect(await seek({ from: 3, prefix: "b" })).toBe(0);
    expect(await seek({ from: -1, name: "Null" })).toBe(3);
    expect(await seek({ from: 0, name: "null" })).toBe(-1);
  });

  it("says at a refresh what came and what went", async () => {
    const { listing } = await open({ sort: { column: "name", descending: false } });
    machine.entries.set("\\Device", [
      ...entries.slice(1),
      { name: "Example", type: "Device" },
      { name: "Broken", type: "Device" },
    ]);
    const state = await client.call("listing.refresh", { listing });
    expect(state).toMatchObject({
      value: { total: 7, added: ["Example", "Broken"], removed: ["Harddisk10"] },
    });
    expect(await names(listing, 0, 3)).toEqual(["Broken", "Broken", "C:"]);
  });

  it("says when its directory is gone, and keeps what it had", async () => {
    const { listing } = await open({});
    machine.entries.delete("\\Device");
    expect(await client.call("listing.refresh", { listing })).toMatchObject({
      error: { name: "STATUS_OBJECT_NAME_NOT_FOUND" },
    });
    expect(await names(listing, 0, 1)).toEqual(["Harddisk10"]);
    await client.call("listing.close", { listing });
    expect(await names(listing)).toBe("no-listing");
  });
});

describe("a listing of very many entries", () => {
  const many = Array.from({ length: 20_000 }, (_, index) => ({
    name: `Item${(index * 7919) % 20_000}`,
    type: "Event",
  }));

  it("is worked out in slices; a newer arrangement takes the place of an older one", async () => {
    const scheduler = new ManualScheduler(2);
    const listing = new Listing(1, "\\", {}, scheduler);
    const loaded = listing.load(many);
    const sorted = listing.arrange({ sort: { column: "name", descending: false } });
    const filtered = listing.arrange({ sort: { column: "name", descending: true }, filter: "item1999*" });
    let slices = 0;
    let state: unknown;
    void filtered.then((value) => {
      state = value;
    });
    while (state === undefined) {
      slices += scheduler.waiting;
      scheduler.runDue();
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    }
    expect(slices).toBeGreaterThan(3);
    expect(listing.rows(0, 99).map((entry) => entry.name)).toEqual(
      ["Item19999", "Item19998", "Item19997", "Item19996", "Item19995", "Item19994"].concat([
        "Item19993",
        "Item19992",
        "Item19991",
        "Item19990",
        "Item1999",
      ]),
    );
    // Whoever asked before gets the state that holds now.
    expect(await loaded).toEqual(state);
    expect(await sorted).toEqual(state);
  });

  it("reports at most 1,000 names that came or went", async () => {
    const listing = new Listing(1, "\\", {}, nodeScheduler);
    await listing.load(many.slice(0, 5000));
    const state = await listing.refresh(many.slice(10_000));
    expect([state.added.length, state.removed.length, state.total]).toEqual([1000, 1000, 10_000]);
  });
});

describe("sorting in steps", () => {
  it("sorts as one call would, and keeps the order of equals", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 5000 }), (keys) => {
        const compare = (a: number, b: number) => (keys[a] ?? 0) - (keys[b] ?? 0);
        const items = Uint32Array.from(keys.keys());
        const steps = sortInSteps(items, compare);
        let step = steps.next();
        while (!step.done) step = steps.next();
        expect([...step.value]).toEqual([...items].sort(compare));
      }),
      { numRuns: 50, seed: 13 },
    );
  });
});

describe("a name pattern", () => {
  it("agrees with a regular expression of the same meaning", () => {
    const pattern = fc.string({ unit: fc.constantFrom("a", "B", "*", "?", "."), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom("a", "b", ".", "\n"), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (wanted, name) => {
        const body = wanted.replaceAll(".", "\\.").replaceAll("*", "[^]*").replaceAll("?", "[^]");
        const expression = new RegExp(/[*?]/.test(wanted) ? `^${body}$` : body, "i");
        expect(compileNamePattern(wanted)(name)).toBe(expression.test(name));
      }),
      { numRuns: 3000, seed: 14 },
    );
  });
});
