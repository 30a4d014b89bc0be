/** What a caller says of the object that it creates or opens: OBJECT_ATTRIBUTES with the name as a string. */
import {
  STATUS_INVALID_PARAMETER,
  STATUS_OBJECT_NAME_INVALID,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import { OBJECT_ATTRIBUTES } from "../../../native-bindings/abi/structures/strings";

export interface ObjectAttributes {
  /** Raw UTF-16 code units; undefined: ObjectName is NULL, which is not the same as "". */
  readonly name: string | undefined;
  /** A handle; 0 or left out: none. */
  readonly rootDirectory?: number;
  /** OBJ_ bits. */
  readonly attributes?: number;
  /** Self-relative. */
  readonly securityDescriptor?: Uint8Array;
  /** Of the structure as the caller gave it; left out: right. */
  readonly length?: number;
  /** UNICODE_STRING.Length when it is not twice the name's code units: odd lengths are invalid. */
  readonly nameBytes?: number;
}

/** Every OBJ_ bit that a call may have (OBJ_VALID_ATTRIBUTES). */
const VALID_ATTRIBUTES = 0x1ff2;
/** 65534 bytes are refused although a USHORT holds them; 65532 are accepted (Wine, test_name_limits). */
const LONGEST_NAME_BYTES = 65_532;

/** STATUS_SUCCESS, or what NT answers before it looks at anything else. */
export function checkAttributes(attributes: ObjectAttributes): number {
  if (attributes.length !== undefined && attributes.length !== OBJECT_ATTRIBUTES.size) return STATUS_INVALID_PARAMETER;
  if (((attributes.attributes ?? 0) & ~VALID_ATTRIBUTES) !== 0) return STATUS_INVALID_PARAMETER;
  if (attributes.name === undefined) {
    return (attributes.rootDirectory ?? 0) === 0 ? STATUS_SUCCESS : STATUS_OBJECT_NAME_INVALID;
  }
  const bytes = attributes.nameBytes ?? attributes.name.length * 2;
  return bytes % 2 !== 0 || bytes > LONGEST_NAME_BYTES ? STATUS_OBJECT_NAME_INVALID : STATUS_SUCCESS;
}
