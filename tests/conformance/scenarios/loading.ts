// What loading and unloading of drivers does to the namespace and to the debug output.
import type { Access } from "../../../main/machine/machine";
import type { ConformanceDriver } from "../conformanceDrivers";
import { resultText } from "../observedText";
import type { Scenario } from "../scenario";
import type { Subject } from "../subject";

const directories = ["\\Device", "\\Driver", "\\??"];

/** Names that came, with their types and link targets, since `before`. */
async function cameSince(subject: Subject, before: ReadonlyMap<string, Map<string, string>>): Promise<string> {
  const came: string[] = [];
  for (const path of directories) {
    for (const [name, type] of await subject.names(path)) {
      if (!before.get(path)?.has(name)) came.push(`${path}\\${name} (${type})`);
    }
  }
  return came.sort().join(", ") || "nothing";
}

async function allNames(subject: Subject): Promise<Map<string, Map<string, string>>> {
  const names = new Map<string, Map<string, string>>();
  for (const path of directories) names.set(path, await subject.names(path));
  return names;
}

function loadAndUnload(driver: ConformanceDriver): Scenario {
  return {
    name: `loading ${driver}`,
    async run(subject) {
      await subject.drainPrints();
      const before = await allNames(subject);
      await subject.load(driver);
      subject.observe("names that came", await cameSince(subject, before));
      await subject.observePrints("load");
      await subject.unload(driver);
      subject.observe("names left behind", await cameSince(subject, before));
      await subject.observePrints("unload");
    },
  };
}

async function linkTarget(subject: Subject, path: string): Promise<string> {
  const resolved = await subject.call("objects.resolve", { path });
  return resultText(
    resolved,
    ({ hops }) => hops.findLast((hop) => hop.linkTarget !== undefined)?.linkTarget ?? "no link",
  );
}

export const loadingScenarios: readonly Scenario[] = [
  ...(["hello", "example", "exampleRw", "sanctum", "poorMansPipes", "ioctlMethods", "links"] as const).map(
    loadAndUnload,
  ),
  {
    name: "the example's names",
    run: (subject) =>
      subject.withDrivers(["example"], async () => {
        subject.observe("target of \\??\\Example", await linkTarget(subject, "\\??\\Example"));
        const found = [
          "\\\\.\\Example",
          "\\??\\example",
          "\\??\\EXAMPLE",
          "\\DosDevices\\Example",
          "\\Device\\example",
        ];
        const astray = ["\\??\\Example\\sub", "\\Device\\Example\\", "\\??\\\\Example", "\\Device\\Example\\sub\\sub"];
        for (const path of [...found, ...astray]) await subject.observeResolution(path);
      }),
  },
  {
    name: "opening the example",
    run: (subject) =>
      subject.withDrivers(["example"], async () => {
        for (const access of ["r", "w", "rw", "0"] satisfies Access[]) {
          await subject.observeOpen("\\\\.\\Example", access);
          await subject.observePrints(`open and close ${access}`, "userspace closed");
        }
        const same = ["\\\\.\\EXAMPLE", "\\Device\\Example", "\\device\\example", "\\DosDevices\\Example"];
        const below = ["\\\\.\\Example\\", "\\\\.\\Example\\sub", "\\Device\\Example\\", "\\Device\\Example\\a\\b"];
        const odd = ["\\??\\\\Example", "\\Device\\\\Example", "\\\\.\\Example ", "\\\\.\\Example.", "\\\\.\\Exampl"];
        for (const path of [...same, ...below, ...odd]) await subject.observeOpen(path);
        await subject.drainPrints();
      }),
  },
  {
    name: "order of what the example prints",
    run: (subject) =>
      subject.withDrivers(["example"], async () => {
        const first = await subject.open("\\\\.\\Example");
        await subject.observePrints("first open", "userspace opened");
        const second = await subject.open("\\\\.\\Example");
        await subject.observePrints("second open", "userspace opened");
        await subject.close(first);
        await subject.observePrints("first close", "userspace closed");
        await subject.close(second);
        await subject.observePrints("second close", "userspace closed");
        subject.observe(
          "close again",
          resultText(await subject.call("devices.close", { handle: second }), () => "STATUS_SUCCESS"),
        );
      }),
  },
  {
    name: "requests that the example does not know",
    run: (subject) =>
      subject.withDrivers(["example"], async () => {
        const handle = await subject.open("\\\\.\\Example");
        await subject.observeIo("control", subject.control(handle, 0x222000, [1, 2], 8));
        await subject.observeIo("file system control", subject.control(handle, 0x90018, [], 0));
        await subject.close(handle);
        await subject.drainPrints();
      }),
  },
  {
    name: "a device without dispatch routines",
    run: (subject) =>
      subject.withDrivers(["sanctum"], async () => {
        await subject.observeResolution("\\\\.\\SanctumEDR");
        for (const access of ["r", "rw", "0"] as const) await subject.observeOpen("\\\\.\\SanctumEDR", access);
        await subject.observeOpen("\\Device\\SanctumEDR\\");
      }),
  },
  {
    name: "links that lead astray",
    run: (subject) =>
      subject.withDrivers(["links"], async () => {
        const names = ["Nowhere", "Directory", "Itself", "Link", "Null", "Words"].map((name) => `LinkTo${name}`);
        for (const name of names) {
          await subject.observeResolution(`\\??\\${name}`);
          await subject.observeOpen(`\\\\.\\${name}`);
        }
        await subject.observeOpen("\\\\.\\LinkToDirectory\\Null");
        await subject.observeOpen("\\\\.\\LinkToNowhere\\x");
        await subject.observeListing("\\??\\LinkToDirectory");
      }),
  },
];
