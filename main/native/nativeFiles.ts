/** Opening, reading, writing, controlling and closing by the system calls themselves, through asynchronous handles. */
import { decodeAccess, genericMappingOf, mapGenericAccess, READ_CONTROL } from "../../native-bindings/abi/access";
import {
  FILE_NON_DIRECTORY_FILE,
  FILE_OPEN,
  FILE_SHARE_READ,
  FILE_SHARE_WRITE,
} from "../../native-bindings/abi/createOptions";
import { FILE_DEVICE_FILE_SYSTEM } from "../../native-bindings/abi/deviceTypes";
import {
  IRP_MJ_CREATE,
  IRP_MJ_DEVICE_CONTROL,
  IRP_MJ_FILE_SYSTEM_CONTROL,
  IRP_MJ_READ,
  IRP_MJ_WRITE,
  majorFunctionName,
} from "../../native-bindings/abi/irpFunctions";
import { STATUS_ACCESS_DENIED, STATUS_INVALID_HANDLE } from "../../native-bindings/abi/ntstatus/codes";
import { NT_ERROR, NT_SUCCESS } from "../../native-bindings/abi/ntstatus/ntStatus";
import { OBJ_CASE_INSENSITIVE } from "../../native-bindings/abi/objectAttributes";
import { objectAttributes } from "../../native-bindings/koffi/nativeStrings";
import { NtClose } from "../../native-bindings/koffi/ntdll";
import { parseUserPath } from "../machine/dosPath";
import type {
  ControlRequest,
  HandleInfo,
  IoResult,
  OpenedHandle,
  OpenRequest,
  PendingRequest,
} from "../machine/machine";
import { fail, ntscopeError, ok, type Result } from "../machine/result";
import { failNt, ntStatusText } from "../machine/statusText";
import { accessMasks, badAccess, badLength, badOffset, isLength, isOffset } from "../machine/transferRules";
import type { DeviceCall } from "./deviceFunctions";
import { FilePosition } from "./filePosition";
import { NativeRequests, type Outcome } from "./nativeRequests";
import { windowsRequestCalls } from "./windowsRequestCalls";

interface OpenFile {
  readonly handle: bigint;
  readonly ntPath: string;
  readonly access: string[];
  readonly position: FilePosition;
}

const badCode = fail(ntscopeError("bad-code", "A control code is a whole number of 32 bits, such as 0x222000."));

export class NativeFiles {
  /** By the port's number, which is never used again: NT's own are, at once. */
  readonly #open = new Map<number, OpenFile>();
  readonly #requests: NativeRequests;
  #next = 1;

  constructor(
    private readonly call: DeviceCall,
    onPending: (pending: PendingRequest[]) => void,
  ) {
    this.#requests = new NativeRequests(windowsRequestCalls, onPending);
  }

  async open({ path, access }: OpenRequest, signal?: AbortSignal): Promise<Result<OpenedHandle>> {
    const parsed = parseUserPath(path);
    if (!parsed.ok) return parsed;
    const { ntPath } = parsed.value;
    const mask = accessMasks[access];
    if (mask === undefined) return badAccess;
    const opened = await this.#create(ntPath, mask, signal);
    if (!opened.ok) return opened;
    const { handle, outcome } = opened.value;
    if (!NT_SUCCESS(outcome.status)) return failNt(outcome.status);
    const file = { handle, ntPath, access: grantedAccess(mask), position: new FilePosition(ntPath) };
    const number = this.#next;
    this.#next += 1;
    this.#open.set(number, file);
    return ok({ handle: number, path, ntPath, grantedAccess: file.access, result: ioResult(outcome) });
  }

