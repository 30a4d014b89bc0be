/** What a driver threw, as it tells it, turned into sentences for whoever started it. */

const MAX_MESSAGE = 1000;
const MAX_FRAMES = 8;

export interface ThrownText {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** Of the framework's NtError. */
  readonly status: number | undefined;
  /** Number of an error that the host threw, where it is one. */
  readonly hostError: number | undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Reads what `describe` in the sandbox answered; anything at all may come. */
export function thrownText(json: string): ThrownText {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    value = undefined;
  }
  const status = field(value, "status");
  const hostError = field(value, "hostError");
  return {
    name: textOf(field(value, "name")).slice(0, MAX_MESSAGE) || "Error",
    message: textOf(field(value, "message")).slice(0, MAX_MESSAGE),
    stack: textOf(field(value, "stack")),
    status: typeof status === "number" ? status >>> 0 : undefined,
    hostError: typeof hostError === "number" ? hostError : undefined,
  };
}

interface Frame {
  readonly name: string | undefined;
  readonly line: string;
  readonly column: string | undefined;
}

function frameOf(line: string) {
  const [, name, source = "", row = "", column] = /^\s*at (?:(.*) \()?(.*?):(\d+)(?::(\d+))?\)?$/.exec(line) ?? [];
  return row === "" ? undefined : { name, source, row, column };
}

/** The frames of the driver's own file, innermost first. */
function framesIn(file: string, stack: string): Frame[] {
  return stack.split("\n").flatMap((line) => {
    const frame = frameOf(line);
    return frame?.source === file ? [{ name: frame.name, line: frame.row, column: frame.column }] : [];
  });
}

/** " (at read (x.ts:12), at dispatch (x.ts:40))": lines are those of the file, for removing types keeps them; columns are not. */
export function stackText(file: string, stack: string): string {
  const frames = framesIn(file, stack).map(({ name, line }) => `at ${name ?? "<anonymous>"} (${file}:${line})`);
  if (frames.length === 0) return "";
  const shown = frames.slice(0, MAX_FRAMES);
  return ` (${shown.join(", ")}${frames.length > MAX_FRAMES ? ", ..." : ""})`;
}

/** For an error of the file itself: "x.ts:3:14: unexpected token". */
export function placedText(file: string, { name, message, stack }: ThrownText): string {
  const [place] = framesIn(file, stack);
  const where = place === undefined ? file : [file, place.line, place.column].filter(Boolean).join(":");
  return `${where}: ${name === "SyntaxError" ? "" : `${name}: `}${message}`;
}

/**
 * For each call into the driver's file, innermost first, the line at which it stands: "x.ts:41"; "" where the stack does
 * not say.
 * @param isEntry whether a frame is the sandbox's, where the host calls into it
 */
export function placesIn(file: string, stack: string, isEntry: (name: string, source: string) => boolean): string[] {
  const places: string[] = [];
  let place = "";
  for (const line of stack.split("\n")) {
    const { name = "", source, row } = frameOf(line) ?? {};
    if (source === file) place ||= `${file}:${row}`;
    if (source === undefined || !isEntry(name, source)) continue;
    places.push(place);
    place = "";
  }
  return places;
}
