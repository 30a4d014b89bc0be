// Before the window's tests: a build of the current sources, an Electron, and a display. With it `npx vitest run
// --project e2e FILE` alone is enough while working on one test.
import { hasDisplay, startVirtualDisplay } from "../../../scripts/bootstrap/display.mjs";
import { prepareTests } from "../../../scripts/bootstrap/prepare.mjs";

export default async function setup(): Promise<() => void> {
  await prepareTests();
  if (hasDisplay()) return () => undefined;
  const virtual = await startVirtualDisplay();
  // The test workers start after this and take over the environment.
  process.env.DISPLAY = virtual.display;
  return () => virtual.dispose();
}
