// The parts of bootstrap that decide: what is stale, where the cache lies, what is trusted, what is missing.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isBuildInput, sourceHash, staleParts } from "./buildParts.mjs";
import { hasDisplay } from "./display.mjs";
import { hasRuntimeFor } from "./electronRuntime.mjs";
import { hashText, hashTree, hasIntegrity } from "./fileHash.mjs";
import { executableName, findElectron } from "./findElectron.mjs";
import { folderSize } from "./folderSize.mjs";
import { isLockHeld, withLock } from "./lock.mjs";
import { isNodeNewEnough } from "./nodeVersion.mjs";
import { isInstalledTree, packagesStamp } from "./packages.mjs";
import { cacheDir } from "./paths.mjs";
import { aptNames, installCommand, missingPackages, systemPackages } from "./systemPackages.mjs";
import { opensWindow } from "./windowArguments.mjs";

let dir = "";
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "ntscope-bootstrap-"));
});
afterEach(() => {
  fs.rmSync(dir, { recursive: true, force: true });
});

/**
 * @param {string} name
 * @param {string} text
 */
function write(name, text) {
  const file = path.join(dir, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

describe("the cache folder", () => {
  it("follows each system's convention", () => {
    expect(cacheDir({}, "linux", "/home/u")).toBe("/home/u/.cache/ntscope");
    expect(cacheDir({ XDG_CACHE_HOME: "/big/cache" }, "linux", "/home/u")).toBe("/big/cache/ntscope");
    expect(cacheDir({ XDG_CACHE_HOME: "relative" }, "linux", "/home/u")).toBe("/home/u/.cache/ntscope");
    expect(cacheDir({}, "darwin", "/Users/u")).toBe("/Users/u/Library/Caches/ntscope");
    expect(cacheDir({ LOCALAPPDATA: "D:\\Local" }, "win32", "C:\\Users\\u")).toBe("D:\\Local\\ntscope\\Cache");
    expect(cacheDir({}, "win32", "C:\\Users\\u")).toBe("C:\\Users\\u\\AppData\\Local\\ntscope\\Cache");
  });
});

describe("the hash of sources", () => {
  it("changes with content, names and new files, and not with time", () => {
    const file = write("main/a.ts", "1");
    const before = hashTree(dir, ["main"]);
    fs.utimesSync(file, 0, 0);
    expect(hashTree(dir, ["main"])).toBe(before);
    write("main/b/c.ts", "2");
    const withSecond = hashTree(dir, ["main"]);
    expect(withSecond).not.toBe(before);
    fs.renameSync(path.join(dir, "main/b/c.ts"), path.join(dir, "main/b/d.ts"));
    expect(hashTree(dir, ["main"])).not.toBe(withSecond);
  });

  it("does not confuse one file's end with the next one's start", () => {
    write("one/a", "x");
    write("one/b", "y");
    write("two/a", "xy");
    write("two/b", "");
    const strip = hashTree(path.join(dir, "one"), ["a", "b"]);
    expect(hashTree(path.join(dir, "two"), ["a", "b"])).not.toBe(strip);
  });

  it("leaves tests and notes out of the build", () => {
    expect(["main/a.ts", "renderer/A.tsx", "renderer/a.css"].every(isBuildInput)).toBe(true);
    expect(["main/a.test.ts", "renderer/A.test.tsx", "main/notes.md"].some(isBuildInput)).toBe(false);
  });
});

describe("stale parts", () => {
  it("are those without a stamp of the present sources", () => {
    write("main/a.ts", "1");
    write("renderer/index.html", "page");
    expect(staleParts(dir, ["main", "preload", "renderer"])).toEqual(["main", "preload", "renderer"]);
    for (const part of /** @type {const} */ (["main", "preload", "renderer"])) {
      write(`out/.built/${part}`, sourceHash(dir, part));
    }
    expect(staleParts(dir, ["main", "preload", "renderer"])).toEqual([]);
    write("renderer/index.html", "other page");
    expect(staleParts(dir, ["main", "preload", "renderer"])).toEqual(["renderer"]);
    write("main/a.ts", "2");
    expect(staleParts(dir, ["main", "preload"])).toEqual(["main", "preload"]);
  });

  it("are all after a change of the lock file", () => {
    write("package-lock.json", "{}");
    for (const part of /** @type {const} */ (["main", "preload"])) write(`out/.built/${part}`, sourceHash(dir, part));
    write("package-lock.json", '{"lockfileVersion":3}');
    expect(staleParts(dir, ["main", "preload"])).toEqual(["main", "preload"]);
  });
});

describe("npm packages", () => {
  it("are stale when the lock file or the computer differs", () => {
    expect(packagesStamp("a", "linux", "x64")).toBe(packagesStamp("a", "linux", "x64"));
    expect(packagesStamp("a", "linux", "x64")).not.toBe(packagesStamp("b", "linux", "x64"));
    expect(packagesStamp("a", "linux", "x64")).not.toBe(packagesStamp("a", "linux", "arm64"));
  });

  const locked = {
    "": { version: "0.1.0" },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/b-win32": { version: "1.0.0", integrity: "sha512-b", optional: true },
  };

  it("that npm installed by hand are kept when they are the locked ones", () => {
    expect(isInstalledTree(locked, { "node_modules/a": { version: "1.0.0", integrity: "sha512-a" } })).toBe(true);
  });

  it("are not the locked ones when one is missing, other, or too many", () => {
    expect(isInstalledTree(locked, {})).toBe(false);
    expect(isInstalledTree(locked, { "node_modules/a": { version: "1.0.1", integrity: "sha512-a" } })).toBe(false);
    expect(isInstalledTree(locked, { "node_modules/a": { version: "1.0.0", integrity: "sha512-x" } })).toBe(false);
    const extra = { "node_modules/a": locked["node_modules/a"], "node_modules/c": { version: "1.0.0" } };
    expect(isInstalledTree(locked, extra)).toBe(false);
  });
});

describe("a download", () => {
  it("is trusted only with the published checksum", async () => {
    const file = write("x.tgz", "hello");
    const sha512 = "sha512-m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==";
    expect(await hasIntegrity(file, sha512)).toBe(true);
    write("x.tgz", "hell");
    expect(await hasIntegrity(file, sha512)).toBe(false);
  });

  it("is measured by what lies in its folder, however deep", () => {
    write("a/b/c", "12345");
    write("d", "123");
    expect(folderSize(dir)).toBe(8);
    expect(folderSize(path.join(dir, "missing"))).toBe(0);
  });
});

describe("a lock", () => {
  it("is held by a live process, or one of another computer for a while", () => {
    const alive = () => true;
    const dead = () => false;
    expect(isLockHeld("here 1", 0, alive, "here")).toBe(true);
    expect(isLockHeld("here 1", 0, dead, "here")).toBe(false);
    expect(isLockHeld("there 1", 60_000, dead, "here")).toBe(true);
    expect(isLockHeld("there 1", 24 * 3_600_000, dead, "here")).toBe(false);
    expect(isLockHeld("", 100, dead, "here")).toBe(true);
    expect(isLockHeld("", 60_000, dead, "here")).toBe(false);
  });

  it("lets one in at a time and is gone afterwards, also after a failure", async () => {
    const file = path.join(dir, "deep", "x.lock");
    let inside = 0;
    const enter = () =>
      withLock(file, async () => {
        inside++;
        expect(inside).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
      });
    await Promise.all([enter(), enter(), enter()]);
    await expect(withLock(file, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(fs.existsSync(file)).toBe(false);
  });

  it("is taken from a process that died", async () => {
    // No process has this number: it is above every system's limit.
    const file = write("x.lock", `${os.hostname()} 2147483646`);
    expect(await withLock(file, async () => "in")).toBe("in");
  });
});

describe("system packages", () => {
  const nothing = { hasLibrary: () => false, hasProgram: () => false, hasFolder: () => false };
  const all = { hasLibrary: () => true, hasProgram: () => true, hasFolder: () => true };

  it("that are there are not asked for", () => {
    expect(missingPackages(all, ["window", "test", "wine"])).toEqual([]);
  });

  it("for tests are asked for by tests only", () => {
    const window = missingPackages(nothing, ["window"]);
    expect(window.some((entry) => entry.name === "Xvfb")).toBe(false);
    expect(missingPackages(nothing, ["window", "test"]).some((entry) => entry.name === "Wine")).toBe(false);
    expect(missingPackages(nothing, ["window", "test", "wine"])).toEqual(systemPackages);
  });

  it("are looked for one by one", () => {
    const probe = { ...all, hasLibrary: (/** @type {string} */ name) => name !== "libnss3.so" };
    expect(missingPackages(probe, ["window"]).map((entry) => entry.apt)).toEqual([["libnss3"]]);
  });

  it("are each known by exactly one thing", () => {
    for (const entry of systemPackages) {
      expect([entry.library, entry.program, entry.folder].filter((mark) => mark !== undefined)).toHaveLength(1);
    }
  });

  it("have the names of the release at hand", () => {
    const alsa = systemPackages.filter((entry) => entry.name === "ALSA");
    expect(aptNames(alsa, () => true)).toEqual(["libasound2t64"]);
    expect(aptNames(alsa, (name) => !name.endsWith("t64"))).toEqual(["libasound2"]);
    expect(aptNames(alsa, () => false)).toEqual(["libasound2"]);
  });

  it("come with the command of the package tool that is there", () => {
    const nss = systemPackages.filter((entry) => entry.name === "NSS");
    const command = (/** @type {string} */ tool) =>
      installCommand(
        nss,
        (program) => program === tool,
        () => true,
      );
    expect(command("apt-get")).toBe("apt-get install -y --no-install-recommends libnss3");
    expect(command("dnf")).toBe("dnf install -y nss");
    expect(command("pacman")).toBe("pacman -S --needed nss");
    expect(command("")).toBeUndefined();
  });
});

describe("Electron", () => {
  it("is looked for first in the folder that the user names", () => {
    write(executableName(process.platform), "");
    const found = findElectron({ ELECTRON_OVERRIDE_DIST_PATH: dir });
    expect(found).toEqual({ executable: path.join(dir, executableName(process.platform)), origin: "override" });
  });

  it("is not taken from elsewhere when that folder has none", () => {
    expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: path.join(dir, "empty") })).toBeUndefined();
  });

  it("comes from npm for x64 Linux alone", () => {
    expect(hasRuntimeFor("linux", "x64")).toBe(true);
    expect(hasRuntimeFor("linux", "arm64")).toBe(false);
    expect(hasRuntimeFor("win32", "x64")).toBe(false);
  });
});

describe("the command line", () => {
  it("opens the window only without a verb", () => {
    expect(opensWindow([])).toBe(true);
    expect(opensWindow(["--machine", "model"])).toBe(true);
    expect(opensWindow(["--machine=snapshot:a b.json"])).toBe(true);
    expect(opensWindow(["--machine", "agent:box:4000", "--key-file", "k"])).toBe(true);
    expect(opensWindow(["--machine=wine:p", "--make-prefix"])).toBe(true);
    expect(opensWindow(["--machine"])).toBe(false);
    expect(opensWindow(["ls"])).toBe(false);
    expect(opensWindow(["--machine", "model", "ls", "\\"])).toBe(false);
    expect(opensWindow(["--help"])).toBe(false);
  });

  it("needs a Node.js that the build runs on", () => {
    expect(["20.19.0", "20.20.2", "22.0.0", "24.1.0"].every(isNodeNewEnough)).toBe(true);
    expect(["18.20.0", "20.18.3", "20.9.0"].some(isNodeNewEnough)).toBe(false);
  });

  it("needs a display on Linux alone", () => {
    expect(hasDisplay({}, "linux")).toBe(false);
    expect(hasDisplay({ DISPLAY: "" }, "linux")).toBe(false);
    expect(hasDisplay({ DISPLAY: ":0" }, "linux")).toBe(true);
    expect(hasDisplay({ WAYLAND_DISPLAY: "wayland-0" }, "linux")).toBe(true);
    expect(hasDisplay({}, "win32")).toBe(true);
  });
});

describe("hashText", () => {
  it("is SHA-256", () => {
    expect(hashText("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });
});
