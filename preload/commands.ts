/**
 * The window's command table: one row a command, as data. It feeds the native menus, their accelerators, context
 * menus, the palette and the key list in the manual. What a command *does* is the page's (renderer/commands);
 * this file is read by both sides and imports nothing.
 *
 * Accelerators are WinObj's and DebugView's where those have one. Ctrl+W is DebugView's "Capture Win32", so no
 * menu uses Electron's `close` role; Ctrl+L is DebugView's filter dialog, so the path box takes Alt+D and F4.
 */

export interface CommandRow {
  title: string;
  /** Electron accelerator. */
  accelerator?: string;
  menu: "file" | "edit" | "view" | "object" | "capture" | "machine" | "tools" | "help" | "none";
  /** Starts a new group in its menu. */
  group?: true;
  kind?: "checkbox";
  /** Only there. */
  system?: "windows" | "other";
  /** Words the palette also finds it by. */
  keywords?: string;
}

export const commands = {
  "log.save": { title: "&Save Log...", accelerator: "CommandOrControl+S", menu: "file", keywords: "export csv" },
  "trace.save": { title: "Save &IRP Trace...", menu: "file", keywords: "export json" },
  "app.quit": { title: "E&xit", accelerator: "Alt+F4", menu: "file", group: true },

  "edit.copy": { title: "&Copy", accelerator: "CommandOrControl+C", menu: "edit" },
  "edit.copyPath": { title: "Copy Full &Path", accelerator: "CommandOrControl+Shift+C", menu: "edit" },
  "edit.selectAll": { title: "Select &All", accelerator: "CommandOrControl+A", menu: "edit" },
  "edit.find": { title: "&Find...", accelerator: "CommandOrControl+F", menu: "edit", group: true },
  "edit.findNext": { title: "Find &Next", accelerator: "F3", menu: "edit" },
  "edit.findPrevious": { title: "Find Pre&vious", accelerator: "Shift+F3", menu: "edit" },
  "edit.quickFilter": { title: "&Quick Filter", accelerator: "CommandOrControl+K", menu: "edit" },

  "view.refresh": { title: "&Refresh", accelerator: "F5", menu: "view" },
  "view.path": { title: "Go to &Path...", accelerator: "Alt+D", menu: "view", keywords: "address location" },
  "view.back": { title: "&Back", accelerator: "Alt+Left", menu: "view", group: true },
  "view.forward": { title: "&Forward", accelerator: "Alt+Right", menu: "view" },
  "view.up": { title: "&Up One Level", accelerator: "Alt+Up", menu: "view" },
  "view.columns": { title: "&Columns...", menu: "view", group: true },
  "view.objects": { title: "&Objects Pane", accelerator: "CommandOrControl+1", menu: "view", group: true },
  "view.log": { title: "&Log Pane", accelerator: "CommandOrControl+2", menu: "view" },
  "view.services": { title: "&Services Pane", accelerator: "CommandOrControl+3", menu: "view" },
  "view.console": { title: "&Device Console", accelerator: "CommandOrControl+4", menu: "view" },
  "view.debugFilter": { title: "Debug Print Filter &Masks", accelerator: "CommandOrControl+5", menu: "view" },
  "view.sources": {
    title: "Log Sources",
    accelerator: "CommandOrControl+6",
    menu: "view",
    keywords: "capture kd serial file dbwin etw",
  },
  "view.trace": {
    title: "IRP Trace",
    accelerator: "CommandOrControl+7",
    menu: "view",
    keywords: "requests irptrace swim lane stack",
  },
  "view.structure": {
    title: "Structures",
    accelerator: "CommandOrControl+8",
    menu: "view",
    keywords: "dt memory dump type address",
  },
  "view.pool": { title: "Pool Usage", accelerator: "CommandOrControl+9", menu: "view", keywords: "poolmon tags leak" },
  "view.threads": {
    title: "Threads",
    accelerator: "CommandOrControl+Shift+T",
    menu: "view",
    keywords: "wait graph deadlock mutex",
  },
  "view.handles": {
    title: "Handles",
    accelerator: "CommandOrControl+Shift+H",
    menu: "view",
    keywords: "processes open objects",
  },
  "view.nextPane": { title: "&Next Pane", accelerator: "F6", menu: "view" },
  "view.previousPane": { title: "Previous Pane", accelerator: "Shift+F6", menu: "view" },
  "view.closePane": { title: "Clos&e Pane", accelerator: "CommandOrControl+F4", menu: "view", keywords: "tab" },
  "view.resetLayout": { title: "Reset La&yout", menu: "view" },
  "view.themeSystem": {
    title: "Theme: Sys&tem",
    menu: "view",
    group: true,
    kind: "checkbox",
    keywords: "colour color",
  },
  "view.themeLight": { title: "Theme: Li&ght", menu: "view", kind: "checkbox" },
  "view.themeDark": { title: "Theme: Dar&k", menu: "view", kind: "checkbox" },
  "view.themeHighContrast": { title: "Theme: &High Contrast", menu: "view", kind: "checkbox" },
  "view.zoomIn": { title: "Zoom &In", accelerator: "CommandOrControl+=", menu: "view", group: true },
  "view.zoomOut": { title: "&Zoom Out", accelerator: "CommandOrControl+-", menu: "view" },
  "view.zoomReset": { title: "&Actual Size", accelerator: "CommandOrControl+0", menu: "view" },

  "object.properties": { title: "&Properties", accelerator: "Alt+Enter", menu: "object" },
  "object.openDevice": {
    title: "&Open Device",
    accelerator: "CommandOrControl+Enter",
    menu: "object",
    keywords: "createfile handle",
  },
  "object.linkTarget": { title: "Go to Link &Target", accelerator: "CommandOrControl+Right", menu: "object" },
  "object.structure": { title: "Sho&w Structure", menu: "object", keywords: "dt memory dump" },
  "object.find": { title: "&Find Object...", accelerator: "CommandOrControl+Shift+F", menu: "object", group: true },

  "service.create": {
    title: "&Create Service...",
    accelerator: "CommandOrControl+N",
    menu: "object",
    group: true,
    keywords: "sc create driver load",
  },
  "service.start": { title: "&Start Service", menu: "object", keywords: "sc start" },
  "service.stop": { title: "Stop Ser&vice", menu: "object", keywords: "sc stop unload" },
  "service.delete": { title: "&Delete Service", menu: "object", keywords: "sc delete" },

  "log.capture": {
    title: "&Capture Events",
    accelerator: "CommandOrControl+E",
    menu: "capture",
    kind: "checkbox",
    keywords: "pause",
  },
  "log.follow": {
    title: "&Auto Scroll",
    accelerator: "CommandOrControl+Shift+A",
    menu: "capture",
    kind: "checkbox",
    keywords: "follow tail end",
  },
  "log.clear": { title: "C&lear Display", accelerator: "CommandOrControl+X", menu: "capture", group: true },
  "log.clock": { title: "Cloc&k / Elapsed Time", accelerator: "CommandOrControl+T", menu: "capture" },
  "log.filter": { title: "&Filter/Highlight...", accelerator: "CommandOrControl+L", menu: "capture", group: true },
  "log.history": { title: "&History Depth...", accelerator: "CommandOrControl+H", menu: "capture" },
  "log.comment": { title: "Insert Co&mment...", menu: "capture" },
  "log.mark": { title: "Toggle &Bookmark", accelerator: "CommandOrControl+F2", menu: "capture", group: true },
  "log.nextMark": { title: "Next Bookmark", accelerator: "F2", menu: "capture" },
  "log.previousMark": { title: "Previous Bookmark", accelerator: "Shift+F2", menu: "capture" },

  "log.showIrp": { title: "Show I&RP", menu: "none", keywords: "trace request" },
  "trace.record": { title: "Record IRPs", menu: "capture", group: true, kind: "checkbox", keywords: "trace pause" },
  "trace.clear": { title: "Clear IRP Trace", menu: "capture" },
  "trace.showInLog": { title: "Show in &Log", menu: "none", keywords: "trace print" },
  "trace.showStructure": { title: "Show &IRP Structure", menu: "none", keywords: "dt memory" },
  "trace.onlyDevice": { title: "Only This &Device", menu: "none", keywords: "filter trace" },
  "trace.onlyProcess": { title: "Only This &Process", menu: "none", keywords: "filter trace" },
  "trace.onlyFunction": { title: "Only This &Function", menu: "none", keywords: "filter trace" },
  "trace.onlyStatus": { title: "Only This &Status", menu: "none", keywords: "filter trace" },
  "trace.allRows": { title: "Show &All IRPs", menu: "none", keywords: "filter trace reset" },

  "log.includeText": { title: "&Include Lines With This", menu: "none", keywords: "filter only" },
  "log.excludeText": { title: "&Exclude Lines With This", menu: "none", keywords: "filter hide" },
  "log.highlightText": { title: "&Highlight Lines With This", menu: "none", keywords: "filter colour color" },
  "log.includeProcess": { title: "Include This &Process", menu: "none", keywords: "filter only track" },
  "log.excludeProcess": { title: "Exclude This P&rocess", menu: "none", keywords: "filter hide" },
  "log.resetFilter": { title: "&Reset Filter", menu: "capture", keywords: "clear filters show all" },

  "machine.model": { title: "&Model Kernel", menu: "machine", keywords: "open new tab attach" },
  "machine.local": {
    title: "&This Computer",
    menu: "machine",
    system: "windows",
    keywords: "open new tab attach local windows",
  },
  "machine.wine": {
    title: "&Wine Prefix...",
    menu: "machine",
    system: "other",
    keywords: "open new tab attach windows",
  },
  "machine.agent": { title: "&Agent...", menu: "machine", keywords: "open new tab attach remote pairing connect" },
  "machine.reconnect": { title: "&Reconnect", menu: "machine", group: true, keywords: "attach retry" },
  "machine.restart": { title: "Re&start Model Kernel", menu: "machine", keywords: "reboot bugcheck" },
  "machine.pauseClock": {
    title: "Pause Cloc&k",
    accelerator: "F8",
    menu: "machine",
    group: true,
    keywords: "stop break time threads",
  },
  "machine.runClock": { title: "R&un Clock", accelerator: "F9", menu: "machine", keywords: "go continue resume time" },
  "machine.step": { title: "Step", accelerator: "F10", menu: "machine", keywords: "clock next thread timer" },
  "engine.restart": { title: "Restart &Engine", menu: "machine", keywords: "hung crash stop" },
  "program.run": {
    title: "Run Pr&ogram...",
    menu: "machine",
    group: true,
    keywords: "usedriver2 usedriver3 process start exe console",
  },
  "machine.next": { title: "&Next Machine", accelerator: "Control+Tab", menu: "machine", group: true, keywords: "tab" },
  "machine.previous": {
    title: "&Previous Machine",
    accelerator: "Control+Shift+Tab",
    menu: "machine",
    keywords: "tab",
  },
  "machine.close": {
    title: "&Close Machine",
    accelerator: "CommandOrControl+Shift+W",
    menu: "machine",
    group: true,
    keywords: "tab detach disconnect",
  },

  "tools.palette": { title: "&Command Palette...", accelerator: "CommandOrControl+Shift+P", menu: "tools" },
  "help.guide": { title: "&Getting Started", accelerator: "F1", menu: "help" },
  "help.keys": { title: "&Keyboard Shortcuts", menu: "help" },
  "help.logFolder": { title: "Open Log &Folder", menu: "help", group: true },
  "help.about": { title: "&About NtScope", menu: "help", group: true },
} as const satisfies Record<string, CommandRow>;

export type CommandId = keyof typeof commands;
