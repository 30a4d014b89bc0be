import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type DirectoryEntry, type EngineClient, fail, type ListingState, ok } from "../../../preload/shared";
import { engine } from "../../engine/connection";
import { nothingSelected } from "../../ui/dataGrid/gridSelection";
import { followObjects, goTo, objectsSource, refreshObjects, selectRows, setFilter } from "./objectsListing";
import { useObjects } from "./objectsStore";
import { startHistory } from "./pathHistory";

/** An engine of directories in memory that answers the listing verbs; the test changes `directories` as it likes. */
function fakeEngine(directories: Record<string, string[]>) {
  const listings = new Map<number, { path: string; rows: string[] }>();
  const held: (() => void)[] = [];
  let last = 0;
  let hold = false;
  let emit: ((value: never) => void) | undefined;
  const denied = {
    domain: "nt" as const,
    code: 0xc0000022,
    status: "0xC0000022",
    name: "STATUS_ACCESS_DENIED",
    message: "Access is denied.",
  };
  const state = (listing: number, added: string[] = [], removed: string[] = []): ListingState => {
    const { path, rows } = listings.get(listing) ?? { path: "", rows: [] };
    return { listing, total: directories[path]?.length ?? 0, count: rows.length, added, removed };
  };
  type Params = Record<string, never> & {
    path: string;
    listing: number;
    from: number;
    count: number;
    name?: string;
    arrangement: { filter?: string };
  };
  const verbs: Record<string, (params: Params) => unknown> = {
    "listing.open"({ path }) {
      const rows = directories[path];
      if (!rows) return fail(denied);
      last += 1;
      listings.set(last, { path, rows: [...rows] });
      return ok(state(last));
    },
    "listing.arrange"({ listing, arrangement }) {
      const open = listings.get(listing);
      if (open) open.rows = (directories[open.path] ?? []).filter((name) => name.includes(arrangement.filter ?? ""));
      return ok(state(listing));
    },
    "listing.refresh"({ listing }) {
      const open = listings.get(listing);
      const before = open?.rows ?? [];
      const after = directories[open?.path ?? ""];
      if (!open || !after) return fail(denied);
      open.rows = [...after];
      const added = after.filter((name) => !before.includes(name));
      return ok(
        state(
          listing,
          added,
          before.filter((name) => !after.includes(name)),
        ),
      );
    },
    "listing.rows"({ listing, from, count }) {
      const rows = listings.get(listing)?.rows.slice(from, from + count) ?? [];
      return ok(rows.map((name): DirectoryEntry => ({ name, type: "Device" })));
    },
    "listing.seek": ({ listing, name }) => ok(listings.get(listing)?.rows.indexOf(name ?? "") ?? -1),
    "listing.close"({ listing }) {
      listings.delete(listing);
      return ok(null);
    },
  };
  const client: EngineClient = {
    async call(verb, params) {
      if (hold) await new Promise<void>((resolve) => held.push(resolve));
      return verbs[verb]?.(params as unknown as Params) as never;
    },
    on(event, listener) {
      if (event === "machine") emit = listener as (value: never) => void;
      return { dispose: () => undefined };
    },
    dispose: () => undefined,
  };
  return {
    client,
    openListings: () => listings.size,
    holdAnswers() {
      hold = true;
    },
    release() {
      hold = false;
      for (const resolve of held.splice(0)) resolve();
    },
    tellChanged: (path: string) => emit?.({ kind: "namespaceChanged", directories: [path] } as never),
  };
}

