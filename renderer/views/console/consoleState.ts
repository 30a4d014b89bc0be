/**
 * The device console: open handles, and every request with its answer. It lives outside the pane, so that closing the pane
 * closes no handle and loses no answer.
 */
import { create } from "zustand";
import type { Access, IoResult, Result, StatusError } from "../../../preload/shared";
import { engine } from "../../engine/connection";

export interface OpenDevice {
  /** The machine's number. */
  handle: number;
  /** `h1`, as on the command line. */
  name: string;
  path: string;
  access: Access;
}

export interface ConsoleRow {
  id: number;
  /** Unix ms when it was asked. */
  time: number;
  handle: string;
  /** "open \\.\Example (rw)", "write 13 bytes"... */
  request: string;
  /** Undefined while the driver holds the request. */
  answer?: Result<IoResult>;
  /** Bytes that went out. */
  sent?: Uint8Array;
  /** Asks the driver to give the request up, and gives up waiting where it does not. */
  cancel?: () => void;
}

interface ConsoleState {
  handles: readonly OpenDevice[];
  selectedHandle: number | undefined;
  rows: readonly ConsoleRow[];
}

/** Rows kept: a console is for looking at, and each row may carry a buffer. */
const MOST_ROWS = 1000;

export const useConsole = create<ConsoleState>(() => ({ handles: [], selectedHandle: undefined, rows: [] }));

let nextRow = 1;
let nextName = 1;

/** Handles end with their engine or machine; what was answered stays. */
export function followConsole(): { dispose(): void } {
  const forget = () => useConsole.setState({ handles: [], selectedHandle: undefined });
  const gone = engine.onDidDisconnect(forget);
  const changed = engine.on("machine", (event) => {
    if (event.kind === "stateChanged") forget();
  });
  return {
    dispose() {
      gone.dispose();
      changed.dispose();
    },
  };
}

export async function openDevice(path: string, access: Access): Promise<boolean> {
  const name = `h${nextName}`;
  const { id, signal } = begin(name, `open ${path} (${access})`);
  const answer = await engine.call("devices.open", { path, access, overlapped: true }, { signal });
  if (!answer.ok) {
    finish(id, answer);
    return false;
  }
  nextName += 1;
  const { handle } = answer.value;
  useConsole.setState(({ handles }) => ({
    handles: [...handles, { handle, name, path, access }],
    selectedHandle: handle,
  }));
  // Last: the handle's form takes room from the answers, and the newest of them must still be seen.
  finish(id, { ok: true, value: answer.value.result });
  return true;
}

/** After a number: "1 byte", "2 bytes". */
export function bytesWord(count: number): string {
  return count === 1 ? "byte" : "bytes";
}

export async function writeDevice(device: OpenDevice, data: Uint8Array, offset: number | undefined): Promise<void> {
  const { id, signal } = begin(device.name, `write ${data.length} ${bytesWord(data.length)}${at(offset)}`, data);
  finish(id, await engine.call("devices.write", { handle: device.handle, data, ...position(offset) }, { signal }));
}

export async function readDevice(device: OpenDevice, length: number, offset: number | undefined): Promise<void> {
  const { id, signal } = begin(device.name, `read ${length} ${bytesWord(length)}${at(offset)}`);
  finish(id, await engine.call("devices.read", { handle: device.handle, length, ...position(offset) }, { signal }));
}

/** @param outputLength bytes of room for the answer */
export async function controlDevice(
  device: OpenDevice,
  code: number,
  input: Uint8Array,
  outputLength: number,
): Promise<void> {
  const hex = `0x${code.toString(16).toUpperCase().padStart(8, "0")}`;
  const { id, signal } = begin(device.name, `control ${hex}, ${input.length} ${bytesWord(input.length)}`, input);
  const params = { handle: device.handle, code, input, outputLength };
  finish(id, await engine.call("devices.control", params, { signal }));
}

export async function closeDevice(device: OpenDevice): Promise<void> {
  const { id } = begin(device.name, "close");
  const answer = await engine.call("devices.close", { handle: device.handle });
  finish(id, answer.ok ? { ok: true, value: closed } : answer);
  if (!answer.ok) return;
  useConsole.setState(({ handles }) => {
    const left = handles.filter((other) => other.handle !== device.handle);
    return { handles: left, selectedHandle: left.at(-1)?.handle };
  });
}

export function selectHandle(handle: number): void {
  useConsole.setState({ selectedHandle: handle });
}

export function clearConsole(): void {
  useConsole.setState(({ rows }) => ({ rows: rows.filter((row) => row.answer === undefined) }));
}

/** NtClose answers nothing but its status. */
const closed: IoResult = {
  status: { status: "0x00000000", name: "STATUS_SUCCESS", message: "The operation completed." },
  information: 0,
  duration: 0,
};

function position(offset: number | undefined): { offset?: number } {
  return offset === undefined ? {} : { offset };
}

function at(offset: number | undefined): string {
  return offset === undefined ? "" : ` at ${offset}`;
}

function begin(handle: string, request: string, sent?: Uint8Array): { id: number; signal: AbortSignal } {
  const controller = new AbortController();
  const id = nextRow;
  nextRow += 1;
  const row: ConsoleRow = {
    id,
    time: Date.now(),
    handle,
    request,
    cancel: () => controller.abort(),
    ...(sent ? { sent } : {}),
  };
  useConsole.setState(({ rows }) => ({ rows: [...rows, row].slice(-MOST_ROWS) }));
  return { id, signal: controller.signal };
}

function finish(id: number, answer: Result<IoResult>): void {
  useConsole.setState(({ rows }) => ({ rows: rows.map((row) => (row.id === id ? answered(row, answer) : row)) }));
}

function answered({ cancel: _, ...row }: ConsoleRow, answer: Result<IoResult>): ConsoleRow {
  return { ...row, answer };
}

/** The status of an answer, whichever way it came. */
export function statusOf(answer: Result<IoResult>): Pick<StatusError, "status" | "name" | "message"> {
  return answer.ok ? answer.value.status : answer.error;
}
