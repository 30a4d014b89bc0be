import { describe, expect, it } from "vitest";
import {
  componentId,
  componentNames,
  DPFLTR_DEFAULT_ID,
  DPFLTR_ERROR_LEVEL,
  DPFLTR_IHVDRIVER_ID,
  DPFLTR_INFO_LEVEL,
  DPFLTR_MASK,
} from "./components";
import { DebugFilterMasks, importanceBits, WIN2000_COMPONENT } from "./filterMasks";

const video = componentId("IHVVIDEO") ?? -1;
const audio = componentId("IHVAUDIO") ?? -1;
const bus = componentId("IHVBUS") ?? -1;

describe("component names", () => {
  it("stand at the ids of dpfilter.h", () => {
    expect(componentNames[DPFLTR_DEFAULT_ID]).toBe("DEFAULT");
    expect(componentNames[DPFLTR_IHVDRIVER_ID]).toBe("IHVDRIVER");
    expect([video, audio, bus]).toEqual([78, 79, 82]);
    expect(componentNames.length).toBe(146);
    expect(componentId("default")).toBe(DPFLTR_DEFAULT_ID);
    expect(componentId("nothing")).toBeUndefined();
  });
});

describe("DebugFilterMasks", () => {
  it("case 106: decides the four messages of the documentation's example as it says", () => {
    const masks = new DebugFilterMasks();
    masks.load([
      ["IHVVIDEO", 0x2],
      ["IHVBUS", 0x7ff],
    ]);
    masks.setMask(video, 0x8);
    masks.setMask(audio, 0x7);
    expect(masks.admit(video, DPFLTR_INFO_LEVEL)).toBe(true);
    expect(masks.admit(audio, 7)).toBe(false);
    expect(masks.admit(bus, DPFLTR_MASK | 0x10)).toBe(true);
    expect(masks.admit(DPFLTR_DEFAULT_ID, DPFLTR_INFO_LEVEL)).toBe(false);
    expect([audio, DPFLTR_DEFAULT_ID, video].map((id) => masks.droppedByMask(id))).toEqual([1, 1, 0]);
    expect(masks.droppedInAll).toBe(2);
  });

  it("case 106: a level below 32 is a bit number, others are bits", () => {
    expect([0, 3, 31, 32, 0x4000, 0xffff_ffff].map(importanceBits)).toEqual([
      1, 8, 0x8000_0000, 32, 0x4000, 0xffff_ffff,
    ]);
  });

  it("case 106: errors are always shown while WIN2000 is 1, and WIN2000 counts for every component", () => {
    const masks = new DebugFilterMasks();
    expect(masks.isShown(bus, DPFLTR_ERROR_LEVEL)).toBe(true);
    masks.setMask(WIN2000_COMPONENT, 0);
    expect(masks.isShown(bus, DPFLTR_ERROR_LEVEL)).toBe(false);
    masks.setState(WIN2000_COMPONENT, DPFLTR_INFO_LEVEL, true);
    expect(masks.mask(WIN2000_COMPONENT)).toBe(8);
    expect(masks.isShown(bus, DPFLTR_INFO_LEVEL)).toBe(true);
  });

  it("sets and clears the bits of a level; ids out of range are DEFAULT's", () => {
    const masks = new DebugFilterMasks();
    masks.setState(5000, DPFLTR_INFO_LEVEL, true);
    expect(masks.mask(DPFLTR_DEFAULT_ID)).toBe(8);
    masks.setState(DPFLTR_DEFAULT_ID, 0xffff_ffff, true);
    masks.setState(DPFLTR_DEFAULT_ID, 0, false);
    expect(masks.mask(DPFLTR_DEFAULT_ID)).toBe(0xffff_fffe);
  });
});
