/** Opening, reading, writing, controlling and closing on the model machine, as the process ntscope.exe does it. */

import { decodeAccess } from "../../native-bindings/abi/access";
import { type Address, addressToHex } from "../../native-bindings/abi/address";
import {
  FILE_NON_DIRECTORY_FILE,
  FILE_SHARE_READ,
  FILE_SHARE_WRITE,
  FILE_SYNCHRONOUS_IO_NONALERT,
} from "../../native-bindings/abi/createOptions";
import { FILE_DEVICE_FILE_SYSTEM } from "../../native-bindings/abi/deviceTypes";
import { majorFunctionName } from "../../native-bindings/abi/irpFunctions";
import { STATUS_ACCESS_DENIED } from "../../native-bindings/abi/ntstatus/codes";
import { NT_ERROR } from "../../native-bindings/abi/ntstatus/ntStatus";
import { OBJ_CASE_INSENSITIVE } from "../../native-bindings/abi/objectAttributes";
import { parseUserPath } from "../machine/dosPath";
import type {
  ControlRequest,
  HandleInfo,
  HandleScope,
  IoResult,
  OpenedHandle,
  OpenRequest,
  PendingRequest,
} from "../machine/machine";
import { fail, ntscopeError, ok, type Result, type StatusError } from "../machine/result";
import { failNt, ntStatusText } from "../machine/statusText";
import { accessMasks, badAccess, badLength, badOffset, isLength, isOffset } from "../machine/transferRules";
import { explainFailedOpen } from "./describe/failedOpen";
import { locateThroughLinks } from "./describe/locate";
import { processHandles } from "./describe/processHandles";
import { deniedNote } from "./describe/refusalNote";
import { ModelMachineBuffers, type UserBuffer } from "./modelMachineBuffers";
import type { ModelMachineSession } from "./modelMachineSession";
import type { CreateDone } from "./nt/filesCreate";
import type { IoDone, IoPending } from "./nt/ioOutcome";
import type { Thread } from "./ps/ps";

/** Of a control code: the device type is its upper half. */
const DEVICE_TYPE_SHIFT = 16;
const FILE_SHARE_READ_WRITE = FILE_SHARE_READ | FILE_SHARE_WRITE;

const badCode = fail(ntscopeError("bad-code", "A control code is a whole number of 32 bits, such as 0x222000."));
const badOutput = fail(ntscopeError("bad-output", "The output buffer is given more bytes than it has."));

function isCode(code: number): boolean {
  return Number.isInteger(code) && code >= 0 && code <= 0xffff_ffff;
}

function isHandle(handle: number): boolean {
  return Number.isSafeInteger(handle) && handle > 0;
}

export class ModelMachineFiles {
  readonly #since = new Map<Address, number>();

  /** Handles whose files keep no position: without an offset their requests go to 0, as a zeroed OVERLAPPED says. */
  readonly #overlapped = new Set<number>();

  readonly #buffers: ModelMachineBuffers;

  constructor(private readonly session: ModelMachineSession) {
    const { mem, ps } = session.kernel;
    this.#buffers = new ModelMachineBuffers(mem, ps, session.client);
  }

  async open({ path, access, overlapped = false }: OpenRequest, signal?: AbortSignal): Promise<Result<OpenedHandle>> {
    const parsed = parseUserPath(path);
    if (!parsed.ok) return parsed;
    const { ntPath } = parsed.value;
    const mask = accessMasks[access];
    if (mask === undefined) return badAccess;
    const started = this.session.host.now();
    const created = await this.#create(ntPath, mask, overlapped, signal);
    if (!created.ok) return created;
    const { status, information, handle } = created.value;
    if (handle === 0) return this.#refused(ntPath, mask, created.value);
    if (overlapped) this.#overlapped.add(handle);
    return ok({
      handle,
      path,
      ntPath,
      grantedAccess: decodeAccess("File", this.session.client.handles.accessOf(handle)).map(({ name }) => name),
      result: { status: ntStatusText(status), information, duration: this.session.host.now() - started },
    });
  }

