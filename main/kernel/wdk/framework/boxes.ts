/**
 * `Box::new`, `Box::into_raw` and `Box::from_raw` for a driver's own data: the data is a JavaScript object, its box a
 * block of non-paged pool whose address stands for it in kernel memory, as KernelAllocator of "Safe Framework" does. A
 * device that is never dropped leaks its box, and the pool view shows it.
 */
import type { Address } from "../../../../native-bindings/abi/address";
import { POOL_FLAG_NON_PAGED } from "../../../../native-bindings/abi/poolTypes";
import type { Ddk } from "../ddk";
import type { DeviceOperations } from "./deviceOperations";
import { NtError } from "./ntError";

/** ExAllocatePool, which the article uses, marks its blocks with "None" too. */
export const RUST_POOL_TAG = "None";
/** The smallest pool block; the bytes are never read. */
const BOX_BYTES = 16;

const contents = new WeakMap<Ddk, Map<Address, DeviceOperations>>();

function boxesOf(ddk: Ddk): Map<Address, DeviceOperations> {
  const boxes = contents.get(ddk) ?? new Map<Address, DeviceOperations>();
  contents.set(ddk, boxes);
  return boxes;
}

/** @throws NtError.INSUFFICIENT_RESOURCES; the article panics instead */
export function boxIntoRaw(ddk: Ddk, data: DeviceOperations): Address {
  const address = ddk.ExAllocatePool2(POOL_FLAG_NON_PAGED, BOX_BYTES, RUST_POOL_TAG);
  if (address === 0) throw NtError.INSUFFICIENT_RESOURCES;
  boxesOf(ddk).set(address, data);
  return address;
}

/** What is in the box at `address`; undefined when there is none, as after its release. */
export function boxContents(ddk: Ddk, address: Address): DeviceOperations | undefined {
  return contents.get(ddk)?.get(address);
}

/** Takes the box back, frees it and drops what was in it. */
export function dropBox(ddk: Ddk, address: Address): void {
  const data = boxContents(ddk, address);
  boxesOf(ddk).delete(address);
  ddk.ExFreePoolWithTag(address, RUST_POOL_TAG);
  data?.drop();
}
