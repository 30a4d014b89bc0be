/**
 * KEY_xxx_INFORMATION and KEY_VALUE_xxx_INFORMATION as ZwQueryKey, ZwEnumerateKey, ZwQueryValueKey and
 * ZwEnumerateValueKey write them (wdm.h): the fixed part, or STATUS_BUFFER_TOO_SMALL; then as much as there is room for,
 * with STATUS_BUFFER_OVERFLOW when that is not all.
 */
import type { Address } from "../../../native-bindings/abi/address";
import {
  KeyBasicInformation,
  KeyFullInformation,
  KeyNameInformation,
  KeyNodeInformation,
} from "../../../native-bindings/abi/informationClasses";
import {
  STATUS_BUFFER_OVERFLOW,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import {
  KeyValueBasicInformation,
  KeyValueFullInformation,
  KeyValueFullInformationAlign64,
  KeyValuePartialInformation,
  KeyValuePartialInformationAlign64,
} from "../../../native-bindings/abi/registryTypes";
import type { KernelMemory } from "../mem/kernelMemory";
import { bytesOfData } from "./registryBytes";
import type { RegistryKey, RegistryValue } from "./registryKey";

export interface Answer {
  readonly status: number;
  /** Bytes that all of it needs. */
  readonly resultLength: number;
}

/** All of an answer, and how much of it there must be room for. */
interface Information {
  readonly bytes: Uint8Array;
  readonly fixed: number;
}

/** No class names are kept: where one would begin. */
const NO_CLASS = 0xffff_ffff;

function build(length: number, fixed: number, fill: (view: DataView, bytes: Uint8Array) => void): Information {
  const bytes = new Uint8Array(length);
  fill(new DataView(bytes.buffer), bytes);
  return { bytes, fixed };
}

function writeText(view: DataView, at: number, text: string): void {
  for (let index = 0; index < text.length; index++) view.setUint16(at + index * 2, text.charCodeAt(index), true);
}

function align(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}

function valueInformation({ name, data }: RegistryValue, informationClass: number): Information | undefined {
  const raw = bytesOfData(data);
  const nameBytes = name.length * 2;
  switch (informationClass) {
    case KeyValueBasicInformation:
      return build(12 + nameBytes, 12, (view) => {
        view.setUint32(4, raw.type, true);
        view.setUint32(8, nameBytes, true);
        writeText(view, 12, name);
      });
    case KeyValueFullInformation:
    case KeyValueFullInformationAlign64: {
      const offset = align(20 + nameBytes, informationClass === KeyValueFullInformation ? 4 : 8);
      return build(offset + raw.bytes.length, 20, (view, bytes) => {
        view.setUint32(4, raw.type, true);
        view.setUint32(8, offset, true);
        view.setUint32(12, raw.bytes.length, true);
        view.setUint32(16, nameBytes, true);
        writeText(view, 20, name);
        bytes.set(raw.bytes, offset);
      });
    }
    case KeyValuePartialInformation:
      return build(12 + raw.bytes.length, 12, (view, bytes) => {
        view.setUint32(4, raw.type, true);
        view.setUint32(8, raw.bytes.length, true);
        bytes.set(raw.bytes, 12);
      });
    case KeyValuePartialInformationAlign64:
      return build(8 + raw.bytes.length, 8, (view, bytes) => {
        view.setUint32(0, raw.type, true);
        view.setUint32(4, raw.bytes.length, true);
        bytes.set(raw.bytes, 8);
      });
    default:
      return undefined;
  }
}

function longest(lengths: Iterable<number>): number {
  let most = 0;
  for (const length of lengths) most = Math.max(most, length);
  return most;
}

function keyInformation(key: RegistryKey, informationClass: number): Information | undefined {
  const nameBytes = key.name.length * 2;
  switch (informationClass) {
    case KeyBasicInformation:
      return build(16 + nameBytes, 16, (view) => {
        view.setBigInt64(0, key.lastWriteTime, true);
        view.setUint32(12, nameBytes, true);
        writeText(view, 16, key.name);
      });
    case KeyNodeInformation:
      return build(24 + nameBytes, 24, (view) => {
        view.setBigInt64(0, key.lastWriteTime, true);
        view.setUint32(12, NO_CLASS, true);
        view.setUint32(20, nameBytes, true);
        writeText(view, 24, key.name);
      });
    case KeyFullInformation:
      return build(0x2c, 0x2c, (view) => {
        const values = [...key.values()];
        view.setBigInt64(0, key.lastWriteTime, true);
        view.setUint32(0x0c, NO_CLASS, true);
        view.setUint32(0x14, key.subkeyCount, true);
        view.setUint32(0x18, longest(key.subkeys().map(({ name }) => name.length * 2)), true);
        view.setUint32(0x20, values.length, true);
        view.setUint32(0x24, longest(values.map(({ name }) => name.length * 2)), true);
        view.setUint32(0x28, longest(values.map(({ data }) => bytesOfData(data).bytes.length)), true);
      });
    case KeyNameInformation:
      return build(4 + key.path.length * 2, 4, (view) => {
        view.setUint32(0, key.path.length * 2, true);
        writeText(view, 4, key.path);
      });
    default:
      return undefined;
  }
}

function answer(memory: KernelMemory, information: Information | undefined, buffer: Address, length: number): Answer {
  if (information === undefined) return { status: STATUS_INVALID_PARAMETER, resultLength: 0 };
  const { bytes, fixed } = information;
  if (!(length >= fixed)) return { status: STATUS_BUFFER_TOO_SMALL, resultLength: bytes.length };
  memory.writeBytes(buffer, bytes.subarray(0, length));
  const status = length < bytes.length ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
  return { status, resultLength: bytes.length };
}

export function writeValueInformation(
  memory: KernelMemory,
  value: RegistryValue,
  informationClass: number,
  buffer: Address,
  length: number,
): Answer {
  return answer(memory, valueInformation(value, informationClass), buffer, length);
}

export function writeKeyInformation(
  memory: KernelMemory,
  key: RegistryKey,
  informationClass: number,
  buffer: Address,
  length: number,
): Answer {
  return answer(memory, keyInformation(key, informationClass), buffer, length);
}
