/** A symbolic link that a driver owns, after "Windows Drivers in Rust: Creating Devices". */
import type { Ddk } from "../ddk";
import type { Droppable } from "./drop";
import { throwUnlessSuccess } from "./ntError";

export class SymbolicLink implements Droppable {
  private constructor(
    private readonly ddk: Ddk,
    readonly name: string,
  ) {}

  /**
   * `SymbolicLink::new`.
   * @throws NtError with IoCreateSymbolicLink's status, OBJECT_NAME_COLLISION when the name is taken
   */
  static create(ddk: Ddk, name: string, target: string): SymbolicLink {
    throwUnlessSuccess(ddk.IoCreateSymbolicLink(name, target));
    return new SymbolicLink(ddk, name);
  }

  drop(): void {
    this.ddk.IoDeleteSymbolicLink(this.name);
  }
}
