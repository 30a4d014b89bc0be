/**
 * What an access token says of its bearer, prepared for access checks. The object of type Token that carries it lies in
 * kernel memory (tokenObjects.ts), with its privileges: those count as they are there.
 */
import { wellKnownSidName } from "../../../native-bindings/abi/security/wellKnownSids";
import { groupAttributes, type PrivilegeName } from "./privileges";

const { SE_GROUP_ENABLED, SE_GROUP_USE_FOR_DENY_ONLY } = groupAttributes.bit;

export interface TokenGroup {
  readonly sid: string;
  /** SE_GROUP_ bits. */
  readonly attributes: number;
}

export interface TokenDescription {
  /** "a standard user": completes "... is not granted to". */
  readonly name: string;
  readonly user: string;
  readonly groups: readonly TokenGroup[];
  readonly privileges: readonly { readonly name: PrivilegeName; readonly enabled: boolean }[];
  /** RID of the integrity level: 0x1000 low, 0x2000 medium, 0x3000 high, 0x4000 system. */
  readonly integrity: number;
  /** Of a low box: its package, and what it was granted. */
  readonly appContainer?: string;
  readonly capabilities?: readonly string[];
  /** Of a restricted token: each access must be granted to one of these too. */
  readonly restrictedSids?: readonly string[];
  /** Of objects that the bearer makes. */
  readonly owner: string;
  readonly primaryGroup: string;
  /** SDDL of the DACL for objects made without one. */
  readonly defaultDacl: string;
  /** Names of accounts of this machine, by SID. */
  readonly accounts?: ReadonlyMap<string, string>;
}

/** S-1-15-2-1: every app container but the less privileged ones. */
export const ALL_APPLICATION_PACKAGES = "S-1-15-2-1";

/** Which SIDs of entries mean this bearer, in one of the passes of an access check. */
export interface SidMatch {
  allows(sid: string): boolean;
  denies(sid: string): boolean;
}

function matchOf(allowed: ReadonlySet<string>, denied: ReadonlySet<string>): SidMatch {
  return { allows: (sid) => allowed.has(sid), denies: (sid) => denied.has(sid) };
}

export class Token {
  /** User and groups. */
  readonly own: SidMatch;
  /** Package and capabilities; undefined outside of a low box. */
  readonly package: SidMatch | undefined;
  readonly restricted: SidMatch | undefined;

  constructor(readonly description: TokenDescription) {
    const { user, groups, appContainer, capabilities = [], restrictedSids } = description;
    const enabled = groups.filter(({ attributes }) => (attributes & SE_GROUP_ENABLED) !== 0);
    const denying = groups.filter(({ attributes }) => (attributes & SE_GROUP_USE_FOR_DENY_ONLY) !== 0);
    const allowed = new Set([user, ...enabled.map(({ sid }) => sid)]);
    this.own = matchOf(allowed, new Set([...allowed, ...denying.map(({ sid }) => sid)]));
    if (appContainer !== undefined) {
      const sids = new Set([appContainer, ALL_APPLICATION_PACKAGES, ...capabilities]);
      this.package = matchOf(sids, sids);
    }
    if (restrictedSids !== undefined) {
      const sids = new Set(restrictedSids);
      this.restricted = matchOf(sids, sids);
    }
  }

  /** The account's name where there is one, else the SID. */
  accountOf(sid: string): string {
    return wellKnownSidName(sid) ?? this.description.accounts?.get(sid) ?? sid;
  }

  /** As the account is shown: its name where there is one, and the SID. */
  nameOf(sid: string): string {
    const name = this.accountOf(sid);
    return name === sid ? sid : `${name} (${sid})`;
  }
}
