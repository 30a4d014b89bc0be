import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeWindow } from "./windowState";

const primary = { x: 0, y: 25, width: 1920, height: 1015 };
const left = { x: -1600, y: 0, width: 1600, height: 900 };

describe("placeWindow", () => {
  it("centres the first window on the primary display", () => {
    expect(placeWindow(undefined, [primary, left])).toEqual({ x: 320, y: 132, width: 1280, height: 800 });
  });

  it("keeps a place that a display still shows, on whichever it is", () => {
    const saved = { x: -1500, y: 40, width: 900, height: 700, maximised: false };
    expect(placeWindow(saved, [primary, left])).toEqual({ x: -1500, y: 40, width: 900, height: 700 });
  });

  it("moves a window back whose display is gone, at its size", () => {
    const saved = { x: -1500, y: 40, width: 900, height: 700, maximised: false };
    expect(placeWindow(saved, [primary])).toEqual({ x: 510, y: 182, width: 900, height: 700 });
  });

  it("pulls a window in that hangs over the edge", () => {
    const saved = { x: 1800, y: 500, width: 900, height: 700, maximised: false };
    expect(placeWindow(saved, [primary])).toEqual({ x: 1020, y: 340, width: 900, height: 700 });
  });

  it("fits a small display, and a place of any numbers onto any displays", () => {
    const integer = fc.integer({ min: -100_000, max: 100_000 });
    const size = fc.integer({ min: 1, max: 100_000 });
    const area = fc.record({ x: integer, y: integer, width: size, height: size });
    const saved = fc.record({ x: integer, y: integer, width: size, height: size, maximised: fc.boolean() });
    fc.assert(
      fc.property(fc.option(saved, { nil: undefined }), fc.array(area, { minLength: 1 }), (state, areas) => {
        const placed = placeWindow(state, areas);
        expect(
          areas.some(
            (display) =>
              placed.x >= display.x &&
              placed.y >= display.y &&
              placed.x + placed.width <= display.x + display.width &&
              placed.y + placed.height <= display.y + display.height,
          ),
        ).toBe(true);
      }),
    );
  });
});
