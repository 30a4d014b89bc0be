/**
 * NT structures as data: each is declared once by its fields (offset, type, meaning), and from that come the
 * typed offsets for hot paths, typed views over a byte memory, and the field list that `dt` prints.
 */
import type { Address } from "./address";
import type { ByteMemory } from "./byteMemory";
import type { FlagTable, ValueTable } from "./flags";
import { readScalar, type ScalarType, type ScalarValue, scalarSize, writeScalar } from "./scalar";

export type ElementType = ScalarType | StructureLayout;
export type FieldType = ElementType | readonly [ElementType, number];
/** Names for the bits or the values of a field, for display. */
export type FieldNames = FlagTable | ValueTable;
/** Offset in bytes, type, meaning in one line, names of its bits or values. */
export type FieldDeclaration = readonly [number, FieldType, string, FieldNames?];
export type FieldDeclarations = Readonly<Record<string, FieldDeclaration>>;

export interface Field {
  readonly name: string;
  readonly offset: number;
  readonly type: FieldType;
  /** In bytes; of the whole array for an array. */
  readonly size: number;
  readonly meaning: string;
  readonly names?: FieldNames;
}

/** What is known of a structure without its static type. */
export interface StructureLayout {
  readonly name: string;
  /** In bytes, tail padding included, as sizeof says. */
  readonly size: number;
  /** In the order of declaration. Union members overlap. */
  readonly fields: readonly Field[];
  readonly source?: string;
  /** A nested field's own fields are there too: `"Header.SignalState"`. */
  readonly offset: Readonly<Record<string, number>>;
  view(memory: ByteMemory, address: Address): StructureView;
}

export interface StructureView {
  readonly address: Address;
  readonly memory: ByteMemory;
}

type NestedNames<F extends FieldDeclarations> = {
  [K in keyof F & string]: F[K][1] extends { readonly offset: infer O } ? `${K}.${keyof O & string}` : never;
}[keyof F & string];

type Offsets<F extends FieldDeclarations> = { readonly [K in (keyof F & string) | NestedNames<F>]: number };

export interface ArrayView<T> {
  readonly length: number;
  /** Throws a RangeError when the index is not within the array, as `set` does. */
  get(index: number): T;
  set(index: number, value: T): void;
}

type ElementValue<T> = T extends ScalarType
  ? ScalarValue<T>
  : T extends { view(memory: ByteMemory, address: Address): infer V }
    ? V
    : never;
type FieldValue<T> = T extends readonly [infer E, number] ? ArrayView<ElementValue<E>> : ElementValue<T>;

type ScalarNames<F extends FieldDeclarations> = {
  [K in keyof F]: F[K][1] extends ScalarType ? K : never;
}[keyof F];

export type View<F extends FieldDeclarations> = StructureView & {
  [K in ScalarNames<F>]: FieldValue<F[K][1]>;
} & { readonly [K in Exclude<keyof F, ScalarNames<F>>]: FieldValue<F[K][1]> };

export interface Structure<F extends FieldDeclarations> extends StructureLayout {
  readonly offset: Offsets<F>;
  view(memory: ByteMemory, address: Address): View<F>;
}

/** The view type of a structure: `ViewOf<typeof IRP>`. */
export type ViewOf<S extends StructureLayout> = ReturnType<S["view"]>;

function isArrayType(type: FieldType): type is readonly [ElementType, number] {
  return Array.isArray(type);
}

function elementSize(type: ElementType): number {
  return typeof type === "string" ? scalarSize(type) : type.size;
}

function fieldSize(type: FieldType): number {
  return isArrayType(type) ? elementSize(type[0]) * type[1] : elementSize(type);
}

function readElement(memory: ByteMemory, address: Address, type: ElementType): unknown {
  return typeof type === "string" ? readScalar(memory, address, type) : type.view(memory, address);
}

function arrayView(memory: ByteMemory, address: Address, type: readonly [ElementType, number]): ArrayView<unknown> {
  const [element, length] = type;
  const stride = elementSize(element);
  const addressOf = (index: number): Address => {
    if (!Number.isInteger(index) || index < 0 || index >= length) {
      throw new RangeError(`index ${index} is outside an array of ${length}`);
    }
    return address + index * stride;
  };
  return {
    length,
    get: (index) => readElement(memory, addressOf(index), element),
    set: (index, value) => {
      if (typeof element !== "string") throw new TypeError(`elements of ${element.name} are written by their views`);
      writeScalar(memory, addressOf(index), element, value as number | bigint);
    },
  };
}

/** The value of one field of the structure at `address`: number, bigint, nested view or array view. */
export function readField(memory: ByteMemory, address: Address, field: Field): unknown {
  const at = address + field.offset;
  return isArrayType(field.type) ? arrayView(memory, at, field.type) : readElement(memory, at, field.type);
}

function accessorFor(field: Field): PropertyDescriptor {
  const { type, offset } = field;
  const descriptor: PropertyDescriptor & ThisType<StructureView> = {
    enumerable: true,
    get() {
      return readField(this.memory, this.address, field);
    },
  };
  if (typeof type === "string") {
    descriptor.set = function (this: StructureView, value: number | bigint) {
      writeScalar(this.memory, this.address + offset, type, value);
    };
  }
  return descriptor;
}

/** Views share a prototype per structure, so that making one costs an object of two fields. */
function viewPrototype(fields: readonly Field[]): object {
  return Object.defineProperties({}, Object.fromEntries(fields.map((field) => [field.name, accessorFor(field)])));
}

/**
 * Copied at the end: V8 keeps the large structures' objects, filled key by key, as hash tables, and a copy as a plain
 * shape, whose properties compiled code reads without a search. The model's hot paths read them all the time.
 */
function offsetsOf(fields: readonly Field[]): Record<string, number> {
  const offsets: Record<string, number> = {};
  for (const { name, offset, type } of fields) {
    offsets[name] = offset;
    if (typeof type === "string" || isArrayType(type)) continue;
    for (const [nested, nestedOffset] of Object.entries(type.offset))
      offsets[`${name}.${nested}`] = offset + nestedOffset;
  }
  return { ...offsets };
}

/**
 * Declares a structure. Throws at load time when a field does not fit into `size`, so that a wrong table
 * cannot be used at all.
 * @param size in bytes, as sizeof says
 */
export function structure<const F extends FieldDeclarations>(
  name: string,
  size: number,
  declarations: F,
  source?: string,
): Structure<F> {
  const fields = Object.entries(declarations).map(([fieldName, [offset, type, meaning, names]]): Field => {
    const bytes = fieldSize(type);
    if (offset < 0 || offset + bytes > size) throw new RangeError(`${name}.${fieldName} lies outside ${size} bytes`);
    return { name: fieldName, offset, type, size: bytes, meaning, ...(names === undefined ? {} : { names }) };
  });
  const prototype = viewPrototype(fields);
  return {
    name,
    size,
    fields,
    ...(source === undefined ? {} : { source }),
    offset: offsetsOf(fields) as Offsets<F>,
    view: (memory, address) =>
      Object.create(prototype, { memory: { value: memory }, address: { value: address } }) as View<F>,
  };
}
