/**
 * Where things live in the model's address space. Windows 10 randomises the bases at boot; the model keeps
 * them fixed, so that addresses in documentation, snapshots and tests repeat. The order and the shape
 * ("ffffe0...", "fffff80...") are those that debugger users know from Windows 8.1 and early Windows 10.
 */
import type { Address } from "../../../native-bindings/abi/address";

export interface Region {
  readonly name: string;
  readonly start: Address;
  /** One past the last byte. */
  readonly end: Address;
}

const GIB = 0x4000_0000;

/** The signed number of 0xFFFFxxxx00000000, given as the low 16 bits of its high half. */
function kernelBase(high32: number): Address {
  return (high32 - 0x1_0000_0000) * 0x1_0000_0000;
}

function region(name: string, start: Address, bytes: number): Region {
  return { name, start, end: start + bytes };
}

/** User mode: the first 64 KiB and the last are never mapped, so that NULL and near-NULL pointers fault. */
export const USER_REGION: Region = { name: "user", start: 0x1_0000, end: 0x7fff_fffe_ffff + 1 };

/**
 * The regions start 1 MiB apart within their 4 GiB, so that their first pages, the busiest, do not compete for
 * the same slots of the translation cache.
 */
const STAGGER = 0x10_0000;

export const PAGED_POOL_REGION = region("paged pool", kernelBase(0xffff_c000) + STAGGER, 512 * GIB);
export const SYSTEM_PTE_REGION = region("system PTEs", kernelBase(0xffff_d000) + 2 * STAGGER, 512 * GIB);
export const NONPAGED_POOL_REGION = region("nonpaged pool", kernelBase(0xffff_e000) + 3 * STAGGER, 512 * GIB);
/** NonPagedPool without Nx: apart, since pages of one pool have one protection. */
export const EXECUTABLE_POOL_REGION = region("executable pool", kernelBase(0xffff_e800) + 4 * STAGGER, 512 * GIB);
export const IMAGE_REGION = region("images", kernelBase(0xffff_f800), 512 * GIB);

/** KUSER_SHARED_DATA, at the one address that every x64 Windows has it (ntddk.h, KI_USER_SHARED_DATA). */
export const USER_SHARED_DATA: Address = kernelBase(0xffff_f780);

/** MmUserProbeAddress on x64: the end of what user mode may pass. */
export const USER_PROBE_ADDRESS: Address = 0x7fff_ffff_0000;

const kernelRegions: readonly Region[] = [
  PAGED_POOL_REGION,
  SYSTEM_PTE_REGION,
  NONPAGED_POOL_REGION,
  EXECUTABLE_POOL_REGION,
  IMAGE_REGION,
];

/** The region an address belongs to, mapped or not. */
export function regionOf(address: Address): Region | undefined {
  return [USER_REGION, ...kernelRegions].find(({ start, end }) => address >= start && address < end);
}
