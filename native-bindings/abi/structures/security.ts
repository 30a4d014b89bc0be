/** Security descriptors and what a driver's create routine gets to see of the caller (winnt.h, wdm.h, ntifs.h). */
import { flagTable, valueTable } from "../flags";
import { structure } from "../structure";
import { UNICODE_STRING } from "./strings";

export const securityDescriptorControl = flagTable({
  SE_OWNER_DEFAULTED: [0x1, "the owner is a default"],
  SE_GROUP_DEFAULTED: [0x2, "the group is a default"],
  SE_DACL_PRESENT: [0x4, "there is a discretionary ACL; if its pointer is NULL, everybody may do everything"],
  SE_DACL_DEFAULTED: [0x8, "the discretionary ACL is a default"],
  SE_SACL_PRESENT: [0x10, "there is a system ACL"],
  SE_SACL_DEFAULTED: [0x20, "the system ACL is a default"],
  SE_DACL_AUTO_INHERIT_REQ: [0x100, "inheritance to children was asked for"],
  SE_SACL_AUTO_INHERIT_REQ: [0x200, "inheritance of auditing was asked for"],
  SE_DACL_AUTO_INHERITED: [0x400, "entries were inherited automatically"],
  SE_SACL_AUTO_INHERITED: [0x800, "auditing was inherited automatically"],
  SE_DACL_PROTECTED: [0x1000, "takes no entries from its parent"],
  SE_SACL_PROTECTED: [0x2000, "takes no auditing from its parent"],
  SE_RM_CONTROL_VALID: [0x4000, "Sbz1 is in use"],
  SE_SELF_RELATIVE: [0x8000, "the parts follow, and the fields are offsets"],
});

/** Absolute form: pointers to the parts. */
export const SECURITY_DESCRIPTOR = structure("SECURITY_DESCRIPTOR", 0x28, {
  Revision: [0x0, "u8", "1"],
  Sbz1: [0x1, "u8", "resource manager's bits, usually 0"],
  Control: [0x2, "u16", "which parts there are", securityDescriptorControl],
  Owner: [0x8, "pointer", "SID, or NULL"],
  Group: [0x10, "pointer", "SID, or NULL"],
  Sacl: [0x18, "pointer", "ACL of what is audited, or NULL"],
  Dacl: [0x20, "pointer", "ACL of who may do what; NULL lets everybody do everything"],
});

/** Self-relative form: offsets from its own start, 0 for a part that isn't there. */
export const SECURITY_DESCRIPTOR_RELATIVE = structure("SECURITY_DESCRIPTOR_RELATIVE", 0x14, {
  Revision: [0x0, "u8", "1"],
  Sbz1: [0x1, "u8", "resource manager's bits, usually 0"],
  Control: [0x2, "u16", "which parts there are", securityDescriptorControl],
  Owner: [0x4, "u32", "offset of the SID"],
  Group: [0x8, "u32", "offset of the SID"],
  Sacl: [0xc, "u32", "offset of the ACL"],
  Dacl: [0x10, "u32", "offset of the ACL"],
});

export const ACL = structure("ACL", 0x8, {
  AclRevision: [0x0, "u8", "2, or 4 with object entries"],
  Sbz1: [0x1, "u8", "0"],
  AclSize: [0x2, "u16", "bytes, entries included"],
  AceCount: [0x4, "u16", "entries"],
  Sbz2: [0x6, "u16", "0"],
});

export const aceTypes = valueTable({
  ACCESS_ALLOWED_ACE_TYPE: [0x0, "allows"],
  ACCESS_DENIED_ACE_TYPE: [0x1, "denies"],
  SYSTEM_AUDIT_ACE_TYPE: [0x2, "audits"],
  SYSTEM_ALARM_ACE_TYPE: [0x3, "alarms"],
  ACCESS_ALLOWED_OBJECT_ACE_TYPE: [0x5, "allows, for a property"],
  ACCESS_DENIED_OBJECT_ACE_TYPE: [0x6, "denies, for a property"],
  SYSTEM_AUDIT_OBJECT_ACE_TYPE: [0x7, "audits, for a property"],
  ACCESS_ALLOWED_CALLBACK_ACE_TYPE: [0x9, "allows, under a condition"],
  ACCESS_DENIED_CALLBACK_ACE_TYPE: [0xa, "denies, under a condition"],
  SYSTEM_MANDATORY_LABEL_ACE_TYPE: [0x11, "integrity level"],
  SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE: [0x12, "resource attribute"],
  SYSTEM_SCOPED_POLICY_ID_ACE_TYPE: [0x13, "central policy"],
  SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE: [0x14, "process trust level"],
});

export const aceFlags = flagTable({
  OBJECT_INHERIT_ACE: [0x1, "objects below inherit it"],
  CONTAINER_INHERIT_ACE: [0x2, "containers below inherit it"],
  NO_PROPAGATE_INHERIT_ACE: [0x4, "they don't pass it on"],
  INHERIT_ONLY_ACE: [0x8, "doesn't count here"],
  INHERITED_ACE: [0x10, "was inherited"],
  SUCCESSFUL_ACCESS_ACE_FLAG: [0x40, "audits success"],
  FAILED_ACCESS_ACE_FLAG: [0x80, "audits failure"],
});

