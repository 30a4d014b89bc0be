/** What the shell last said of the engine process; the status bar and the notices read it. */
import { create } from "zustand";
import type { EngineStatus } from "../../preload/contract";

export const useEngineStatus = create<{ status: EngineStatus }>(() => ({ status: { kind: "starting" } }));
