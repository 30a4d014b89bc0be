/** The object types that the I/O manager owns, once they are made. */
import type { ObjectType } from "../ob/objectType";

export interface IoTypes {
  readonly adapter: ObjectType;
  readonly controller: ObjectType;
  readonly device: ObjectType;
  readonly driver: ObjectType;
  readonly file: ObjectType;
}
