/**
 * Rust's `Drop`, by hand: JavaScript has no destructors, so what owns a kernel resource gives it back in `drop()`, and
 * owners call it in a stated order.
 */
export interface Droppable {
  drop(): void;
}

/**
 * Runs `make`; when it throws, drops what was made before it. Rust drops the locals of a function that leaves by `?`.
 */
export function orDrop<T>(made: Droppable, make: () => T): T {
  try {
    return make();
  } catch (error) {
    made.drop();
    throw error;
  }
}
