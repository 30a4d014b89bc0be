/** What one client of the engine holds open; given up when it goes, so that a page that reloads leaks nothing. */
import type { Log } from "../log/log";
import type { LogView } from "../log/views/logView";
import type { Disposable } from "../machine/machine";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import type { Listing } from "./listing";

/** Listings and views a client may hold: many windows' worth, and an end to a client that forgets to close them. */
const OPEN_LIMIT = 256;

export class EngineSession implements Disposable {
  private readonly listings = new Map<number, Listing>();
  private readonly views = new Set<number>();

  constructor(private readonly log: Log) {}

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
    this.listings.clear();
    for (const id of [...this.views]) this.closeView(id);
  }
}
