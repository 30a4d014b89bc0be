// The least that a list of 100,000 rows can cost: lines of plain text, of which those on the screen exist, over the
// whole page. Scrolled by the same input in the same run, it shows what of a figure is the machine's own.
import type { Locator, Page } from "playwright-core";

const id = "plainList";

/** Lays the list over the page; row and screen are as tall as the objects'. */
export async function showPlainList(page: Page, like: Locator, rows: number): Promise<Locator> {
  const box = await like.boundingBox();
  if (box === null) throw new Error("The list to compare with is not on the screen.");
  await page.evaluate(drawPlainList, { id, rows, box });
  return page.locator(`#${id}`);
}

export async function removePlainList(page: Page): Promise<void> {
  await page.evaluate((list) => document.getElementById(list)?.remove(), id);
}

interface PlainList {
  id: string;
  rows: number;
  box: { x: number; y: number; width: number; height: number };
}

/** Runs in the page. */
function drawPlainList({ id, rows, box }: PlainList): void {
  const rowHeight = 22;
  const scroller = document.createElement("div");
  scroller.id = id;
  scroller.style.cssText = `position: fixed; z-index: 99; overflow: auto; contain: strict; background: white;
    left: ${box.x}px; top: ${box.y}px; width: ${box.width}px; height: ${box.height}px`;
  const content = document.createElement("div");
  content.style.cssText = `position: relative; height: ${rows * rowHeight}px`;
  const lines = Array.from({ length: Math.ceil(box.height / rowHeight) + 1 }, () => document.createElement("div"));
  for (const line of lines) line.style.cssText = `position: absolute; height: ${rowHeight}px; white-space: nowrap`;
  content.append(...lines);
  scroller.append(content);
  const draw = (): void => {
    const first = Math.floor(scroller.scrollTop / rowHeight);
    for (let row = first; row < first + lines.length; row += 1) {
      const line = lines[row % lines.length] as HTMLElement;
      line.style.top = `${row * rowHeight}px`;
      line.textContent = row < rows ? `Row ${row} of a list that holds plain text and nothing else` : "";
    }
  };
  scroller.addEventListener("scroll", draw, { passive: true });
  document.body.append(scroller);
  draw();
}
