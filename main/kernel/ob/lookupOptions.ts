/** Small values that the object manager takes and gives. */
import type { Address } from "../../../native-bindings/abi/address";
import type { ProcessorMode } from "./caller";
import type { LookupStep } from "./nameLookup";
import type { ObjectType } from "./objectType";

export interface DirectoryChild {
  readonly name: string;
  readonly object: Address;
  readonly type: ObjectType;
}

/** What a look-up is told beside attributes and type. */
export interface LookupOptions {
  readonly parseContext?: unknown;
  readonly create?: boolean;
  /** Default: kernel. */
  readonly mode?: ProcessorMode;
  readonly desiredAccess?: number;
  readonly observer?: (step: LookupStep) => void;
  /** Parse procedures are not called: what would parse is the result. */
  readonly stopAtParse?: boolean;
}