/** Lets every promise that can settle without a timer do so. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

async function shownNames(): Promise<string[]> {
  return (await objectsSource.rows(0, objectsSource.count)).map((entry) => entry.name);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", { ntscope: { call: async () => ({ ok: true, value: null }) } });
  useObjects.setState({
    path: "\\",
    history: startHistory("\\"),
    listing: undefined,
    error: undefined,
    filter: "",
    selection: nothingSelected,
    entry: undefined,
    selectedPath: undefined,
  });
});

afterEach(() => {
  engine.detach();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the object list", () => {
  it("shows a directory and selects the object that one came for", async () => {
    engine.attach(fakeEngine({ "\\": [], "\\Device": ["Afd", "Beep", "Null"] }).client);
    await goTo("\\Device", { select: "Beep" });
    expect(useObjects.getState()).toMatchObject({
      total: 3,
      count: 3,
      selectedPath: "\\Device\\Beep",
      selection: { ranges: [[1, 2]], focus: 1 },
      history: { entries: ["\\", "\\Device"], at: 1 },
    });
  });

  it("says why a directory cannot be listed", async () => {
    engine.attach(fakeEngine({ "\\": [] }).client);
    await goTo("\\Denied");
    expect(useObjects.getState()).toMatchObject({
      count: 0,
      error: { name: "STATUS_ACCESS_DENIED" },
      isLoading: false,
    });
  });

  it("ignores and closes a listing that arrives after one has moved on", async () => {
    const fake = fakeEngine({ "\\Slow": ["a"], "\\Fast": ["b", "c"] });
    engine.attach(fake.client);
    fake.holdAnswers();
    const slow = goTo("\\Slow");
    const fast = goTo("\\Fast");
    fake.release();
    await Promise.all([slow, fast]);
    await settle();
    expect(useObjects.getState()).toMatchObject({ path: "\\Fast", count: 2 });
    expect(fake.openListings()).toBe(1);
  });

  it("keeps what is selected through a refresh that moves it, and does not scroll for it", async () => {
    const directories = { "\\Device": ["Beep", "Null"] };
    engine.attach(fakeEngine(directories).client);
    await goTo("\\Device", { select: "Null" });
    directories["\\Device"] = ["Afd", "Beep", "Null"];
    await refreshObjects();
    await settle();
    expect(useObjects.getState()).toMatchObject({
      count: 3,
      selectedPath: "\\Device\\Null",
      selection: { ranges: [[2, 3]], focus: 2, isRestored: true },
    });
    expect([...useObjects.getState().added]).toEqual(["Afd"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(useObjects.getState().added.size).toBe(0);
  });

  it("shows rows that went for a second before the list closes over them", async () => {
    const directories = { "\\Device": ["Beep", "Example", "Null"] };
    engine.attach(fakeEngine(directories).client);
    await goTo("\\Device", { select: "Example" });
    directories["\\Device"] = ["Beep", "Null"];
    await refreshObjects();
    await settle();
    expect([...useObjects.getState().gone]).toEqual(["Example"]);
    expect(objectsSource.count).toBe(3);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await shownNames()).toEqual(["Beep", "Null"]);
    expect(useObjects.getState()).toMatchObject({ count: 2, selectedPath: undefined, gone: new Set() });
  });

  it("refreshes when its own directory changes, whatever the case, and for no other", async () => {
    const directories = { "\\Device": ["Beep"] };
    const fake = fakeEngine(directories);
    engine.attach(fake.client);
    followObjects();
    await goTo("\\Device");
    directories["\\Device"] = ["Beep", "Null"];
    fake.tellChanged("\\Driver");
    await settle();
    expect(useObjects.getState().count).toBe(1);
    fake.tellChanged("\\DEVICE");
    await settle();
    expect(useObjects.getState().count).toBe(2);
  });

  it("filters, and keeps the selection that passes", async () => {
    engine.attach(fakeEngine({ "\\Device": ["Afd", "Beep", "Null", "NullTwo"] }).client);
    await goTo("\\Device");
    await selectRows({ ranges: [[2, 3]], focus: 2, anchor: 2 });
    await setFilter("Null");
    await settle();
    expect(useObjects.getState()).toMatchObject({ total: 4, count: 2, selectedPath: "\\Device\\Null" });
    expect(await shownNames()).toEqual(["Null", "NullTwo"]);
  });
});
