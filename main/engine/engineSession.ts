/** What one client of the engine holds open; given up when it goes, so that a page that reloads leaks nothing. */
import type { Log } from "../log/log";
import type { LogView } from "../log/views/logView";
import type { Disposable, Machine } from "../machine/machine";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { Listing } from "./listing";

/** Listings and views a client may hold: many windows' worth, and an end to a client that forgets to close them. */
const OPEN_LIMIT = 256;

export class EngineSession implements Disposable {
  private readonly listings = new Map<number, Listing>();
  private readonly views = new Set<number>();
  /** Device handles, each with the boot of the machine it belongs to: numbers come again after a restart. */
  private readonly handles = new Map<number, number>();
  /** Programs that it has started, by process id, each with its boot. */
  private readonly programs = new Map<number, number>();
  private isGone = false;

  /** @param boot how often the machine has been booted so far */
  constructor(
    private readonly log: Log,
    private readonly machine: Pick<Machine, "close" | "programKill">,
    private readonly boot: () => number,
  ) {}

  /** As a process that ends has its handles closed by NT, so a client that goes has its own. */
  addHandle(handle: number): void {
    if (this.isGone) void this.machine.close(handle);
    else this.handles.set(handle, this.boot());
  }

  /** As programs end with the console that they were started from. */
  addProgram(processId: number): void {
    if (this.isGone) void this.machine.programKill(processId);
    else this.programs.set(processId, this.boot());
  }

  forgetProgram(processId: number): void {
    this.programs.delete(processId);
  }

  forgetHandle(handle: number): void {
    this.handles.delete(handle);
  }

  addListing(listing: Listing): void {
    this.listings.set(listing.id, listing);
  }

  addView(id: number): void {
    this.views.add(id);
  }

  listing(id: number): Result<Listing> {
    const listing = this.listings.get(id);
    return listing ? ok(listing) : fail(ntscopeError("no-listing", `Listing ${id} is not open.`));
  }

  /** Views are one client's own: another's number is as good as none. */
  view(id: number): Result<LogView> {
    const view = this.views.has(id) ? this.log.views.get(id) : undefined;
    return view ? ok(view) : fail(ntscopeError("no-view", `Log view ${id} is not open.`));
  }

  closeListing(id: number): void {
    this.listings.delete(id);
  }

  closeView(id: number): void {
    if (this.views.delete(id)) this.log.views.close(id);
  }

  /** An error when the client already holds too many of a kind. */
  room(kind: "listings" | "views"): Result<null> {
    if (this[kind].size < OPEN_LIMIT) return ok(null);
    return fail(ntscopeError("too-many", `${OPEN_LIMIT} ${kind} are open already; close some first.`));
  }

  dispose(): void {
    this.isGone = true;
    this.listings.clear();
    for (const [handle, boot] of this.handles) if (boot === this.boot()) void this.machine.close(handle);
    this.handles.clear();
    for (const [id, boot] of this.programs) if (boot === this.boot()) void this.machine.programKill(id);
    this.programs.clear();
    for (const id of [...this.views]) this.closeView(id);
  }
}
