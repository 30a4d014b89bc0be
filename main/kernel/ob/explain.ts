/** Why a path leads where it leads: the look-up itself, watched. */
import type { Address } from "../../../native-bindings/abi/address";
import { STATUS_OBJECT_NAME_NOT_FOUND, STATUS_SUCCESS } from "../../../native-bindings/abi/ntstatus/codes";
import type { LookupStep } from "./nameLookup";
import { checkAttributes } from "./objectAttributes";
import type { ObjectManager } from "./objectManager";

export interface ExplanationHop {
  /** As the path spells it; "" where a walk starts, "??" where it starts among the DOS devices. */
  readonly component: string;
  /** Full path of what it led to; "" when it led to nothing or to an object without a name. */
  readonly object: string;
  /** Type name; undefined when there is no such object. */
  readonly type: string | undefined;
  /** For a link: its target text. */
  readonly linkTarget?: string;
  /** The path that replaces the one walked so far. */
  readonly reparse?: string;
  /** What a type with a parse procedure (a device, a key) was given to make sense of. */
  readonly parsed?: string;
  /** STATUS_SUCCESS, except at the hop where the look-up ended otherwise. */
  readonly status: number;
}

export interface Explanation {
  readonly hops: readonly ExplanationHop[];
  /** Of the whole. */
  readonly status: number;
}

/** Nothing is opened: a type with a parse procedure (Device, Key) is where the explanation ends. */
export function explain(ob: ObjectManager, path: string): Explanation {
  const checked = checkAttributes({ name: path });
  if (checked !== STATUS_SUCCESS) return { hops: [], status: checked };
  const hops: ExplanationHop[] = [];
  const observer = (step: LookupStep) => hops.push(describe(ob, step));
  const { status, object } = ob.lookup({ name: path }, undefined, {
    observer,
    stopAtParse: true,
    mode: ob.caller.mode,
  });
  if (object !== 0) ob.ObDereferenceObject(object);
  const last = hops.at(-1);
  if (last !== undefined) hops[hops.length - 1] = { ...last, status };
  return { hops, status };
}

function describe(ob: ObjectManager, { component, object, linkTarget, reparse, parsed }: LookupStep): ExplanationHop {
  return {
    component,
    object: object === 0 ? "" : ob.names.pathOf(object as Address),
    type: object === 0 ? undefined : ob.typeOf(object).name,
    ...(linkTarget === undefined ? {} : { linkTarget }),
    ...(reparse === undefined ? {} : { reparse }),
    ...(parsed === undefined ? {} : { parsed }),
    status: object === 0 ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_SUCCESS,
  };
}