  /** Opens for attributes only and closes again: what an explorer's Properties does to a device. */
  async probe<T>(
    ntPath: string,
    whileOpen: (handle: number) => T,
    signal: AbortSignal | undefined,
  ): Promise<Result<{ result: IoResult; value: T }>> {
    const { session } = this;
    const started = session.host.now();
    const created = await this.#create(ntPath, accessMasks["0"], false, signal);
    if (!created.ok) return created;
    const { status, information, handle } = created.value;
    if (handle === 0) return this.#refused(ntPath, accessMasks["0"], created.value);
    const asked = session.run(() => whileOpen(handle));
    await session.turns.take(undefined, () => ok(session.asClient(() => session.kernel.files.NtClose(handle))));
    if (!asked.ok) return asked;
    if (session.stopped !== undefined) return fail(session.stopped);
    const duration = session.host.now() - started;
    return ok({ result: { status: ntStatusText(status), information, duration }, value: asked.value });
  }

  #create(
    ntPath: string,
    desiredAccess: number,
    overlapped: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Result<CreateDone>> {
    const { session } = this;
    const issue = () =>
      session.kernel.files.NtCreateFile(
        { name: ntPath, attributes: OBJ_CASE_INSENSITIVE },
        {
          desiredAccess,
          shareAccess: FILE_SHARE_READ_WRITE,
          options: (overlapped ? 0 : FILE_SYNCHRONOUS_IO_NONALERT) | FILE_NON_DIRECTORY_FILE,
        },
      );
    const close = ({ handle }: CreateDone) => {
      // Nobody waits for it any more: a handle that nobody knows must not stay open.
      if (handle !== 0) session.asClient(() => session.kernel.files.NtClose(handle));
    };
    const { files } = session.kernel;
    return this.#request<CreateDone>(issue, signal, close, (irp) => files.NtCancelSynchronousIoFile(irp));
  }

  #refused(ntPath: string, desiredAccess: number, { status, refusal }: CreateDone): { ok: false; error: StatusError } {
    const { session } = this;
    const why = session.run(() => explainFailedOpen(session.parts, ntPath, desiredAccess, status, refusal));
    const { error } = failNt(status, this.#whyNot(ntPath, desiredAccess, status));
    return fail(why.ok ? { ...error, why: why.value } : error);
  }

