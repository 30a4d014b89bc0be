import { describe, expect, it } from "vitest";
import { backgroundColor, themeSource } from "./theme";
import { safeTitle, windowOptions } from "./window";

describe("windowOptions", () => {
  it("sandboxes and isolates the page, and shows nothing before the first frame", () => {
    const bounds = { x: 1, y: 2, width: 900, height: 600 };
    const options = windowOptions({ bounds, backgroundColor: "#1e1e1e", preload: "/p.js", hasDevTools: false });
    // The whole of it: a new option (webSecurity, experimentalFeatures, webviewTag...) has to be argued for here.
    expect(options).toEqual({
      ...bounds,
      minWidth: 640,
      minHeight: 400,
      title: "NtScope",
      backgroundColor: "#1e1e1e",
      show: false,
      webPreferences: {
        preload: "/p.js",
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: true,
        spellcheck: false,
        devTools: false,
      },
    });
  });
});

describe("safeTitle", () => {
  it("takes out what a desktop could obey, and cuts", () => {
    expect(safeTitle("\\Device\\a\u202eb\u001b]0;x\u0007\n - NtScope")).toBe(
      "\\Device\\a\ufffdb\ufffd]0;x\ufffd\ufffd - NtScope",
    );
    expect(safeTitle("x".repeat(70_000))).toHaveLength(300);
  });
});

describe("theme", () => {
  it("gives each setting its source and first colour", () => {
    expect(
      (["system", "light", "dark", "highContrast"] as const).map((theme) => [
        themeSource(theme),
        backgroundColor(theme, false),
        backgroundColor(theme, true),
      ]),
    ).toEqual([
      ["system", "#ffffff", "#1e1e1e"],
      ["light", "#ffffff", "#ffffff"],
      ["dark", "#1e1e1e", "#1e1e1e"],
      ["dark", "#000000", "#000000"],
    ]);
  });
});
