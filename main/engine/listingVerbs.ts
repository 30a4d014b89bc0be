/** The verbs over directory listings that the engine holds for its clients. */
import { ok } from "../machine/result";
import type { EngineParts, HandlersOf } from "./engineParts";
import { Listing } from "./listing";

export function listingVerbs({ machine, scheduler }: EngineParts): HandlersOf<"listing"> {
  let nextListing = 1;
  return {
    "listing.open": async ({ path, arrangement }, { signal, client }) => {
      const room = client.room("listings");
      if (!room.ok) return room;
      const directory = await machine.list(path, signal);
      if (!directory.ok) return directory;
      const listing = new Listing(nextListing, path, arrangement, scheduler);
      nextListing += 1;
      client.addListing(listing);
      return ok(await listing.load(directory.value.entries));
    },
    "listing.arrange": async ({ listing: id, arrangement }, { client }) => {
      const listing = client.listing(id);
      return listing.ok ? ok(await listing.value.arrange(arrangement)) : listing;
    },
    "listing.refresh": async ({ listing: id }, { signal, client }) => {
      const listing = client.listing(id);
      if (!listing.ok) return listing;
      const directory = await machine.list(listing.value.path, signal);
      return directory.ok ? ok(await listing.value.refresh(directory.value.entries)) : directory;
    },
    "listing.rows": ({ listing: id, from, count }, { client }) => {
      const listing = client.listing(id);
      return listing.ok ? ok(listing.value.rows(from, count)) : listing;
    },
    "listing.seek": ({ listing: id, from, prefix, name }, { client }) => {
      const listing = client.listing(id);
      if (!listing.ok) return listing;
      if (name !== undefined) return ok(listing.value.seek(from, (each) => each === name));
      const wanted = (prefix ?? "").toLowerCase();
      return ok(listing.value.seek(from, (each) => each.toLowerCase().startsWith(wanted)));
    },
    "listing.close": ({ listing: id }, { client }) => {
      client.closeListing(id);
      return ok(null);
    },
  };
}
