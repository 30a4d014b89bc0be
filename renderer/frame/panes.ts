/** All panes, one row each: title, glyph, where it opens, and the command that shows it. */
import type { PaneDefinition } from "./paneDefinition";

export const panes = {
  tree: {
    title: "Namespace",
    glyph: "tree",
    place: [{ beside: "objects", direction: "left", width: 260 }],
    isPermanent: true,
  },
  objects: {
    title: "Objects",
    glyph: "list",
    place: [{ beside: "tree", direction: "right" }],
    command: "view.objects",
    isPermanent: true,
  },
  properties: {
    title: "Properties",
    glyph: "properties",
    place: [
      { beside: "properties", direction: "within" },
      { beside: "guide", direction: "within" },
      { beside: "objects", direction: "right", width: 420 },
    ],
  },
  find: {
    title: "Find Object",
    glyph: "search",
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 240 },
    ],
    command: "object.find",
  },
  log: {
    title: "Log",
    glyph: "log",
    place: [{ beside: "objects", direction: "below", height: 280 }],
    command: "view.log",
    isPermanent: true,
  },
  services: {
    title: "Services",
    glyph: "services",
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 280 },
    ],
    command: "view.services",
  },
  console: {
    title: "Device Console",
    glyph: "console",
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 280 },
    ],
    command: "view.console",
  },
  program: {
    title: "Program",
    glyph: "command",
    place: [
      { beside: "program", direction: "right" },
      { beside: "log", direction: "right" },
      { beside: "objects", direction: "below", height: 280 },
    ],
  },
  debugFilter: {
    title: "Debug Print Filter",
    glyph: "mask",
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 280 },
    ],
    command: "view.debugFilter",
  },
  sources: {
    title: "Log Sources",
    glyph: "sources",
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 280 },
    ],
    command: "view.sources",
  },
  trace: {
    title: "IRP Trace",
    glyph: "trace",
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 320 },
    ],
    command: "view.trace",
  },
  structure: {
    title: "Structures",
    glyph: "structure",
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 320 },
    ],
    command: "view.structure",
  },
  pool: {
    title: "Pool Usage",
    glyph: "pool",
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 280 },
    ],
    command: "view.pool",
  },
  threads: {
    title: "Threads",
    glyph: "threads",
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 360 },
    ],
    command: "view.threads",
  },
  handles: {
    title: "Handles",
    glyph: "handles",
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 280 },
    ],
    command: "view.handles",
  },
  guide: {
    title: "Getting Started",
    glyph: "guide",
    place: [
      { beside: "properties", direction: "within" },
      { beside: "objects", direction: "right", width: 360 },
    ],
    command: "help.guide",
  },
  keys: {
    title: "Keyboard Shortcuts",
    glyph: "keyboard",
    place: [{ beside: "objects", direction: "within" }],
    command: "help.keys",
  },
} as const satisfies Record<string, PaneDefinition>;

export type PaneKind = keyof typeof panes;

export function isPaneKind(kind: unknown): kind is PaneKind {
  return typeof kind === "string" && Object.hasOwn(panes, kind);
}

export function paneDefinition(kind: unknown): PaneDefinition | undefined {
  return isPaneKind(kind) ? panes[kind] : undefined;
}