export const ACE_HEADER = structure("ACE_HEADER", 0x4, {
  AceType: [0x0, "u8", "what the entry does", aceTypes],
  AceFlags: [0x1, "u8", "inheritance and auditing", aceFlags],
  AceSize: [0x2, "u16", "bytes of the entry"],
});

/** Entries that allow, deny and audit all look like this. */
export const ACCESS_ALLOWED_ACE = structure("ACCESS_ALLOWED_ACE", 0xc, {
  Header: [0x0, ACE_HEADER, "kind and size"],
  Mask: [0x4, "u32", "rights"],
  SidStart: [0x8, "u32", "first bytes of the SID"],
});

export const SID = structure("SID", 0xc, {
  Revision: [0x0, "u8", "1"],
  SubAuthorityCount: [0x1, "u8", "numbers in SubAuthority, 15 at most"],
  IdentifierAuthority: [0x2, ["u8", 6], "big-endian"],
  SubAuthority: [0x8, ["u32", 1], "first of the numbers"],
});

export const impersonationLevels = valueTable({
  SecurityAnonymous: [0, "the server learns nothing"],
  SecurityIdentification: [1, "the server may ask who it is"],
  SecurityImpersonation: [2, "the server may act as the client on its machine"],
  SecurityDelegation: [3, "the server may act as the client on others too"],
});

export const SECURITY_QUALITY_OF_SERVICE = structure("SECURITY_QUALITY_OF_SERVICE", 0xc, {
  Length: [0x0, "u32", "0xc"],
  ImpersonationLevel: [0x4, "u32", "how far a server may go", impersonationLevels],
  ContextTrackingMode: [0x8, "u8", "1 when the server sees changes"],
  EffectiveOnly: [0x9, "u8", "1 when only enabled privileges go along"],
});

export const SECURITY_SUBJECT_CONTEXT = structure("SECURITY_SUBJECT_CONTEXT", 0x20, {
  ClientToken: [0x0, "pointer", "token that the thread impersonates, or NULL"],
  ImpersonationLevel: [0x8, "u32", "level of that token", impersonationLevels],
  PrimaryToken: [0x10, "pointer", "token of the process"],
  ProcessAuditId: [0x18, "pointer", "process id"],
});

export const ACCESS_STATE = structure("ACCESS_STATE", 0xa0, {
  OperationID: [0x0, "u64", "locally unique id"],
  SecurityEvaluated: [0x8, "u8", "access has been checked"],
  GenerateAudit: [0x9, "u8", "to be audited"],
  GenerateOnClose: [0xa, "u8", "closing is to be audited"],
  PrivilegesAllocated: [0xb, "u8", "the privilege set was allocated"],
  Flags: [0xc, "u32", "flags of the token"],
  RemainingDesiredAccess: [0x10, "u32", "rights still to be granted"],
  PreviouslyGrantedAccess: [0x14, "u32", "rights granted so far"],
  OriginalDesiredAccess: [0x18, "u32", "rights asked for"],
  SubjectSecurityContext: [0x20, SECURITY_SUBJECT_CONTEXT, "who asks"],
  SecurityDescriptor: [0x40, "pointer", "for a new object"],
  AuxData: [0x48, "pointer", "generic mapping and privileges"],
  AuditPrivileges: [0x7c, "u8", "use of privileges is to be audited"],
  ObjectName: [0x80, UNICODE_STRING, "for the audit"],
  ObjectTypeName: [0x90, UNICODE_STRING, "for the audit"],
});

export const IO_SECURITY_CONTEXT = structure("IO_SECURITY_CONTEXT", 0x18, {
  SecurityQos: [0x0, "pointer", "SECURITY_QUALITY_OF_SERVICE, or NULL"],
  AccessState: [0x8, "pointer", "ACCESS_STATE"],
  DesiredAccess: [0x10, "u32", "rights asked for, generic ones mapped"],
  FullCreateOptions: [0x14, "u32", "create options"],
});

const SYMBOLS = "public symbols of Windows 10 x64, build 19041; the fields listed are not all there are";

/** The start of a token, as far as drivers and debuggers look at it. */
export const TOKEN = structure(
  "TOKEN",
  0x490,
  {
    TokenSource: [0x0, ["u8", 16], "who made it: eight letters and a LUID"],
    TokenId: [0x10, "u64", "LUID of the token"],
    AuthenticationId: [0x18, "u64", "LUID of the logon session"],
    ParentTokenId: [0x20, "u64", "LUID of the token that it was filtered from"],
    "Privileges.Present": [0x40, "u64", "privileges it can enable, by their LUIDs as bits"],
    "Privileges.Enabled": [0x48, "u64", "those that count"],
    "Privileges.EnabledByDefault": [0x50, "u64", "those that counted at first"],
    SessionId: [0x78, "u32", "terminal services session"],
    UserAndGroupCount: [0x7c, "u32", "SIDs, the user's first"],
    RestrictedSidCount: [0x80, "u32", "restricting SIDs"],
    TokenType: [0xc0, "u32", "1 of a process, 2 of an impersonating thread"],
    ImpersonationLevel: [0xc4, "u32", "how far an impersonation goes", impersonationLevels],
    TokenFlags: [0xc8, "u32", "0x4000 for a low box"],
    IntegrityLevelIndex: [0xd0, "u32", "position of the integrity level among the SIDs"],
    MandatoryPolicy: [0xd4, "u32", "1: no write up"],
  },
  SYMBOLS,
);
