/** What draws each pane of frame/panes.ts. Those that a first look does not need are fetched when they are first shown. */
import { type ComponentType, lazy } from "react";
import { ObjectsPane } from "../views/objects/ObjectsPane";
import { TreePane } from "../views/objects/TreePane";
import { afterFirstLook } from "./afterFirstLook";
import type { PaneProps } from "./paneDefinition";
import type { PaneKind } from "./panes";

const PropertiesPane = lazy(() => import("../views/properties/PropertiesPane"));
const FindPane = lazy(() => import("../views/find/FindPane"));
const LogPane = lazy(() => afterFirstLook().then(() => import("../views/log/LogPane")));
const ServicesPane = lazy(() => import("../views/services/ServicesPane"));
const ConsolePane = lazy(() => import("../views/console/ConsolePane"));
const ProgramPane = lazy(() => import("../views/programs/ProgramPane"));
const DebugFilterPane = lazy(() => import("../views/debugFilter/DebugFilterPane"));
const SourcesPane = lazy(() => import("../views/sources/SourcesPane"));
const TracePane = lazy(() => import("../views/trace/TracePane"));
const StructurePane = lazy(() => import("../views/structure/StructurePane"));
const PoolPane = lazy(() => import("../views/pool/PoolPane"));
const ThreadsPane = lazy(() => import("../views/threads/ThreadsPane"));
const HandlesPane = lazy(() => import("../views/handles/HandlesPane"));
const GuidePane = lazy(() => import("../views/guide/GuidePane"));
const KeysPane = lazy(() => import("../views/keys/KeysPane"));

export const paneComponents: Record<PaneKind, ComponentType<PaneProps>> = {
  tree: TreePane,
  objects: ObjectsPane,
  properties: PropertiesPane,
  find: FindPane,
  log: LogPane,
  services: ServicesPane,
  console: ConsolePane,
  program: ProgramPane,
  debugFilter: DebugFilterPane,
  sources: SourcesPane,
  trace: TracePane,
  structure: StructurePane,
  pool: PoolPane,
  threads: ThreadsPane,
  handles: HandlesPane,
  guide: GuidePane,
  keys: KeysPane,
};
