// Files of this computer as a prefix sees them.
import { describe, expect, it } from "vitest";
import { windowsPath } from "./windowsPath";

describe("windowsPath", () => {
  it("puts the root folder on drive Z:", () => {
    expect(windowsPath("/opt/a b/x.sys")).toBe("Z:\\opt\\a b\\x.sys");
    expect(windowsPath("/opt/../x.sys")).toBe("Z:\\x.sys");
  });
});
