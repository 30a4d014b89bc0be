/**
 * Who may do what: hooks that the security reference monitor (se) fills in. Without it, in the object manager's own tests,
 * everybody may do everything.
 */

import { ACCESS_SYSTEM_SECURITY, MAXIMUM_ALLOWED } from "../../../native-bindings/abi/access";
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_INSUFFICIENT_RESOURCES, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import type { ProcessorMode } from "./caller";
import type { ObjectStore } from "./objectStore";
import type { ObjectType } from "./objectType";

export interface AccessDecision {
  readonly status: number;
  /** What the handle gets; generic rights replaced. */
  readonly granted: number;
}

export type AccessCheck = (
  object: Address,
  type: ObjectType,
  desiredAccess: number,
  mode: ProcessorMode,
) => AccessDecision;

/** What becomes of security when names are walked and objects are made. */
export interface ObjectSecurity {
  /** Whether each directory on a path must grant DIRECTORY_TRAVERSE: not with SeChangeNotifyPrivilege, which all have. */
  checksTraverse(mode: ProcessorMode): boolean;
  /**
   * Gives a new object its descriptor.
   * @param directory 0: the object has no name
   * @param given self-relative, what its maker wants
   * @returns an NTSTATUS
   */
  assign(object: Address, type: ObjectType, directory: Address, given: Uint8Array | undefined): number;
}

/** Grants what is asked, as far as the type knows it: what the kernel gets, and the maker of a new object. */
export function grantAsked(type: ObjectType, desiredAccess: number): number {
  const mapped = type.mapAccess(desiredAccess);
  const wanted = (mapped & MAXIMUM_ALLOWED) !== 0 ? mapped | type.validAccessMask : mapped;
  return (wanted & (type.validAccessMask | ACCESS_SYSTEM_SECURITY)) >>> 0;
}

export const grantEverything: AccessCheck = (_object, type, desiredAccess) => {
  return { status: STATUS_SUCCESS, granted: grantAsked(type, desiredAccess) };
};

/** Keeps what is given, and looks at nothing. */
export function keepGiven(store: ObjectStore): ObjectSecurity {
  return {
    checksTraverse: () => false,
    assign: (object, _type, _directory, given) =>
      given === undefined || store.descriptors.set(object, given) ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES,
  };
}
