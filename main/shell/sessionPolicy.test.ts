import { describe, expect, it } from "vitest";
import { isLocal, isPageOfMachine } from "./sessionPolicy";

describe("isLocal", () => {
  it.each(["app://bundle/index.html", "data:image/png;base64,AA", "blob:app://bundle/1", "devtools://devtools/x.html"])(
    "lets %s through",
    (url) => expect(isLocal(url)).toBe(true),
  );

  it.each([
    "https://example.com/",
    "http://localhost:5173/",
    "ws://localhost/",
    "file:///etc/passwd",
    "ftp://x/",
    "chrome://gpu",
    "",
    "app",
  ])("holds %s back", (url) => expect(isLocal(url)).toBe(false));

  it("lets the dev server through while one is used, and it alone", () => {
    const origin = "http://localhost:5173";
    expect(
      ["http://localhost:5173/main.tsx", "ws://localhost:5173/?token=1", "http://localhost:5174/"].map((url) =>
        isLocal(url, origin),
      ),
    ).toEqual([true, true, false]);
  });
});

describe("isPageOfMachine", () => {
  const page = "app://bundle/index.html";
  const isAllowed = (url: string) => isPageOfMachine(url, page, (id) => id === "m2" || id === "first");

  it("takes our page for a further machine", () => expect(isAllowed(`${page}?machine=m2`)).toBe(true));

  it.each([
    page,
    `${page}?machine=`,
    `${page}?machine=m3`,
    `${page}?machine=first`,
    `${page}?machine=m2&x=1`,
    `${page}?machine=m2#x`,
    `${page}?machine=m2?machine=m2`,
    "app://bundle/other.html?machine=m2",
    "app://other/index.html?machine=m2",
    "https://example.com/?machine=m2",
    "about:blank",
    "",
  ])("refuses %j", (url) => expect(isAllowed(url)).toBe(false));
});
