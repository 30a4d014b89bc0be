/**
 * `Box::new`, `Box::into_raw` and `Box::from_raw` for a driver's own data: the data is a JavaScript object, its box a
 * block of non-paged pool whose address stands for it in kernel memory, as KernelAllocator of "Safe Framework" does. A
 * device that is never dropped leaks its box, and the pool view shows it.
 */
import type { Address } from "../../../../native-bindings/abi/address";
import { POOL_FLAG_NON_PAGED } from "../../../../native-bindings/abi/poolTypes";
import { AddressMap } from "../../mem/addressMap";
import type { Ddk } from "../ddk";
import type { DeviceOperations } from "./deviceOperations";
import { NtError } from "./ntError";

/** ExAllocatePool, which the article uses, marks its blocks with "None" too. */
export const RUST_POOL_TAG = "None";
/** The smallest pool block; the bytes are never read. */
const BOX_BYTES = 16;

/** What is in each box of a driver. */
export type Boxes = AddressMap<DeviceOperations>;

const contents = new WeakMap<Ddk, Boxes>();

/** The boxes of a driver, for as long as it is loaded. */
export function boxesOf(ddk: Ddk): Boxes {
  const boxes = contents.get(ddk) ?? new AddressMap<DeviceOperations>();
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

/** Takes the box back, frees it and drops what was in it. */
export function dropBox(ddk: Ddk, address: Address): void {
  const boxes = boxesOf(ddk);
  const data = boxes.get(address);
  boxes.delete(address);
  ddk.ExFreePoolWithTag(address, RUST_POOL_TAG);
  data?.drop();
}
