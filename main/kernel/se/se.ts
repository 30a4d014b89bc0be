/**
 * The security reference monitor: who the caller is, what an object's descriptor grants it, and what a new object gets.
 * The object manager asks it on every open from user mode; the kernel itself is not checked.
 */
import { ACCESS_SYSTEM_SECURITY, MAXIMUM_ALLOWED, WRITE_OWNER } from "../../../native-bindings/abi/access";
import type { Address } from "../../../native-bindings/abi/address";
import {
  STATUS_ACCESS_DENIED,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INVALID_SECURITY_DESCR,
  STATUS_SUCCESS,
} from "../../../native-bindings/abi/ntstatus/codes";
import {
  parseSecurityDescriptor,
  type SecurityDescriptor,
} from "../../../native-bindings/abi/security/securityDescriptor";
import { securityDescriptorBytes } from "../../../native-bindings/abi/security/securityDescriptorBytes";
import type { KernelMemory } from "../mem/kernelMemory";
import { type AccessDecision, grantAsked, type ObjectSecurity } from "../ob/accessCheck";
import { KernelMode, type ProcessorMode, UserMode } from "../ob/caller";
import type { ObjectManager } from "../ob/objectManager";
import type { ObjectType } from "../ob/objectType";
import type { SharedDescriptor } from "../ob/sharedDescriptors";
import { type AccessAnswer, checkAccess } from "./accessCheck";
import { type AccessDescriptor, readAccessDescriptor } from "./accessDescriptor";
import type { AccessReason } from "./accessReason";
import { assignSecurity } from "./assignSecurity";
import { type ReadyToken, readyTokens } from "./readyTokens";
import { descriptorOfSddl } from "./sddlDescriptors";
import type { Token } from "./token";
import { TokenObjects } from "./tokenObjects";

/** Rights on which privileges decide: those may change in a token's memory, so that no answer is kept. */
const NEVER_KEPT = WRITE_OWNER | ACCESS_SYSTEM_SECURITY | MAXIMUM_ALLOWED;
/** Answers kept of one descriptor: callers ask for few different things. */
const MOST_KEPT = 64;

interface KeptAnswer {
  readonly token: Token;
  readonly type: ObjectType;
  readonly desired: number;
  readonly answer: AccessAnswer;
}

/** What is worked out of a shared descriptor's bytes. */
interface Prepared {
  readonly descriptor: AccessDescriptor | undefined;
  readonly whole: SecurityDescriptor | undefined;
  readonly kept: KeptAnswer[];
  /** What objects made below get without a descriptor of their own, by token and type. */
  readonly passedOn: Map<Token, Map<ObjectType, SharedDescriptor>>;
}

function prepare(bytes: Uint8Array): Prepared {
  const whole = parseSecurityDescriptor(bytes);
  return { descriptor: readAccessDescriptor(bytes), whole, kept: [], passedOn: new Map() };
}

function preparedOf(shared: SharedDescriptor): Prepared {
  shared.prepared ??= prepare(shared.bytes);
  return shared.prepared as Prepared;
}

export class Se implements ObjectSecurity {
  readonly tokens: TokenObjects;
  readonly #ready = new Map<ReadyToken, Address>();

  constructor(
    memory: KernelMemory,
    private readonly ob: ObjectManager,
  ) {
    this.tokens = new TokenObjects(memory, ob);
    ob.security = this;
    ob.accessCheck = (object, type, access, mode) => this.check(object, type, access, mode);
  }

  /** The token object of that kind; one for all processes that have it. */
  ready(kind: ReadyToken): Address {
    const known = this.#ready.get(kind);
    if (known !== undefined) return known;
    const made = this.tokens.create(readyTokens[kind]);
    this.#ready.set(kind, made);
    return made;
  }

