/** What decided an access check, as a value and in one sentence. */
import { formatAccess } from "../../../native-bindings/abi/access";
import { wellKnownSidName } from "../../../native-bindings/abi/security/wellKnownSids";
import type { PrivilegeName } from "./privileges";

/** Who had to be granted the access: user and groups, the low box's package, or the restricting SIDs. */
export type AccessPass = "user" | "package" | "restricted";

export type AccessReason =
  | { readonly rule: "kernelMode" | "noDescriptor" | "noList" | "nothingAsked" | "noToken" | "badDescriptor" }
  /** This entry granted the last right that was missing, or denied one. `sid` as it is shown, with its name. */
  | { readonly rule: "allowed" | "denied"; readonly index: number; readonly sid: string; readonly rights: string }
  | { readonly rule: "owner"; readonly rights: string }
  | { readonly rule: "privilege"; readonly privilege: PrivilegeName; readonly held: boolean; readonly rights: string }
  /** `isEmpty`: there is a list without entries. `who`: "a standard user". */
  | {
      readonly rule: "notGranted";
      readonly pass: AccessPass;
      readonly isEmpty: boolean;
      readonly rights: string;
      readonly who: string;
    }
  /** A low box and an object without a list. */
  | { readonly rule: "packageNeedsEntry"; readonly who: string }
  | {
      readonly rule: "integrity";
      readonly object: string;
      readonly caller: string;
      readonly policy: readonly string[];
      readonly rights: string;
    };

/** `High`, or the number of a level between those with names. */
export function integrityName(rid: number): string {
  const name = wellKnownSidName(`S-1-16-${rid}`);
  return name === undefined ? `0x${rid.toString(16)}` : name.replace(/^.*\\(.*) Mandatory Level$/, "$1");
}

const passes: Readonly<Record<AccessPass, (who: string, rights: string) => string>> = {
  user: (who, rights) => `No entry of the access control list grants ${rights} to ${who}.`,
  package: (who, rights) =>
    `No entry for app containers (ALL APPLICATION PACKAGES, the package or one of its capabilities) grants ${rights} to ${who}.`,
  restricted: (who, rights) => `No entry grants ${rights} to the restricting SIDs of ${who}.`,
};

/** Entries are counted from 1, as people do. */
export function reasonText(reason: AccessReason): string {
  switch (reason.rule) {
    case "kernelMode":
      return "The kernel itself is not checked.";
    case "noDescriptor":
      return "The object has no security descriptor, so that nothing is checked.";
    case "badDescriptor":
      return "The object's security descriptor is damaged, so that nothing is granted.";
    case "noList":
      return "The object has no access control list, which lets everybody do everything.";
    case "nothingAsked":
      return "No right was asked for.";
    case "noToken":
      return "The process has no token: the pointer in its EPROCESS leads to none.";
    case "allowed":
      return `Entry ${reason.index + 1} of the access control list allows ${reason.sid}: ${reason.rights}.`;
    case "denied":
      return `Entry ${reason.index + 1} of the access control list denies ${reason.sid}: ${reason.rights}.`;
    case "owner":
      return `The caller owns the object, which grants ${reason.rights}.`;
    case "privilege":
      return reason.held
        ? `${reason.privilege} grants ${reason.rights}.`
        : `${reason.rights} takes ${reason.privilege}, which the caller does not hold enabled.`;
    case "notGranted":
      return reason.isEmpty
        ? `The access control list is empty, which lets nobody do anything: ${reason.rights} is not granted.`
        : passes[reason.pass](reason.who, reason.rights);
    case "packageNeedsEntry":
      return `The object has no access control list, which lets everybody in but app containers: ${reason.who} is one.`;
    case "integrity":
      return `Integrity label: the object is ${reason.object}, the caller ${reason.caller}, and below that level there is ${reason.policy.join(", ")} (${reason.rights}).`;
  }
}

/** Rights by their names, those of one type of object. */
export function rightsText(typeName: string, mask: number): string {
  return formatAccess(typeName, mask >>> 0);
}
