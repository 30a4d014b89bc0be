/** Starts the page: theme before anything is drawn, settings before the layout is built, then the window. */
import { createRoot } from "react-dom/client";
import { ROOT_PATH } from "../preload/shared";
import "./styles/tokens.css";
import "./styles/base.css";
import { App } from "./app";
import { startKeyboard } from "./commands/keyboard";
import { startMenuState } from "./commands/menuState";
import { startEngineConnection } from "./engine/connection";
import { followLog } from "./engine/logState";
import { followMachine } from "./engine/machineState";
import { isFirstPage } from "./engine/realm";
import { provideWindowCommands } from "./frame/windowCommands";
import { loadSettings, useSettings } from "./settings/settings";
import { followTheme } from "./settings/theme";
import { followMachineTabs } from "./views/machines/machineTabs";
import { followObjects, startAt } from "./views/objects/objectsListing";
import { followTree } from "./views/objects/treeStore";
import { followClock } from "./views/threads/clockState";

async function start(): Promise<void> {
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no #root");
  // The engine's answers come while the rest is being built.
  void startEngineConnection();
  followTree();
  followTheme();
  await loadSettings();
  provideWindowCommands();
  followMachine();
  followClock();
  followLog();
  // A further machine may have no such place.
  startAt(isFirstPage() ? useSettings.getState().lastPath : ROOT_PATH);
  followObjects();
  startKeyboard();
  createRoot(root).render(<App />);
  startMenuState();
  if (isFirstPage()) followMachineTabs();
}

void start();
