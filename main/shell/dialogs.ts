/** The file dialogs. The page suggests a name, never a place: where a file goes is what the user says here. */
import path from "node:path";
import type { FileFilter, OpenDialogOptions, SaveDialogOptions } from "electron";

export type SaveFormat = "debugview" | "text" | "csv" | "jsonl" | "irpTrace";

const saveFilters: Record<SaveFormat, FileFilter> = {
  debugview: { name: "DebugView log", extensions: ["log"] },
  text: { name: "Text", extensions: ["txt"] },
  csv: { name: "Comma-separated values", extensions: ["csv"] },
  jsonl: { name: "JSON lines", extensions: ["jsonl"] },
  irpTrace: { name: "JSON lines", extensions: ["jsonl"] },
};

const allFiles: FileFilter = { name: "All files", extensions: ["*"] };

export function saveOptions(suggestedName: string, format: SaveFormat, folder: string): SaveDialogOptions {
  return {
    title: format === "irpTrace" ? "Save IRP Trace" : "Save Log",
    defaultPath: path.join(folder, fileName(suggestedName)),
    filters: [saveFilters[format], allFiles],
  };
}

export function openDriverOptions(): OpenDialogOptions {
  return {
    title: "Choose a Driver",
    properties: ["openFile"],
    filters: [{ name: "Drivers", extensions: ["sys", "ts", "js"] }, allFiles],
  };
}

/** @param name of the driver: what is written goes into a folder of that name */
export function newDriverOptions(name: string, folder: string): OpenDialogOptions {
  return {
    title: `Choose where the Folder ${name} Is Made`,
    buttonLabel: "Make Driver Here",
    defaultPath: folder,
    properties: ["openDirectory", "createDirectory"],
  };
}

export function choosePrefixOptions(): OpenDialogOptions {
  // Prefixes are hidden folders as a rule: ~/.wine.
  return { title: "Choose a Wine Prefix", properties: ["openDirectory", "createDirectory", "showHiddenFiles"] };
}

export function chooseKeyFileOptions(): OpenDialogOptions {
  return { title: "Choose an Agent's Key File", properties: ["openFile", "showHiddenFiles"], filters: [allFiles] };
}

/** A file name without a folder, which every file system takes. */
export function fileName(suggested: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const name = suggested.replace(/[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\ud800-\udfff\u202a-\u202e\u2066-\u2069]/g, "_");
  const trimmed = name.replace(/^[. ]+|[. ]+$/g, "").slice(0, 120);
  return trimmed === "" ? "ntscope" : trimmed;
}
