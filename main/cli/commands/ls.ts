/** `ls`: a directory's entries in the object manager's own order, as NtQueryDirectoryObject gives them. */

import type { DirectoryEntry, DirectoryListing } from "../../machine/machine";
import { joinPath } from "../../machine/ntPath";
import type { StatusError } from "../../machine/result";
import { visibleText } from "../../machine/visibleText";
import { type CliCommand, CommandFailure } from "../command";
import type { Session } from "../session";
import { textTable } from "../text/textTable";

interface Unreadable {
  path: string;
  error: StatusError;
}

export const ls: CliCommand = {
  name: "ls",
  summary: "list a directory: name, type, link target or what the type says of itself",
  usage: "[PATH] [-r]",
  options: { recursive: { type: "boolean", short: "r", help: "list the directories below as well" } },
  positionals: [0, 1],
  async run(session, args) {
    const path = args.words[0] ?? "\\";
    if (!args.on("recursive")) {
      const listing = await session.ask("objects.list", { path });
      return { document: listingDocument(listing), text: listingText(listing) };
    }
    const { listings, unreadable } = await listTree(session, path);
    return {
      document: { directories: listings.map(listingDocument), unreadable },
      text: [
        ...listings.map((listing) => `${visibleText(listing.path)}\n${listingText(listing)}`),
        ...unreadable.map(({ path: where, error }) => `${visibleText(where)}: ${error.name}: ${error.message}`),
      ].join("\n\n"),
    };
  },
};

/** Depth first. Follows directories only, never links, so it ends. A directory that can't be read is told, not skipped. */
async function listTree(
  session: Session,
  root: string,
): Promise<{ listings: DirectoryListing[]; unreadable: Unreadable[] }> {
  const listings: DirectoryListing[] = [];
  const unreadable: Unreadable[] = [];
  const waiting = [root];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const answer = await session.engine.call("objects.list", { path });
    if (!answer.ok) {
      if (listings.length === 0) {
        throw new CommandFailure(answer.error);
      }
      unreadable.push({ path, error: answer.error });
      continue;
    }
    listings.push(answer.value);
    const below = answer.value.entries.filter((entry) => entry.type === "Directory");
    for (const entry of below.reverse()) {
      waiting.push(joinPath(answer.value.path, entry.name));
    }
  }
  return { listings, unreadable };
}

function listingDocument(listing: DirectoryListing): unknown {
  return { path: listing.path, entries: listing.entries.map(entryDocument) };
}

function entryDocument(entry: DirectoryEntry): unknown {
  const { name, type, detail } = entry;
  if (detail === undefined) {
    return { name, type };
  }
  if ("error" in detail) {
    return { name, type, error: detail.error };
  }
  return type === "SymbolicLink" ? { name, type, target: detail.value } : { name, type, detail: detail.value };
}

function listingText(listing: DirectoryListing): string {
  if (listing.entries.length === 0) {
    return "(no objects)";
  }
  return textTable(
    ["Name", "Type", "Link target / description"],
    listing.entries.map((entry) => [visibleText(entry.name), entry.type, detailText(entry)]),
  );
}

function detailText({ type, detail }: DirectoryEntry): string {
  if (detail === undefined) {
    return "";
  }
  if ("error" in detail) {
    return `${detail.error.name}: ${detail.error.message}`;
  }
  return type === "SymbolicLink" ? `-> ${visibleText(detail.value)}` : visibleText(detail.value);
}
