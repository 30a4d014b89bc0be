import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answer, fileFor } from "./appProtocol";
import { contentSecurityPolicy } from "./contentSecurityPolicy";

let root: string;
beforeAll(() => {
  const folder = mkdtempSync(path.join(tmpdir(), "ntscope-app-"));
  root = path.join(folder, "renderer");
  mkdirSync(path.join(root, "assets"), { recursive: true });
  writeFileSync(path.join(folder, "secret.js"), "secret");
  writeFileSync(path.join(root, "index.html"), "<!doctype html>");
  writeFileSync(path.join(root, "assets", "page a.js"), "1");
  writeFileSync(path.join(root, "assets", "key.pem"), "x");
});
afterAll(() => {
  rmSync(path.dirname(root), { recursive: true, force: true });
});

describe("answer", () => {
  it("serves the page with its type and policy", async () => {
    const response = await answer("GET", "app://bundle/", root);
    expect({ ...response, data: response.data.toString() }).toEqual({
      statusCode: 200,
      data: "<!doctype html>",
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": contentSecurityPolicy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
      },
    });
    const script = await answer("GET", "app://bundle/assets/page%20a.js?v=1#x", root);
    expect([script.statusCode, script.headers["Content-Type"]]).toEqual([200, "text/javascript; charset=utf-8"]);
  });

  it.each([
    "app://bundle/nothing.js",
    "app://bundle/assets",
    "app://bundle/assets/key.pem",
    "app://other/index.html",
    "app://bundle/%2e%2e/secret.js",
    "app://bundle/..%2fsecret.js",
    "app://bundle/assets/..%2f..%2fsecret.js",
    "app://bundle/..%5csecret.js",
    "app://bundle/%2fetc%2fpasswd.js",
    "app://bundle/index.html%00.js",
    "app://bundle/%ff",
    "file:///etc/passwd.js",
    "not a url",
  ])("does not serve %s", async (url) => {
    expect((await answer("GET", url, root)).statusCode).toBe(404);
  });

  it("only answers GET", async () => {
    expect((await answer("POST", "app://bundle/index.html", root)).statusCode).toBe(405);
  });
});

describe("fileFor", () => {
  it("never leaves its folder, whatever is asked", () => {
    const part = fc.constantFrom("..", "%2e%2e", "/", "%2f", "\\", "%5c", "a", "%00", "%25", "C:", ".", "?", "#");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part).map((parts) => parts.join("")),
          fc.string(),
        ),
        (tail) => {
          const file = fileFor(`app://bundle/${tail}`, root);
          if (file !== undefined) expect(file.startsWith(root + path.sep)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
