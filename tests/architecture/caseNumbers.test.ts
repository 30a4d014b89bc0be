// The project's NT facts are 109 numbered cases. A test that holds one says its number first ("case 33: ...",
// "cases 7 to 9, 12: ..."), so that none can be lost without being missed.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { rootDir } from "../../scripts/bootstrap/paths.mjs";
import { readSourceFiles } from "./sourceFiles";

const CASES = 109;
const TITLE = /["'`]cases? (\d+(?:(?:, | and | to )\d+)*)/g;

it("every numbered case has a test that names it", () => {
  const named = new Set(
    readSourceFiles().flatMap(({ path: file }) => (file.endsWith(".test.ts") ? casesOf(file) : [])),
  );
  const missing = Array.from({ length: CASES }, (_, index) => index + 1).filter((number) => !named.has(number));
  expect(missing).toEqual([]);
});

function casesOf(file: string): number[] {
  const text = readFileSync(path.join(rootDir, file), "utf8");
  return [...text.matchAll(TITLE)].flatMap(([, numbers = ""]) => numbersOf(numbers));
}

/** "7 to 9, 12" is 7, 8, 9, 12. */
function numbersOf(text: string): number[] {
  return text.split(/, | and /).flatMap((part) => {
    const [first = 0, last = first] = part.split(" to ").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
