/**
 * Opening, reading, writing and closing by the system calls themselves. Each runs on a thread of the pool: a driver may
 * keep a request as long as it likes, and only its caller waits.
 */
import { performance } from "node:perf_hooks";
import { decodeAccess } from "../../native-bindings/abi/access";
import {
  FILE_NON_DIRECTORY_FILE,
  FILE_OPEN,
  FILE_SHARE_READ,
  FILE_SHARE_WRITE,
  FILE_SYNCHRONOUS_IO_NONALERT,
} from "../../native-bindings/abi/createOptions";
import { STATUS_INVALID_HANDLE } from "../../native-bindings/abi/ntstatus/codes";
import { NT_ERROR, NT_SUCCESS } from "../../native-bindings/abi/ntstatus/ntStatus";
import { OBJ_CASE_INSENSITIVE } from "../../native-bindings/abi/objectAttributes";
import { IO_STATUS_BLOCK } from "../../native-bindings/abi/structures/ioStatusBlock";
import { OBJECT_BASIC_INFORMATION } from "../../native-bindings/abi/structures/nativeQueries";
import type { NativeFunction } from "../../native-bindings/koffi/library";
import { objectAttributes } from "../../native-bindings/koffi/nativeStrings";
import { NtClose, NtCreateFile, NtQueryObject, NtReadFile, NtWriteFile } from "../../native-bindings/koffi/ntdll";
import { parseUserPath } from "../machine/dosPath";
import type { HandleInfo, IoResult, OpenedHandle, OpenRequest } from "../machine/machine";
import { ok, type Result } from "../machine/result";
import { failNt, ntStatusText } from "../machine/statusText";
import { accessMasks, badAccess, badLength, badOffset, isLength, isOffset } from "../machine/transferRules";

interface OpenFile {
  readonly handle: bigint;
  readonly ntPath: string;
  readonly access: string[];
}

interface Outcome {
  status: number;
  information: number;
  duration: number;
}

export class NativeFiles {
  /** By the port's number, which is never used again: NT's own are, at once. */
  readonly #open = new Map<number, OpenFile>();
  #next = 1;

  async open({ path, access }: OpenRequest): Promise<Result<OpenedHandle>> {
    const parsed = parseUserPath(path);
    if (!parsed.ok) return parsed;
    const { ntPath } = parsed.value;
    const mask = accessMasks[access];
    if (mask === undefined) return badAccess;
    const handle = Buffer.alloc(8);
    const name = objectAttributes(ntPath, OBJ_CASE_INSENSITIVE);
    const { status, information, duration } = await timed((ioStatus) =>
      NtCreateFile.later(
        handle,
        mask,
        name.bytes,
        ioStatus,
        null,
        0,
        FILE_SHARE_READ | FILE_SHARE_WRITE,
        FILE_OPEN,
        FILE_SYNCHRONOUS_IO_NONALERT | FILE_NON_DIRECTORY_FILE,
        null,
        0,
      ),
    );
    if (!NT_SUCCESS(status) || name.keeps.length === 0) return failNt(status);
    const file = { handle: handle.readBigUInt64LE(), ntPath, access: grantedAccess(handle.readBigUInt64LE()) };
    const number = this.#next;
    this.#next += 1;
    this.#open.set(number, file);
    const result = { status: ntStatusText(status), information, duration };
    return ok({ handle: number, path, ntPath, grantedAccess: file.access, result });
  }

  read(handle: number, length: number, offset: number | undefined): Promise<Result<IoResult>> {
    if (!isLength(length)) return Promise.resolve(badLength(length));
    return this.#transfer(NtReadFile, handle, Buffer.alloc(length), offset, true);
  }

  write(handle: number, data: Uint8Array, offset: number | undefined): Promise<Result<IoResult>> {
    if (!isLength(data.length)) return Promise.resolve(badLength(data.length));
    // A copy: the caller may go on with its bytes while the driver still reads these.
    return this.#transfer(NtWriteFile, handle, Buffer.from(data), offset, false);
  }

  async #transfer(
    call: NativeFunction,
    number: number,
    buffer: Buffer,
    offset: number | undefined,
    isRead: boolean,
  ): Promise<Result<IoResult>> {
    const file = this.#open.get(number);
    if (file === undefined) return failNt(STATUS_INVALID_HANDLE);
    if (!isOffset(offset)) return badOffset;
    const at = offset === undefined ? null : Buffer.alloc(8);
    at?.writeBigUInt64LE(BigInt(offset ?? 0));
    const { status, information, duration } = await timed((ioStatus) =>
      call.later(file.handle, 0n, null, null, ioStatus, buffer, buffer.length, at, null),
    );
    const moved = NT_ERROR(status) ? 0 : information;
    const data = isRead ? { data: new Uint8Array(buffer.subarray(0, Math.min(moved, buffer.length))) } : {};
    return ok({ status: ntStatusText(status), information: moved, duration, ...data });
  }

  async close(number: number): Promise<Result<void>> {
    const file = this.#open.get(number);
    if (file === undefined) return failNt(STATUS_INVALID_HANDLE);
    this.#open.delete(number);
    const status = (await NtClose.later(file.handle)) >>> 0;
    return NT_SUCCESS(status) ? ok(undefined) : failNt(status);
  }

  handles(): HandleInfo[] {
    return [...this.#open].map(([handle, { ntPath, access }]) => ({
      handle,
      type: "File",
      path: ntPath,
      access: access.join(", "),
      process: process.title,
      processId: process.pid,
    }));
  }

  dispose(): void {
    for (const { handle } of this.#open.values()) NtClose(handle);
    this.#open.clear();
  }
}

/** The status block says more than the call where both succeed, and nothing where the call itself was refused. */
async function timed(call: (ioStatus: Buffer) => Promise<number>): Promise<Outcome> {
  const ioStatus = Buffer.alloc(IO_STATUS_BLOCK.size);
  const started = performance.now();
  const status = (await call(ioStatus)) >>> 0;
  const duration = performance.now() - started;
  return { status, information: Number(ioStatus.readBigUInt64LE(IO_STATUS_BLOCK.offset.Information)), duration };
}

function grantedAccess(handle: bigint): string[] {
  const basic = Buffer.alloc(OBJECT_BASIC_INFORMATION.size);
  const status = NtQueryObject(handle, 0, basic, basic.length, Buffer.alloc(4)) >>> 0;
  if (!NT_SUCCESS(status)) return [];
  const granted = basic.readUInt32LE(OBJECT_BASIC_INFORMATION.offset.GrantedAccess);
  return decodeAccess("File", granted).map(({ name }) => name);
}
