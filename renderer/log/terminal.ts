/**
 * The only file that touches xterm. The log draws its visible rows into a terminal without scrollback: the engine's
 * store owns the lines, the terminal is a window of rows onto it. Nothing typed reaches it, and what is written to it
 * comes from rowPainter.ts alone, which lets no control character of a driver through.
 */
import { FitAddon } from "@xterm/addon-fit";
import { type ITheme, Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";

export type TerminalTheme = ITheme;

export interface TerminalSize {
  rows: number;
  columns: number;
  /** CSS pixels of one cell, for headers and pointers that must meet the columns. */
  cellWidth: number;
  cellHeight: number;
}

export interface TerminalStyle {
  fontFamily: string;
  fontSize: number;
  theme: TerminalTheme;
  screenReader: boolean;
}

/** No wrap-around (a long line is cut at the edge), cursor hidden: once at the start. */
const PREPARE = "\x1b[?7l\x1b[?25l";

export class LogTerminal {
  private readonly terminal: Terminal;
  private readonly fit = new FitAddon();
  private readonly observer: ResizeObserver;

  constructor(
    private readonly element: HTMLElement,
    style: TerminalStyle,
    private readonly onResize: (size: TerminalSize) => void,
  ) {
    this.terminal = new Terminal({
      scrollback: 0,
      disableStdin: true,
      cursorInactiveStyle: "none",
      minimumContrastRatio: 4.5,
      lineHeight: 1.2,
      fontFamily: style.fontFamily,
      fontSize: style.fontSize,
      theme: style.theme,
      screenReaderMode: style.screenReader,
    });
    this.terminal.loadAddon(this.fit);
    this.terminal.open(element);
    // The page's key map serves the log; xterm would swallow arrows and function keys.
    this.terminal.attachCustomKeyEventHandler(() => false);
    this.terminal.attachCustomWheelEventHandler(() => false);
    this.terminal.write(PREPARE);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(element);
    // xterm gives its screen the new size only when it draws: until then a cell's size is not known.
    const screen = element.querySelector(".xterm-screen");
    if (screen !== null) {
      this.observer.observe(screen);
    }
    this.resize();
  }

  setStyle(style: TerminalStyle): void {
    this.terminal.options.fontFamily = style.fontFamily;
    this.terminal.options.fontSize = style.fontSize;
    this.terminal.options.theme = style.theme;
    this.terminal.options.screenReaderMode = style.screenReader;
    this.resize();
  }

  /** Draws all rows at once; lines beyond the given ones are cleared. Lines are painted text: SGR codes and plain characters. */
  draw(lines: readonly string[]): void {
    let output = "";
    for (let row = 0; row < this.terminal.rows; row += 1) {
      output += `\x1b[${row + 1};1H\x1b[0m${lines[row] ?? ""}\x1b[0m\x1b[K`;
    }
    this.terminal.write(output);
  }

  /** What the pointer has marked inside the visible rows, for "filter by the selected text". */
  selectedText(): string {
    return this.terminal.getSelection();
  }

  clearSelection(): void {
    this.terminal.clearSelection();
  }

  dispose(): void {
    this.observer.disconnect();
    this.terminal.dispose();
  }

  private resize(): void {
    if (this.element.clientWidth === 0 || this.element.clientHeight === 0) {
      return;
    }
    this.fit.fit();
    const screen = this.element.querySelector(".xterm-screen");
    const box = screen?.getBoundingClientRect();
    const { rows, cols } = this.terminal;
    this.onResize({
      rows,
      columns: cols,
      cellWidth: box ? box.width / cols : 0,
      cellHeight: box ? box.height / rows : 0,
    });
  }
}