  /** The kind of a process's token; undefined for one that is none of the ready ones. */
  kindOf(process: Address): ReadyToken | undefined {
    const token = this.tokens.ofProcess(process);
    for (const [kind, object] of this.#ready) if (object === token) return kind;
    return undefined;
  }

  /** For what runs as the calling process. */
  get callerToken(): Token | undefined {
    return this.tokens.at(this.tokens.ofProcess(this.ob.caller.process.object));
  }

  /** The hook of the object manager. */
  check(object: Address, type: ObjectType, desiredAccess: number, mode: ProcessorMode): AccessDecision {
    return mode === KernelMode
      ? { status: STATUS_SUCCESS, granted: grantAsked(type, desiredAccess) }
      : this.explainCheck(object, type, desiredAccess);
  }

  /** What user mode gets, and why. */
  explainCheck(object: Address, type: ObjectType, desiredAccess: number): AccessAnswer {
    const shared = this.descriptorOf(object, type);
    if (shared === undefined) return grantedBy({ rule: "noDescriptor" }, type, desiredAccess);
    const token = this.callerToken;
    if (token === undefined) return refusedBy({ rule: "noToken" });
    const prepared = preparedOf(shared);
    for (const kept of prepared.kept) {
      if (kept.desired === desiredAccess && kept.token === token && kept.type === type) return kept.answer;
    }
    return this.#judge(prepared, token, type, desiredAccess);
  }

  #judge(prepared: Prepared, token: Token, type: ObjectType, desired: number): AccessAnswer {
    const { descriptor, kept } = prepared;
    if (descriptor === undefined) return refusedBy({ rule: "badDescriptor" });
    const object = this.tokens.ofProcess(this.ob.caller.process.object);
    const answer = checkAccess(descriptor, token, {
      desired,
      mapping: type.genericMapping,
      typeName: type.name,
      hasPrivilege: (name) => this.tokens.hasPrivilege(object, name),
    });
    if ((type.mapAccess(desired) & NEVER_KEPT) === 0) {
      if (kept.length === MOST_KEPT) kept.pop();
      kept.unshift({ token, type, desired, answer });
    }
    return answer;
  }

  /** A file's is that of the device it was opened on, where that decided. */
  descriptorOf(object: Address, type: ObjectType): SharedDescriptor | undefined {
    const { securityObject } = type.options;
    const at = securityObject === undefined ? object : securityObject(object);
    return at === 0 ? undefined : this.ob.store.descriptors.of(at);
  }

  checksTraverse(mode: ProcessorMode): boolean {
    if (mode !== UserMode) return false;
    const token = this.tokens.ofProcess(this.ob.caller.process.object);
    return this.tokens.at(token) === undefined || !this.tokens.hasPrivilege(token, "SeChangeNotifyPrivilege");
  }

  assign(object: Address, type: ObjectType, directory: Address, given: Uint8Array | undefined): number {
    const { descriptors } = this.ob.store;
    // Without a name and without a wish there is nobody to protect it from.
    if (directory === 0 && given === undefined) return STATUS_SUCCESS;
    const token = this.callerToken;
    const parent = directory === 0 ? undefined : descriptors.of(directory);
    const prepared = parent === undefined ? undefined : preparedOf(parent);
    const known = given === undefined && token !== undefined ? prepared?.passedOn.get(token)?.get(type) : undefined;
    if (known !== undefined && known.address !== 0) {
      descriptors.attach(object, known);
      return STATUS_SUCCESS;
    }
    const wanted = given === undefined ? undefined : parseSecurityDescriptor(given);
    if (given !== undefined && wanted === undefined) return STATUS_INVALID_SECURITY_DESCR;
    const made = assignSecurity({
      parent: prepared?.whole,
      given: wanted,
      token: token?.description ?? readyTokens.system,
      mapping: type.genericMapping,
      isContainer: type === this.ob.directoryType,
    });
    const shared = descriptors.share(securityDescriptorBytes(made));
    if (shared === undefined) return STATUS_INSUFFICIENT_RESOURCES;
    descriptors.attach(object, shared);
    if (given === undefined && token !== undefined && prepared !== undefined) remember(prepared, token, type, shared);
    return STATUS_SUCCESS;
  }

  /** A descriptor of the model's own for an object that is there. Throws a RangeError when it is none. */
  secure(object: Address, type: ObjectType, sddl: string): void {
    const status = this.assign(object, type, 0, descriptorOfSddl(sddl));
    if (status !== STATUS_SUCCESS) throw new RangeError(`${sddl}: 0x${status.toString(16)}`);
  }
}

function remember({ passedOn }: Prepared, token: Token, type: ObjectType, shared: SharedDescriptor): void {
  const byType = passedOn.get(token) ?? new Map<ObjectType, SharedDescriptor>();
  byType.set(type, shared);
  passedOn.set(token, byType);
}

function refusedBy(reason: AccessReason): AccessAnswer {
  return { status: STATUS_ACCESS_DENIED, granted: 0, reason };
}

function grantedBy(reason: AccessReason, type: ObjectType, desired: number): AccessAnswer {
  return { status: STATUS_SUCCESS, granted: grantAsked(type, desired), reason };
}
