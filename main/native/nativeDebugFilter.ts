/**
 * The debug print masks of the running kernel, bit by bit (NtQueryDebugFilterState), and those it boots with, which lie in
 * the registry. Source: WDK "Reading and Filtering Debugging Messages"; ReactOS for what the calls answer.
 */
import {
  DPFLTR_WIN2000_ID,
  debugPrintComponentName,
  debugPrintComponents,
} from "../../native-bindings/abi/debugPrintComponents";
import {
  STATUS_ACCESS_DENIED,
  STATUS_NOT_IMPLEMENTED,
  STATUS_PRIVILEGE_NOT_HELD,
} from "../../native-bindings/abi/ntstatus/codes";
import { NT_SUCCESS } from "../../native-bindings/abi/ntstatus/ntStatus";
import { ERROR_ACCESS_DENIED } from "../../native-bindings/abi/win32/codes";
import { RegGetValueW, RegSetKeyValueW } from "../../native-bindings/koffi/advapi32";
import { NtQueryDebugFilterState, NtSetDebugFilterState } from "../../native-bindings/koffi/ntdll";
import type { DebugFilterComponent } from "../machine/machine";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import { failNt } from "../machine/statusText";
import { enableDebugPrivilege } from "./processToken";
import { win32Failure } from "./win32Failure";

/** What asks and changes; tests hand in their own. */
export interface DebugFilterCalls {
  /** 1 or 0, or an NTSTATUS. */
  query(component: number, level: number): number;
  set(component: number, level: number, on: boolean): number;
  enablePrivilege(): number;
  /** Undefined where the registry has none. */
  bootMask(name: string): number | undefined;
  /** A Win32 error, 0 for success. */
  setBootMask(name: string, mask: number): number;
}

const HKEY_LOCAL_MACHINE = 0xffff_ffff_8000_0002n;
const KEY = "SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Debug Print Filter";
const RRF_RT_REG_DWORD = 0x10;
const REG_DWORD = 4;
const STATUS_INVALID_PARAMETER_1 = 0xc00000ef;
const LEVELS = 32;
/** Ms that an answer is good for: it takes 5,000 calls, and the log asks after each request to a driver. */
const KEPT = 1_000;

const privilege =
  'Changing a mask needs SeDebugPrivilege, which only an elevated process has: start NtScope with "Run as administrator".';

function wide(text: string): Buffer {
  return Buffer.from(`${text}\0`, "utf16le");
}

/** Wine's ntdll lacks the first, and a call of what is not there throws. */
function statusOf(call: () => number): number {
  try {
    return call() >>> 0;
  } catch {
    return STATUS_NOT_IMPLEMENTED;
  }
}

export const windowsDebugFilterCalls: DebugFilterCalls = {
  query: (component, level) => statusOf(() => NtQueryDebugFilterState(component, level)),
  set: (component, level, on) => statusOf(() => NtSetDebugFilterState(component, level, Number(on))),
  enablePrivilege: enableDebugPrivilege,
  bootMask(name) {
    const data = Buffer.alloc(4);
    const size = Buffer.from([4, 0, 0, 0]);
    const code = RegGetValueW(HKEY_LOCAL_MACHINE, wide(KEY), wide(name), RRF_RT_REG_DWORD, null, data, size);
    return code === 0 ? data.readUInt32LE() : undefined;
  },
  setBootMask(name, mask) {
    const data = Buffer.alloc(4);
    data.writeUInt32LE(mask);
    return RegSetKeyValueW(HKEY_LOCAL_MACHINE, wide(KEY), wide(name), REG_DWORD, data, data.length);
  },
};

const components = [DPFLTR_WIN2000_ID, ...debugPrintComponents.values.map(({ value }) => value)];

export class NativeDebugFilter {
  #last: { time: number; answer: Result<DebugFilterComponent[]> } | undefined;

  constructor(private readonly calls: DebugFilterCalls = windowsDebugFilterCalls) {}

  /** Whether the system answers at all: Wine does not. */
  get isThere(): boolean {
    return this.calls.query(DPFLTR_WIN2000_ID, 0) <= 1;
  }

  /**
   * The system answers whether a message would pass, so WIN2000's bits are in every mask. What was held back is counted
   * by nobody: 0. Components that this version of Windows does not have are left out.
   */
  read(): Result<DebugFilterComponent[]> {
    const now = performance.now();
    if (this.#last !== undefined && now - this.#last.time < KEPT) return this.#last.answer;
    const answer = this.#read();
    this.#last = { time: now, answer };
    return answer;
  }

  #read(): Result<DebugFilterComponent[]> {
    const read: DebugFilterComponent[] = [];
    for (const id of components) {
      const mask = this.#mask(id);
      if (typeof mask !== "number") {
        if (mask.error.code === STATUS_INVALID_PARAMETER_1) continue;
        return mask;
      }
      const name = debugPrintComponentName(id);
      const bootMask = this.calls.bootMask(name);
      read.push({ id, name, mask, dropped: 0, ...(bootMask === undefined ? {} : { bootMask }) });
    }
    return ok(read);
  }

  #mask(component: number): number | ReturnType<typeof failNt> {
    let mask = 0;
    for (let level = 0; level < LEVELS; level++) {
      const answer = this.calls.query(component, level);
      if (answer > 1) return failNt(answer, "This system does not tell its debug print masks.");
      mask |= answer << level;
    }
    return mask >>> 0;
  }

  /** `level`: 0 to 31, or a mask of at least 32, as DbgPrintEx takes it. */
  set(component: number, level: number, on: boolean): Result<void> {
    const refused = checked(component, level);
    if (refused !== undefined) return refused;
    // Wine answers success to the change and makes none.
    const known = this.#mask(component);
    if (typeof known !== "number") return known;
    this.#last = undefined;
    const enabled = this.calls.enablePrivilege();
    if (enabled === STATUS_PRIVILEGE_NOT_HELD) return failNt(enabled, privilege);
    const status = this.calls.set(component, level, on);
    if (NT_SUCCESS(status)) return ok(undefined);
    return failNt(status, status === STATUS_ACCESS_DENIED ? privilege : undefined);
  }

  setBoot(component: number, mask: number): Result<void> {
    const refused = checked(component, mask);
    if (refused !== undefined) return refused;
    this.#last = undefined;
    const code = this.calls.setBootMask(debugPrintComponentName(component), mask);
    if (code === 0) return ok(undefined);
    const isDenied = code === ERROR_ACCESS_DENIED;
    return win32Failure(
      code,
      isDenied ? 'Only administrators may: start NtScope with "Run as administrator".' : undefined,
    );
  }
}

function checked(component: number, value: number): ReturnType<typeof fail> | undefined {
  if (!components.includes(component)) {
    return fail(ntscopeError("bad-component", `There is no debug print component ${component}.`));
  }
  if (Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff) return undefined;
  return fail(ntscopeError("bad-level", `A level is 0 to 31, or a mask up to 0xFFFFFFFF; ${value} is not.`));
}
