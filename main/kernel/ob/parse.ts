/** The contract between the look-up and types that take over the rest of a path: Device, Key. */
import type { Address } from "../../../native-bindings/abi/address";
import type { ProcessorMode } from "./caller";
import type { ObjectType } from "./objectType";

export interface ParseContext {
  /** The object that the path led to; referenced during the call. */
  readonly object: Address;
  /** The type that the caller wants; undefined: any. */
  readonly type: ObjectType | undefined;
  /** What follows the object's name, with its leading `\`; "" when nothing does. */
  readonly remaining: string;
  /** The whole path as it is at this point, links replaced. */
  readonly completeName: string;
  /** OBJ_ bits, forced case-insensitivity included. */
  readonly attributes: number;
  /** Whatever the caller of ObOpenObjectByName gave: the I/O manager's open packet. */
  readonly parseContext: unknown;
  readonly mode: ProcessorMode;
  readonly desiredAccess: number;
}

/**
 * A referenced object on success, with the access that the procedure has decided on, where it has; `reparse` starts over
 * from the root with that path.
 */
export type ParseResult =
  | { readonly status: number; readonly object?: Address; readonly granted?: number; readonly reparse?: undefined }
  | { readonly reparse: string };

export type ParseProcedure = (context: ParseContext) => ParseResult;
