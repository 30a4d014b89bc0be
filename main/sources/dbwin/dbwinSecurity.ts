/**
 * Who may write to DBWIN: without a descriptor of its own only programs of the same user and level could. The rights
 * are those that DebugView++ gives (its issue 365), and the label lets programs of low integrity in.
 */
import { ConvertStringSecurityDescriptorToSecurityDescriptorW } from "../../../native-bindings/koffi/advapi32";
import { LocalFree } from "../../../native-bindings/koffi/kernel32";

const WRITER = "GRGWGX";

/** Security descriptor definition language. */
export const DBWIN_SDDL = [
  "D:",
  `(A;;${WRITER};;;AU)`, // whoever has logged on
  `(A;;${WRITER};;;S-1-15-2-1)`, // all app containers
  `(A;;${WRITER};;;S-1-15-2-2)`, // all restricted app containers
  "(A;;GA;;;SY)",
  "(A;;GA;;;BA)",
  "(A;;GA;;;OW)", // who made them: us
  "S:(ML;;NW;;;LW)", // low integrity: nobody below that may write
].join("");

const SDDL_REVISION_1 = 1;
/** SECURITY_ATTRIBUTES, x64: u32 length, pointer to the descriptor at 8, BOOL inherit at 16. */
const SECURITY_ATTRIBUTES_SIZE = 24;

/** Calls `use` with the SECURITY_ATTRIBUTES, or null (the default ones) where the system does not take the descriptor. */
export function withDbwinSecurity<T>(use: (attributes: Buffer | null) => T): T {
  const pointer = Buffer.alloc(8);
  const sddl = Buffer.from(`${DBWIN_SDDL}\0`, "utf16le");
  if (ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, SDDL_REVISION_1, pointer, null) === 0) {
    return use(null);
  }
  const attributes = Buffer.alloc(SECURITY_ATTRIBUTES_SIZE);
  attributes.writeUInt32LE(SECURITY_ATTRIBUTES_SIZE);
  pointer.copy(attributes, 8);
  try {
    return use(attributes);
  } finally {
    LocalFree(pointer.readBigUInt64LE());
  }
}
