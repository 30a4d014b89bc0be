/**
 * Tokens as objects: each has a TOKEN in kernel memory, to which EPROCESS.Token points. What a driver writes there counts:
 * another token in a process, other privileges in a token. Groups and default DACL are kept beside the memory.
 */
import type { Address } from "../../../native-bindings/abi/address";
import { NT_SUCCESS } from "../../../native-bindings/abi/ntstatus/ntStatus";
import { EPROCESS } from "../../../native-bindings/abi/structures/process";
import { TOKEN } from "../../../native-bindings/abi/structures/security";
import { AddressMap } from "../mem/addressMap";
import type { KernelMemory } from "../mem/kernelMemory";
import type { ObjectManager } from "../ob/objectManager";
import type { ObjectType } from "../ob/objectType";
import { type PrivilegeName, privilegeLuid, privilegeMask } from "./privileges";
import { Token, type TokenDescription } from "./token";

const field = TOKEN.offset;
const PROCESS_TOKEN = EPROCESS.offset.Token;
/** EX_FAST_REF: references taken beforehand, in the low four bits of a pointer. */
export const FAST_REFERENCES = 0xf;
const TOKEN_PRIMARY = 1;
const TOKEN_LOWBOX = 0x4000;
const NO_WRITE_UP_POLICY = 1;
const FIRST_LUID = 0x3e7;
const LUID_STEP = 0x11;

export class TokenObjects {
  readonly type: ObjectType;
  readonly #tokens = new AddressMap<Token>();
  #nextLuid = FIRST_LUID;

  constructor(
    private readonly memory: KernelMemory,
    private readonly ob: ObjectManager,
  ) {
    this.type = ob.createType("Token", { delete: (object) => void this.#tokens.delete(object) });
  }

  /** One reference for the caller. Throws a RangeError when there is no pool. */
  create(description: TokenDescription): Address {
    const { status, object } = this.ob.ObCreateObject(this.type, undefined);
    if (!NT_SUCCESS(status)) throw new RangeError("no pool is left for a token");
    this.ob.ObInsertObject(object, 0, { createHandle: false });
    this.#describe(object, description);
    this.#tokens.set(object, new Token(description));
    return object;
  }

  #describe(object: Address, { privileges, groups, restrictedSids, appContainer }: TokenDescription): void {
    const { memory } = this;
    const present = privilegeMask(privileges.map(({ name }) => name));
    const enabled = privilegeMask(privileges.filter((privilege) => privilege.enabled).map(({ name }) => name));
    const put = (at: number, { low, high }: { low: number; high: number }) => {
      memory.writeU32(object + at, low);
      memory.writeU32(object + at + 4, high);
    };
    put(field.TokenId, { low: this.#nextLuid, high: 0 });
    put(field.AuthenticationId, { low: this.#nextLuid, high: 0 });
    this.#nextLuid += LUID_STEP;
    put(field["Privileges.Present"], present);
    put(field["Privileges.Enabled"], enabled);
    put(field["Privileges.EnabledByDefault"], enabled);
    memory.writeU32(object + field.UserAndGroupCount, groups.length + 1);
    memory.writeU32(object + field.RestrictedSidCount, restrictedSids?.length ?? 0);
    memory.writeU32(object + field.TokenType, TOKEN_PRIMARY);
    memory.writeU32(object + field.TokenFlags, appContainer === undefined ? 0 : TOKEN_LOWBOX);
    memory.writeU32(object + field.IntegrityLevelIndex, groups.length);
    memory.writeU32(object + field.MandatoryPolicy, NO_WRITE_UP_POLICY);
  }

  at(object: Address): Token | undefined {
    return this.#tokens.get(object);
  }

  hasPrivilege(object: Address, name: PrivilegeName): boolean {
    const luid = privilegeLuid(name);
    const half = object + field["Privileges.Enabled"] + (luid < 32 ? 0 : 4);
    return ((this.memory.readU32(half) >>> (luid % 32)) & 1) !== 0;
  }

  /** The process keeps a reference. */
  assign(process: Address, token: Address): void {
    const before = this.ofProcess(process);
    this.ob.ObReferenceObject(token);
    this.memory.writePointer(process + PROCESS_TOKEN, token + FAST_REFERENCES);
    if (before !== 0) this.ob.ObDereferenceObject(before);
  }

  /** When the process goes. */
  release(process: Address): void {
    const token = this.ofProcess(process);
    this.memory.writePointer(process + PROCESS_TOKEN, 0);
    // What a driver has put there instead of a token is not ours to dereference.
    if (this.#tokens.has(token)) this.ob.ObDereferenceObject(token);
  }

  /** Whatever stands in EPROCESS.Token; 0 for nothing. */
  ofProcess(process: Address): Address {
    const slot = this.memory.readPointer(process + PROCESS_TOKEN);
    return slot - (slot & FAST_REFERENCES);
  }
}
