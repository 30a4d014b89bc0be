/** All panes, one row each. Those that a first look does not need are fetched when they are first shown. */
import { lazy } from "react";
import { ObjectsPane } from "../views/objects/ObjectsPane";
import { TreePane } from "../views/objects/TreePane";
import type { PaneDefinition } from "./paneDefinition";

const PropertiesPane = lazy(() => import("../views/properties/PropertiesPane"));
const FindPane = lazy(() => import("../views/find/FindPane"));
const LogPane = lazy(() => import("../views/log/LogPane"));
const ServicesPane = lazy(() => import("../views/services/ServicesPane"));
const ConsolePane = lazy(() => import("../views/console/ConsolePane"));
const DebugFilterPane = lazy(() => import("../views/debugFilter/DebugFilterPane"));
const GuidePane = lazy(() => import("../views/guide/GuidePane"));
const KeysPane = lazy(() => import("../views/keys/KeysPane"));

export const panes = {
  tree: {
    title: "Namespace",
    glyph: "tree",
    component: TreePane,
    place: [{ beside: "objects", direction: "left", width: 260 }],
    isPermanent: true,
  },
  objects: {
    title: "Objects",
    glyph: "list",
    component: ObjectsPane,
    place: [{ beside: "tree", direction: "right" }],
    command: "view.objects",
    isPermanent: true,
  },
  properties: {
    title: "Properties",
    glyph: "properties",
    component: PropertiesPane,
    place: [
      { beside: "properties", direction: "within" },
      { beside: "guide", direction: "within" },
      { beside: "objects", direction: "right", width: 400 },
    ],
  },
  find: {
    title: "Find Object",
    glyph: "search",
    component: FindPane,
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 240 },
    ],
    command: "object.find",
  },
  log: {
    title: "Log",
    glyph: "log",
    component: LogPane,
    place: [{ beside: "objects", direction: "below", height: 280 }],
    command: "view.log",
    isPermanent: true,
  },
  services: {
    title: "Services",
    glyph: "services",
    component: ServicesPane,
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 280 },
    ],
    command: "view.services",
  },
  console: {
    title: "Device Console",
    glyph: "console",
    component: ConsolePane,
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 280 },
    ],
    command: "view.console",
  },
  debugFilter: {
    title: "Debug Print Filter",
    glyph: "mask",
    component: DebugFilterPane,
    place: [
      { beside: "log", direction: "within" },
      { beside: "objects", direction: "below", height: 280 },
    ],
    command: "view.debugFilter",
  },
  guide: {
    title: "Getting Started",
    glyph: "guide",
    component: GuidePane,
    place: [
      { beside: "properties", direction: "within" },
      { beside: "objects", direction: "right", width: 360 },
    ],
    command: "help.guide",
  },
  keys: {
    title: "Keyboard Shortcuts",
    glyph: "keyboard",
    component: KeysPane,
    place: [{ beside: "objects", direction: "within" }],
    command: "help.keys",
  },
} as const satisfies Record<string, PaneDefinition>;

export type PaneKind = keyof typeof panes;

export function paneDefinition(kind: string): PaneDefinition | undefined {
  return Object.hasOwn(panes, kind) ? panes[kind as PaneKind] : undefined;
}
