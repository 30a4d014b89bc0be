/** The page Security, as real machines' objects have it, and what the object grants to NtScope's own process. */
import { MAXIMUM_ALLOWED } from "../../../native-bindings/abi/access";
import type { Address } from "../../../native-bindings/abi/address";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { sddlText } from "../../../native-bindings/abi/security/sddlText";
import { parseSecurityDescriptor } from "../../../native-bindings/abi/security/securityDescriptor";
import { sidText } from "../../../native-bindings/abi/security/sid";
import { wellKnownSidName } from "../../../native-bindings/abi/security/wellKnownSids";
import type { FieldSection } from "../../machine/fieldValue";
import { field, text } from "../../machine/fieldValues";
import { fail, ntscopeError, ok } from "../../machine/result";
import { securitySection, sidsIn } from "../../machine/securitySection";
import type { ObjectType } from "../ob/objectType";
import { reasonText, rightsText } from "../se/accessReason";
import { accountNames } from "../se/readyTokens";
import type { KernelParts } from "./kernelParts";

function namesOf(descriptor: Uint8Array): ReadonlyMap<string, string> {
  const texts = sidsIn(descriptor).map((sid) => sidText(sid) ?? "");
  const named = texts.map((sid) => [sid, wellKnownSidName(sid) ?? accountNames.get(sid)] as const);
  return new Map(named.flatMap(([sid, name]) => (name === undefined ? [] : [[sid, name]])));
}

/** None for an object without a descriptor. */
export function objectSecuritySections(parts: KernelParts, object: Address, type: ObjectType): FieldSection[] {
  const descriptor = parts.se.descriptorOf(object, type)?.bytes;
  if (descriptor === undefined) return [];
  const parsed = parseSecurityDescriptor(descriptor);
  const written = parsed === undefined ? undefined : sddlText(parsed);
  const sddl =
    written === undefined ? fail(ntscopeError("no-sddl", "SDDL has no letters for an entry of it.")) : ok(written);
  const section = securitySection(type.name, ok({ descriptor, sddl }), namesOf(descriptor));
  const who = parts.se.callerToken?.description.name ?? "a process without a token";
  const answer = parts.se.explainCheck(object, type, MAXIMUM_ALLOWED);
  const granted = NT_SUCCESS(answer.status)
    ? rightsText(type.name, answer.granted)
    : `Nothing. ${reasonText(answer.reason)}`;
  const help = "All that an open would get now. Whom NtScope acts as can be chosen.";
  return [{ ...section, fields: [...section.fields, field("granted", `Granted to ${who}`, text(granted), help)] }];
}