  /** A sentence about what the path leads to, when that is no device, or about who refused. */
  #whyNot(ntPath: string, desiredAccess: number, status: number): string | undefined {
    if (status === STATUS_ACCESS_DENIED) {
      const why = this.session.run(() => deniedNote(this.session.parts, ntPath, desiredAccess));
      return why.ok ? why.value : undefined;
    }
    const located = this.session.run(() => locateThroughLinks(this.session.parts.ob, ntPath));
    if (!located.ok) return undefined;
    const found = located.value;
    if (!("object" in found)) return found.note;
    const { name } = found.type;
    return name === "Device" ? undefined : `${ntPath} is a ${name}; only devices and what is below them can be opened.`;
  }

  async read(handle: number, length: number, offset?: number, signal?: AbortSignal): Promise<Result<IoResult>> {
    if (!isLength(length)) return badLength(length);
    if (!isOffset(offset)) return badOffset;
    const { kernel } = this.session;
    const buffer = this.session.run(() => this.#buffers.take(length));
    if (!buffer.ok) return buffer;
    const { address } = buffer.value;
    const issue = () => kernel.files.NtReadFile(handle, address, length, this.#offset(handle, offset));
    return this.#transfer(handle, [buffer.value], signal, issue, ({ information }) => ({
      data: kernel.mem.readBytes(address, Math.min(information, length)),
    }));
  }

  async write(handle: number, data: Uint8Array, offset?: number, signal?: AbortSignal): Promise<Result<IoResult>> {
    const { length } = data;
    if (!isLength(length)) return badLength(length);
    if (!isOffset(offset)) return badOffset;
    const { kernel } = this.session;
    const buffer = this.session.run(() => this.#buffers.take(length, data));
    if (!buffer.ok) return buffer;
    const issue = () => kernel.files.NtWriteFile(handle, buffer.value.address, length, this.#offset(handle, offset));
    return this.#transfer(handle, [buffer.value], signal, issue, () => ({}));
  }

  #offset(handle: number, offset: number | undefined): number | undefined {
    return offset ?? (this.#overlapped.has(handle) ? 0 : undefined);
  }

  /** DeviceIoControl: both buffers lie in the client's address space, as METHOD_NEITHER hands them to the driver. */
  async control(handle: number, request: ControlRequest, signal?: AbortSignal): Promise<Result<IoResult>> {
    const { code, input, outputLength, output } = request;
    if (!isCode(code)) return badCode;
    if (!isLength(input.length)) return badLength(input.length);
    if (!isLength(outputLength)) return badLength(outputLength);
    if (output !== undefined && output.length > outputLength) return badOutput;
    const { kernel } = this.session;
    const given = this.session.run(() => (input.length === 0 ? undefined : this.#buffers.take(input.length, input)));
    if (!given.ok) return given;
    const room = this.session.run(() => (outputLength === 0 ? undefined : this.#buffers.take(outputLength)));
    if (!room.ok) return room;
    const to = room.value?.address ?? 0;
    if (output !== undefined && output.length > 0) this.session.run(() => kernel.mem.writeBytes(to, output));
    const from = given.value?.address ?? 0;
    const parameters = { code, input: from, inputLength: input.length, output: to, outputLength };
    // As DeviceIoControl tells them apart.
    const issue = () =>
      code >>> DEVICE_TYPE_SHIFT === FILE_DEVICE_FILE_SYSTEM
        ? kernel.files.NtFsControlFile(handle, parameters)
        : kernel.files.NtDeviceIoControlFile(handle, parameters);
    const buffers = [given.value, room.value].filter((buffer) => buffer !== undefined);
    return this.#transfer(handle, buffers, signal, issue, ({ information }) => ({
      data: kernel.mem.readBytes(to, Math.min(information, outputLength)),
    }));
  }

  /** @param dataOf what the answer carries besides; the buffers go back when the request is over, whoever still waits */
  async #transfer(
    handle: number,
    buffers: readonly UserBuffer[],
    signal: AbortSignal | undefined,
    issue: () => IoDone | IoPending<IoDone>,
    dataOf: (done: IoDone) => { data?: Uint8Array },
  ): Promise<Result<IoResult>> {
    const { session } = this;
    const started = session.host.now();
    const giveBack = () => {
      for (const buffer of buffers) this.#buffers.giveBack(buffer);
    };
    const release = () => session.run(giveBack);
    const { files } = session.kernel;
    let isBegun = false;
    const begin = () => {
      isBegun = true;
      return issue();
    };
    const settled = await this.#request<IoDone>(begin, signal, release, (irp) => files.NtCancelIoFileEx(handle, irp));
    if (!isBegun) release();
    if (!settled.ok) return settled;
    const { status, information } = settled.value;
    const duration = session.host.now() - started;
    const data = session.run(() => {
      const carried = dataOf(settled.value);
      giveBack();
      return carried;
    });
    if (!data.ok) return data;
    if (NT_ERROR(status)) return failNt(status);
    return ok({ status: ntStatusText(status), information, ...data.value, duration });
  }

  /**
   * A request in a thread of its own, when it is its turn.
   * @param abandoned called with the late answer when nobody waits for it
   * @param cancelIrp asks the driver to end the request with STATUS_CANCELLED
   */
  #request<Done extends IoDone>(
    issue: () => Done | IoPending<Done>,
    signal: AbortSignal | undefined,
    abandoned: (done: Done) => void,
    cancelIrp: (irp: Address) => number,
  ): Promise<Result<Done>> {
    const { session } = this;
    return session.turns.take(signal, () => {
      const thread = session.takeThread();
      return this.#settle(session.asClient(issue, thread), thread, signal, abandoned, cancelIrp);
    });
  }

  /**
   * Waits for a request that the driver keeps. Who gives it up has it cancelled. A driver without a cancel routine keeps it
   * for all that, as on NT, and the caller waits no longer.
   * @param thread in whose name the request was made; free again when it is over
   * @param abandoned called with the late answer when nobody waits for it
   * @param cancelIrp asks the driver to end the request with STATUS_CANCELLED
   */
  #settle<Done extends IoDone>(
    outcome: Done | IoPending<Done>,
    thread: Thread,
    signal: AbortSignal | undefined,
    abandoned: (done: Done) => void,
    cancelIrp: (irp: Address) => number,
  ): Promise<Result<Done>> {
    const { session } = this;
    const { stopped } = session;
    if (stopped !== undefined) return Promise.resolve(fail(stopped));
    if (!outcome.pending) {
      session.giveBack(thread);
      return Promise.resolve(ok(outcome as Done));
    }
    return new Promise((resolve) => {
      let isWaiting = true;
      const finish = (result: Result<Done>) => {
        isWaiting = false;
        forget();
        signal?.removeEventListener("abort", cancel);
        resolve(result);
      };
      const cancel = () => {
        // A driver that completes it at once has answered before this returns.
        session.asClient(() => (outcome.irp === 0 ? outcome.giveUp?.() : cancelIrp(outcome.irp)));
        session.kernel.wake();
        const sentence = "No longer waiting. The request stays with its driver until that completes it.";
        if (isWaiting) finish(fail(ntscopeError("cancelled", sentence)));
      };
      const forget = session.waitForEnd((error) => finish(fail(error)));
      outcome.whenDone((done) => {
        session.giveBack(thread);
        if (isWaiting) finish(ok(done));
        else abandoned(done);
      });
      if (signal?.aborted) cancel();
      else signal?.addEventListener("abort", cancel);
    });
  }

  async close(handle: number): Promise<Result<void>> {
    const { session } = this;
    if (!isHandle(handle)) return fail(ntscopeError("bad-handle", `${handle} is no handle: handles are 4, 8, 12...`));
    const closed = await session.turns.take(undefined, () =>
      ok(session.asClient(() => session.kernel.files.NtClose(handle))),
    );
    if (!closed.ok) return closed;
    const status = closed.value;
    if (session.stopped !== undefined) return fail(session.stopped);
    if (NT_ERROR(status)) return failNt(status);
    this.#overlapped.delete(handle);
    return ok(undefined);
  }

  /** Those of NtScope's own process on the machine, or those of all processes in the order in which they were made. */
  handles(scope: HandleScope): Result<HandleInfo[]> {
    const { session } = this;
    const { mem, ob, ps } = session.kernel;
    const processes = scope === "all" ? ps.processes : [session.client];
    return session.run(() => processes.flatMap((process) => processHandles(mem, ob, process)));
  }

  /** Requests that drivers keep, oldest first. */
  pending(): PendingRequest[] {
    const { kernel, host } = this.session;
    const pending = kernel.io.pendingIrps();
    if (pending.length === 0) this.#since.clear();
    return pending.map(({ irp, major, device, driver }): PendingRequest => {
      const since = this.#since.get(irp) ?? host.now();
      this.#since.set(irp, since);
      const path = kernel.io.records.isLive(device) ? kernel.ob.names.pathOf(device) : "";
      return { irp: addressToHex(irp), operation: majorFunctionName(major), device: path, driver: driver ?? "", since };
    });
  }
}
