/**
 * Who may do what: a hook, since the model's processes are SYSTEM and an administrator, to whom the namespace
 * of a fresh Windows grants everything.
 */

import { ACCESS_SYSTEM_SECURITY, MAXIMUM_ALLOWED } from "../../../native-bindings/abi/access";
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import type { ProcessorMode } from "./caller";
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

/** Grants what is asked, as far as the type knows it. */
export const grantEverything: AccessCheck = (_object, type, desiredAccess) => {
  const mapped = type.mapAccess(desiredAccess);
  const wanted = (mapped & MAXIMUM_ALLOWED) !== 0 ? mapped | type.validAccessMask : mapped;
  return { status: STATUS_SUCCESS, granted: (wanted & (type.validAccessMask | ACCESS_SYSTEM_SECURITY)) >>> 0 };
};
