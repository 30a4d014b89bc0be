import { it } from "vitest";
import { launchApp } from "./harness/launch";
import { NtscopePage } from "./harness/ntscopePage";
it("probe", async () => {
  const launched = await launchApp();
  const ntscope = new NtscopePage(launched);
  await ntscope.ready();
  await ntscope.chooseMenu("machine.model");
  const frame = launched.page.frameLocator("iframe");
  await launched.page.waitForTimeout(5000);
  console.log(launched.page.frames().map((f) => f.url()), launched.problems.all);
  const f = launched.page.frames()[1];
  if (f) console.log(await f.evaluate(() => [typeof window.ntscope, location.href, document.body.innerText.slice(0, 400), "require" in globalThis, "process" in globalThis]));
  void frame;
  await launched.screenshot("probe");
  await launched.close();
});
