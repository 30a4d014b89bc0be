/** What a routine of the kernel that may wait answers inside the sandbox: `yield*` takes the value out of it. */

const ids = new WeakMap<object, number>();

/** The number under which the host knows a call, when `value` is one. */
export function callId(value: unknown): number | undefined {
  return typeof value === "object" && value !== null ? ids.get(value) : undefined;
}

export class Call {
  constructor(id: number) {
    ids.set(this, id);
    Object.freeze(this);
  }

  *[Symbol.iterator](): Generator<Call, unknown, unknown> {
    return yield this;
  }
}