  /**
   * Opens for attributes and, where that is allowed, security, and closes again: what an explorer's Properties does to a
   * device. The driver sees one IRP_MJ_CREATE: who may not read the security is refused before it.
   */
  async probe<T>(
    ntPath: string,
    whileOpen: (handle: bigint) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<Result<{ result: IoResult; value: T }>> {
    let opened = await this.#create(ntPath, accessMasks["0"] | READ_CONTROL, signal);
    if (opened.ok && opened.value.outcome.status === STATUS_ACCESS_DENIED) {
      opened = await this.#create(ntPath, accessMasks["0"], signal);
    }
    if (!opened.ok) return opened;
    const { handle, outcome } = opened.value;
    if (!NT_SUCCESS(outcome.status)) return failNt(outcome.status);
    try {
      return ok({ result: ioResult(outcome), value: await whileOpen(handle) });
    } finally {
      await this.call("NtClose", handle);
    }
  }

  async #create(
    ntPath: string,
    access: number,
    signal: AbortSignal | undefined,
  ): Promise<Result<{ handle: bigint; outcome: Outcome }>> {
    const handle = Buffer.alloc(8);
    const name = objectAttributes(ntPath, OBJ_CASE_INSENSITIVE);
    const share = FILE_SHARE_READ | FILE_SHARE_WRITE;
    const { call } = this;
    const outcome = await this.#requests.run(
      {
        operation: majorFunctionName(IRP_MJ_CREATE),
        device: ntPath,
        handle: undefined,
        async issue(ioStatus) {
          const parameters = [handle, access, name.bytes, ioStatus, null, 0, share] as const;
          const status = await call("NtCreateFile", ...parameters, FILE_OPEN, FILE_NON_DIRECTORY_FILE, null, 0);
          // Named here, so that the name outlives the call.
          return name.keeps.length > 0 ? status : 0;
        },
        abandoned({ status }) {
          // Nobody waits for it any more: a handle that nobody knows must not stay open.
          if (NT_SUCCESS(status)) void call("NtClose", handle.readBigUInt64LE());
        },
      },
      signal,
    );
    return outcome.ok ? ok({ handle: handle.readBigUInt64LE(), outcome: outcome.value }) : outcome;
  }

  async read(number: number, length: number, offset?: number, signal?: AbortSignal): Promise<Result<IoResult>> {
    if (!isLength(length)) return badLength(length);
    const buffer = Buffer.alloc(length);
    const outcome = await this.#transfer("NtReadFile", IRP_MJ_READ, number, buffer, offset, signal);
    return outcome.ok ? finished(outcome.value, buffer) : outcome;
  }

  async write(number: number, data: Uint8Array, offset?: number, signal?: AbortSignal): Promise<Result<IoResult>> {
    if (!isLength(data.length)) return badLength(data.length);
    // A copy: the caller may go on with its bytes while the driver still reads these.
    const outcome = await this.#transfer("NtWriteFile", IRP_MJ_WRITE, number, Buffer.from(data), offset, signal);
    return outcome.ok ? finished(outcome.value) : outcome;
  }

  async #transfer(
    name: "NtReadFile" | "NtWriteFile",
    major: number,
    number: number,
    buffer: Buffer,
    offset: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Result<Outcome>> {
    const file = this.#open.get(number);
    if (file === undefined) return failNt(STATUS_INVALID_HANDLE);
    if (!isOffset(offset)) return badOffset;
    const at = Buffer.alloc(8);
    at.writeBigUInt64LE(BigInt(offset ?? file.position.current));
    const outcome = await this.#issue(file, major, signal, (ioStatus, event) =>
      this.call(name, file.handle, event, null, null, ioStatus, pointer(buffer), buffer.length, at, null),
    );
    if (outcome.ok && offset === undefined) file.position.moved(outcome.value.information);
    return outcome;
  }

  async control(number: number, request: ControlRequest, signal?: AbortSignal): Promise<Result<IoResult>> {
    const { code, input, outputLength, output = new Uint8Array() } = request;
    if (!Number.isInteger(code) || code < 0 || code > 0xffff_ffff) return badCode;
    for (const length of [input.length, outputLength]) if (!isLength(length)) return badLength(length);
    if (output.length > outputLength) return badLength(output.length);
    const file = this.#open.get(number);
    if (file === undefined) return failNt(STATUS_INVALID_HANDLE);
    const given = Buffer.from(input);
    const answer = Buffer.alloc(outputLength);
    answer.set(output);
    const isFileSystem = code >>> 16 === FILE_DEVICE_FILE_SYSTEM;
    const major = isFileSystem ? IRP_MJ_FILE_SYSTEM_CONTROL : IRP_MJ_DEVICE_CONTROL;
    const name = isFileSystem ? "NtFsControlFile" : "NtDeviceIoControlFile";
    const outcome = await this.#issue(file, major, signal, (ioStatus, event) => {
      const buffers = [pointer(given), given.length, pointer(answer), answer.length] as const;
      return this.call(name, file.handle, event, null, null, ioStatus, code, ...buffers);
    });
    return outcome.ok ? finished(outcome.value, answer) : outcome;
  }

  #issue(
    { handle, ntPath }: OpenFile,
    major: number,
    signal: AbortSignal | undefined,
    issue: (ioStatus: Buffer, event: bigint) => Promise<number>,
  ): Promise<Result<Outcome>> {
    return this.#requests.run({ operation: majorFunctionName(major), device: ntPath, handle, issue }, signal);
  }

  async close(number: number): Promise<Result<void>> {
    const file = this.#open.get(number);
    if (file === undefined) return failNt(STATUS_INVALID_HANDLE);
    this.#open.delete(number);
    const status = (await this.call("NtClose", file.handle)) >>> 0;
    return NT_SUCCESS(status) ? ok(undefined) : failNt(status);
  }

  handles(): HandleInfo[] {
    return [...this.#open].map(([handle, { ntPath, access }]) => ({
      handle,
      type: "File",
      path: ntPath,
      access: access.join(" | "),
      process: process.title,
      processId: process.pid,
    }));
  }

  /** Of a file that is open here, by the number that NT gave its handle. */
  pathOf(handle: number): string | undefined {
    for (const file of this.#open.values()) if (file.handle === BigInt(handle)) return file.ntPath;
    return undefined;
  }

  pending(): PendingRequest[] {
    return this.#requests.pending();
  }

  dispose(): void {
    this.#requests.dispose();
    for (const { handle } of this.#open.values()) NtClose(handle);
    this.#open.clear();
  }
}

/** An empty buffer has no first byte to point to. */
function pointer(buffer: Buffer): Buffer | null {
  return buffer.length === 0 ? null : buffer;
}

function ioResult({ status, information, duration }: Outcome): IoResult {
  return { status: ntStatusText(status), information, duration };
}

/** As the model answers: an error is a failure; a warning, as STATUS_BUFFER_OVERFLOW is, comes with its bytes. */
function finished(outcome: Outcome, filled?: Buffer): Result<IoResult> {
  if (NT_ERROR(outcome.status)) return failNt(outcome.status);
  if (filled === undefined) return ok(ioResult(outcome));
  const data = new Uint8Array(filled.subarray(0, Math.min(outcome.information, filled.length)));
  return ok({ ...ioResult(outcome), data });
}

const fileMapping = genericMappingOf("File");

/** An open that succeeds is granted what it asked for, no less and no more. */
function grantedAccess(asked: number): string[] {
  const granted = fileMapping === undefined ? asked : mapGenericAccess(fileMapping, asked);
  return decodeAccess("File", granted).map(({ name }) => name);
}
