// Answers as the lines that two machines are compared by. What differs between runs of one machine is left out: times,
// addresses, numbers of handles.
import type { IoResult, OpenedHandle, Resolution, ServiceInfo } from "../../main/machine/machine";
import type { Result } from "../../main/machine/result";

/** The name of the error, or what `text` makes of the value. */
export function resultText<T>(result: Result<T>, text: (value: T) => string): string {
  return result.ok ? text(result.value) : result.error.name;
}

export function openText(result: Result<OpenedHandle>): string {
  return resultText(result, ({ grantedAccess, result: { status } }) => `${status.name}: ${grantedAccess.join(" ")}`);
}

export function ioText(result: Result<IoResult>): string {
  return resultText(result, ({ status, information, data }) =>
    [status.name, information, ...(data === undefined ? [] : [bytesText(data)])].join(" ").trimEnd(),
  );
}

export function serviceText(result: Result<ServiceInfo>): string {
  return resultText(result, ({ state, exitCode }) => `${state}, exit code ${exitCode}`);
}

/** Each hop's component with what it is and where a link leads; then what the whole led to. */
export function resolutionText(result: Result<Resolution>): string {
  return resultText(result, ({ hops, status, reached }) => {
    const steps = hops.map(({ component, type, linkTarget, status: { name } }) => {
      const found = type === undefined ? name : type;
      return `${component}: ${linkTarget === undefined ? found : `${found} -> ${linkTarget}`}`;
    });
    return [...foldRepeats(steps), reached === undefined ? status.name : `${reached.path} (${reached.type})`].join(
      "; ",
    );
  });
}

/** A link in a circle makes the same two steps again and again. */
function foldRepeats(steps: readonly string[]): string[] {
  const pairs = steps.length / 2;
  const isCircle = pairs > 2 && steps.every((step, index) => step === steps[index % 2]);
  return isCircle ? [...steps.slice(0, 2), `${pairs} times`] : [...steps];
}

const LONGEST = 24;

/** In hex; long ones by their length, first byte and whether all are the same. */
export function bytesText(bytes: Uint8Array): string {
  if (bytes.length <= LONGEST) return Buffer.from(bytes).toString("hex");
  const first = bytes[0] ?? 0;
  const isUniform = bytes.every((byte) => byte === first);
  return `${bytes.length} bytes ${isUniform ? `of ${first.toString(16)}` : "of several kinds"}`;
}

/** A driver's text with its control characters spelled out. */
export function printedText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\x00-\x1f\x7f-\uffff]/g, (unit) => `<${unit.charCodeAt(0).toString(16)}>`);
}
