// A line in a file that another program writes.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { waitForLine } from "./waitForLine";

const port = /"port": *(\d+)/;
const never = new Promise<void>(() => undefined);
let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "ntscope-line-"));
  file = path.join(folder, "out.txt");
  fs.writeFileSync(file, "");
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

it("waits until the line is whole", async () => {
  const found = waitForLine(file, port, never);
  fs.appendFileSync(file, 'warning\r\n{"port": 12');
  fs.appendFileSync(file, "34}\r\n");
  expect(await found).toBe("1234");
});

it("takes a line that is there already, and the last one of a writer that has ended", async () => {
  fs.writeFileSync(file, '{"port":5}\n');
  expect(await waitForLine(file, port, never)).toBe("5");
  expect(await waitForLine(file, port, Promise.resolve(1))).toBe("5");
});

it("says that its writer has ended, and looks no more", async () => {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const found = waitForLine(file, port, ended);
  end();
  await expect(found).rejects.toThrow("It ended.");
});
