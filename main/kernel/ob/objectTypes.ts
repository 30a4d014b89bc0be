/** Making object types: an OBJECT_TYPE in an object of the type Type. */
import type { Address } from "../../../native-bindings/abi/address";
import { NonPagedPoolNx, PagedPool } from "../../../native-bindings/abi/poolTypes";
import { OBJECT_TYPE, OBJECT_TYPE_INITIALIZER } from "../../../native-bindings/abi/structures/objectManager";
import { initializeListHead } from "../ke/dispatcherObjects";
import { setUnicodeString } from "../mem/unicodeString";
import { allocateObjectName } from "./objectName";
import type { ObjectStore } from "./objectStore";
import { ObjectType, type ObjectTypeOptions, objectTag } from "./objectType";
import { FIRST_TYPE_INDEX, windowsTypes } from "./windowsTypes";

const info = OBJECT_TYPE_INITIALIZER.offset;
const type = OBJECT_TYPE.offset;
const MAXIMUM_TYPES = 256;
/** For a type that Windows does not have: every right a bit mask can name below the generic ones. */
const PLAIN_MAPPING = { read: 0x2_0000, write: 0x2_0000, execute: 0x2_0000, all: 0x1f_ffff };
const FLAG_CASE_INSENSITIVE = 0x1;
const FLAG_MAINTAIN_HANDLE_COUNT = 0x10;

export class ObjectTypes {
  readonly #byName = new Map<string, ObjectType>();
  /** Past the indices that Windows's own types have. */
  #nextIndex = FIRST_TYPE_INDEX + windowsTypes.length;

  constructor(readonly store: ObjectStore) {}

  get all(): readonly ObjectType[] {
    return this.store.types.filter((known) => known !== undefined);
  }

  byName(name: string): ObjectType | undefined {
    return this.#byName.get(name);
  }

  /**
   * The new type; its object is not in `\ObjectTypes` yet and has one reference. Throws a RangeError when the
   * name is taken or 256 types exist: types are made while the machine boots, by the model itself.
   */
  create(name: string, options: ObjectTypeOptions): ObjectType {
    if (this.#byName.has(name)) throw new RangeError(`the type ${name} exists`);
    const position = windowsTypes.findIndex((known) => known.name === name);
    const index = position < 0 ? this.#nextIndex++ : position + FIRST_TYPE_INDEX;
    if (index >= MAXIMUM_TYPES) throw new RangeError("all type indices are used up");
    const resolved = { ...defaults(position), ...options };
    const address = this.#allocate();
    const made = new ObjectType(this.store.memory, name, index, address, resolved);
    this.store.types[index] = made;
    this.#byName.set(name, made);
    this.#describe(made);
    this.#byName.get("Type")?.countObject(1);
    return made;
  }

  /** Types of Windows that nothing of the model has made, so that the list is complete. */
  missing(): readonly string[] {
    return windowsTypes.map(({ name }) => name).filter((name) => !this.#byName.has(name));
  }

  /** Not by way of `store.create`: the first of them, Type, is its own type. */
  #allocate(): Address {
    const object = this.store.build(FIRST_TYPE_INDEX, NonPagedPoolNx, objectTag("Type"), {
      named: true,
      bodySize: OBJECT_TYPE.size,
      permanent: true,
      exclusive: false,
      kernel: true,
      maintainHandleCount: false,
      creatorProcessId: 0,
      recordCreator: true,
    });
    if (object === 0) throw new RangeError("no pool is left for an object type");
    return object;
  }

  #describe({ address, name, index, options }: ObjectType): void {
    const { memory, pool } = this.store;
    initializeListHead(memory, address + type.TypeList);
    initializeListHead(memory, address + type.CallbackList);
    const buffer = allocateObjectName(memory, pool, name);
    setUnicodeString(memory, address + type.Name, buffer, name.length * 2);
    memory.writeU8(address + type.Index, index);
    const at = address + type.TypeInfo;
    const { genericMapping } = options;
    memory.writeU16(at + info.Length, OBJECT_TYPE_INITIALIZER.size);
    memory.writeU8(
      at + info.ObjectTypeFlags,
      (options.caseInsensitive ? FLAG_CASE_INSENSITIVE : 0) |
        (options.maintainHandleCount ? FLAG_MAINTAIN_HANDLE_COUNT : 0),
    );
    memory.writeU32(at + info.InvalidAttributes, options.invalidAttributes);
    memory.writeU32(at + info["GenericMapping.GenericRead"], genericMapping.read);
    memory.writeU32(at + info["GenericMapping.GenericWrite"], genericMapping.write);
    memory.writeU32(at + info["GenericMapping.GenericExecute"], genericMapping.execute);
    memory.writeU32(at + info["GenericMapping.GenericAll"], genericMapping.all);
    memory.writeU32(at + info.ValidAccessMask, options.validAccessMask);
    memory.writeU32(at + info.PoolType, options.poolType);
    const charge = options.poolType === PagedPool ? info.DefaultPagedPoolCharge : info.DefaultNonPagedPoolCharge;
    memory.writeU32(at + charge, options.bodySize);
  }
}

type ResolvedOptions = ObjectType["options"];

function defaults(position: number): ResolvedOptions {
  const known = windowsTypes[position];
  return {
    bodySize: known?.bodySize ?? 0,
    genericMapping: known?.genericMapping ?? PLAIN_MAPPING,
    validAccessMask: known?.validAccessMask ?? PLAIN_MAPPING.all,
    caseInsensitive: known?.caseInsensitive ?? false,
    maintainHandleCount: known?.maintainHandleCount ?? false,
    poolType: known?.paged === false ? NonPagedPoolNx : PagedPool,
    invalidAttributes: 0,
  };
}
