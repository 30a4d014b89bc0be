/** The window's own 16 px line glyphs for buttons and marks. They take the colour of the text around them. */
import type { ReactNode } from "react";

const glyphs = {
  back: "M10 3 5 8l5 5",
  forward: "m6 3 5 5-5 5",
  up: "M3 9.5 8 4.5l5 5M8 5v8",
  down: "M3 6.5 8 11.5l5-5M8 11V3",
  refresh: "M13 8a5 5 0 1 1-1.5-3.6M13 2v3h-3",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5 14 14",
  filter: "M2.5 3.5h11L9.5 8.5V13l-3-1.5v-3Z",
  close: "m4 4 8 8M12 4l-8 8",
  chevronRight: "m6 3.5 4.5 4.5L6 12.5",
  chevronDown: "M3.5 6 8 10.5 12.5 6",
  sortUp: "m4.5 9.5 3.5-4 3.5 4",
  sortDown: "m4.5 6.5 3.5 4 3.5-4",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  copy: "M5.5 5.5h8v8h-8ZM3 10.5h-.5v-8h8V3",
  play: "M4.5 3v10l8-5Z",
  stop: "M4 4h8v8H4Z",
  record: "M8 12.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Z",
  pause: "M5 3.5v9M11 3.5v9",
  plus: "M8 3v10M3 8h10",
  trash: "M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.7 9h5.6l.7-9M7 7v4M9 7v4",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.2v4M8 4.8v.01",
  warning: "M8 2.5 14.5 13.5h-13ZM8 6.5v3.5M8 11.8v.01",
  error: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm-2-8 4 4m0-4-4 4",
  good: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.2 8.2l2 2 3.6-4.2",
  link: "M3 12 12 3M6 3h6v6",
  door: "M4 13.5v-11h6v11M2 13.5h12M8 8v.01M10 4h2.5v9.5",
  tree: "M2.5 3h5M4 3v9.5h3M4 8h3M9 8h4.5M9 12.5h4.5",
  list: "M2.5 4h11M2.5 8h11M2.5 12h11",
  properties: "M3 2.5h10v11H3ZM5.5 5.5h5M5.5 8h5M5.5 10.5h3",
  log: "M2.5 3.5h11v9h-11ZM5 6.5 6.5 8 5 9.5M8 9.5h3",
  services:
    "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM8 2v2M8 12v2M2 8h2M12 8h2M3.8 3.8l1.4 1.4M10.8 10.8l1.4 1.4M12.2 3.8l-1.4 1.4M5.2 10.8l-1.4 1.4",
  console: "M2.5 3h11v10h-11ZM5 6l2 2-2 2M8.5 10.5H11",
  mask: "M2.5 4.5h7M12.5 4.5h1M2.5 11.5h1M6.5 11.5h7M11 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM5 13a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z",
  guide: "M8 4c-1.5-1-3.3-1.3-5.5-1.3v9.6c2.2 0 4 .3 5.5 1.3 1.5-1 3.3-1.3 5.5-1.3V2.7C11.3 2.7 9.5 3 8 4Zm0 0v9.5",
  keyboard: "M1.5 4.5h13v7h-13ZM4 7h.01M6.5 7h.01M9 7h.01M11.5 7h.01M5 9.5h6",
  machine: "M2.5 3h11v7.5h-11ZM6 13.5h4M8 10.5v3",
  sources: "M3 3.5h3M3 8h3M3 12.5h3M6 3.5c3 0 2 4.5 5 4.5M6 12.5c3 0 2-4.5 5-4.5M6 8h7.5M11.5 6l2 2-2 2",
  trace: "M3.5 2v12M12.5 2v12M3.5 5h8M9.5 3l2 2-2 2M12.5 10.5h-8M6.5 8.5l-2 2 2 2",
  structure: "M2.5 2.5h11v11h-11ZM2.5 6h11M2.5 9.7h11M6.5 6v7.5",
  pool: "M2.5 13.5V9h3v4.5M6.5 13.5v-11h3v11M10.5 13.5V6h3v7.5",
  threads: "M3 4.5h4M9 11.5h4M7 4.5c3 0 0 7 2 7M2 4.5h1M13 4.5h.01M11 2.5l2 2-2 2M5 9.5l-2 2 2 2",
  handles: "M6 6.5a3 3 0 1 1 3.5 3L8 8M9 8.5l-6 5v-2.5M3 13.5h2.5",
  step: "M3 3v10l6-5ZM12 3v10",
  bookmark: "M4.5 2.5h7v11L8 10.5l-3.5 3Z",
  save: "M2.5 2.5h9l2 2v9h-11ZM5 2.5v3.5h5V2.5M5 13.5v-4h6v4",
  command: "M2.5 4.5 6 8l-3.5 3.5M8 12h5.5",
} as const;

export type GlyphName = keyof typeof glyphs;

export function Glyph({ name }: { name: GlyphName }): ReactNode {
  return (
    <svg className="glyph" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={glyphs[name]} />
    </svg>
  );
}
