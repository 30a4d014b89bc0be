/** Settings kept between starts, in one JSON file that the main process owns. Types only; the schema is main/shell's. */
import type { LogRule } from "../main/log/logRule";

export type Theme = "system" | "light" | "dark" | "highContrast";
export type ClockMode = "clock" | "clockMs" | "elapsed" | "delta";

export interface ColumnLayout {
  order: string[];
  hidden: string[];
  widths: Record<string, number>;
}

export type RecentMachine =
  /** Without `prefix`, NtScope's own. */
  { kind: "wine"; prefix?: string } | { kind: "agent"; address: string; keyFile?: string };

export interface Settings {
  theme: Theme;
  /** Zoom factor, 0.5 to 3. */
  zoom: number;
  /** Docking layout as the docking library serialises it; null for the default layout. */
  layout: unknown;
  columns: Record<string, ColumnLayout>;
  sort: Record<string, { column: string; descending: boolean }>;
  lastPath: string;
  clock: ClockMode;
  follow: boolean;
  historyLines: number;
  logRules: LogRule[];
  /** False until the newcomer's guide was finished or dismissed. */
  guideDone: boolean;
  pathHistory: string[];
  /** Newest first. Never a key: an agent's stands in its own file, or is pasted anew. */
  recentMachines: RecentMachine[];
}
