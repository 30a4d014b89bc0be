import { describe, expect, it } from "vitest";
import { type EngineClient, fail, ntscopeError, ok } from "../../../preload/shared";
import { createEngineLink } from "../../engine/engineLink";
import { StructureController } from "./structureController";

/** An engine whose structures have one field, the number of times they were asked for. */
function looking() {
  const asked: { type: string; where?: string }[] = [];
  const client: EngineClient = {
    async call(verb, params) {
      if (verb === "structures.names") return ok(["IRP", "DEVICE_OBJECT"]) as never;
      const wanted = params as { type: string; where?: string };
      asked.push(wanted);
      if (wanted.where === "0xBAD") return fail(ntscopeError("not-mapped", "The memory cannot be read.")) as never;
      const value = { value: { kind: "number", value: asked.length } };
      const fields = [{ offset: 0, name: "Count", type: "u32", meaning: "", value }];
      return ok({ type: wanted.type, size: 4, address: wanted.where, fields }) as never;
    },
    on: () => ({ dispose: () => undefined }),
    dispose: () => undefined,
  };
  const link = createEngineLink();
  link.attach(client);
  const controller = new StructureController(link);
  return { asked, controller, state: () => controller.store.getState() };
}

describe("the structure view", () => {
  it("knows the types in alphabetical order", async () => {
    const { controller, state } = looking();
    await controller.loadNames();
    expect(state().names).toEqual(["DEVICE_OBJECT", "IRP"]);
  });

  it("goes on, back and forward", async () => {
    const { controller, state } = looking();
    await controller.go("DEVICE_OBJECT", "\\Device\\A name");
    await controller.go("IRP", "0x10");
    await controller.step(-1);
    expect(state()).toMatchObject({ type: "DEVICE_OBJECT", where: "\\Device\\A name" });
    expect(state().dump?.type).toBe("DEVICE_OBJECT");
    await controller.step(1);
    expect(state()).toMatchObject({ type: "IRP", where: "0x10" });
    await controller.step(1);
    expect(state().type).toBe("IRP");
  });

  it("marks what changed at the last look, and nothing at another place", async () => {
    const { controller, state } = looking();
    await controller.go("IRP", "0x10");
    expect(state().changed.size).toBe(0);
    await controller.reload();
    expect([...state().changed]).toEqual(["Count"]);
    await controller.go("IRP", "0x20");
    expect(state().changed.size).toBe(0);
  });

  it("asks for a type where none is known, and for nothing of the machine", async () => {
    const { asked, controller, state } = looking();
    await controller.go("", "0x10");
    controller.poke();
    expect(asked).toEqual([]);
    expect(state()).toMatchObject({ type: "", where: "0x10", dump: undefined });
    expect(state().history.entries).toEqual([]);
  });

  it("says why memory cannot be read", async () => {
    const { controller, state } = looking();
    await controller.go("IRP", "0xBAD");
    expect(state().error?.name).toBe("not-mapped");
    expect(state().dump).toBeUndefined();
  });

  it("asks for nothing by itself while it is stopped", async () => {
    const { asked, controller } = looking();
    await controller.go("IRP", "0x10");
    controller.setLive(false);
    controller.poke();
    expect(asked).toHaveLength(1);
  });
});
