// Service control of drivers: states, and the Win32 codes of what is refused.
import { resultText, serviceText } from "../observedText";
import type { Scenario } from "../scenario";
import type { Subject } from "../subject";

const create = (subject: Subject, name: string, binPath: string) =>
  subject.call("services.create", { name, binPath, type: "kernel" });

async function observeDelete(subject: Subject, what: string, name: string): Promise<void> {
  const deleted = await subject.call("services.delete", { name });
  subject.observe(
    what,
    resultText(deleted, () => "deleted"),
  );
}

export const serviceScenarios: readonly Scenario[] = [
  {
    name: "life of a service",
    async run(subject) {
      const name = "life";
      await subject.drainPrints();
      await subject.observeService("query before", subject.call("services.query", { name }));
      await subject.observeService("create", create(subject, name, subject.binPath("hello")));
      await subject.observeService("create again", create(subject, name, subject.binPath("hello")));
      await subject.observeService("query in another case", subject.call("services.query", { name: "LIFE" }));
      await subject.observeService("stop before start", subject.call("services.stop", { name }));
      await subject.observeService("start", subject.call("services.start", { name }));
      await subject.observePrints("start");
      await subject.observeService("start again", subject.call("services.start", { name }));
      subject.observe(
        "stop",
        resultText(await subject.call("services.stop", { name }), () => "done"),
      );
      await subject.observeService("query after stop", subject.settled(name));
      await subject.observePrints("stop");
      await subject.observeService("stop again", subject.call("services.stop", { name }));
      await subject.observeService("start once more", subject.call("services.start", { name }));
      await subject.call("services.stop", { name });
      await subject.settled(name);
      await observeDelete(subject, "delete", name);
      await observeDelete(subject, "delete again", name);
      await subject.observeService("query after delete", subject.call("services.query", { name }));
      await subject.observeService("start after delete", subject.call("services.start", { name }));
      await subject.observeService("stop after delete", subject.call("services.stop", { name }));
      await subject.drainPrints();
    },
  },
  {
    name: "services that cannot start",
    async run(subject) {
      const name = "cannot";
      const missing = "C:\\windows\\system32\\drivers\\no-such-file.sys";
      await subject.observeService("create with a missing file", create(subject, name, missing));
      await subject.observeService("start it", subject.call("services.start", { name }));
      await subject.observeService("query it", subject.settled(name));
      await observeDelete(subject, "delete it", name);
      const disabled = { name, binPath: subject.binPath("hello"), type: "kernel", start: "disabled" } as const;
      await subject.observeService("create disabled", subject.call("services.create", disabled));
      await subject.observeService("start a disabled one", subject.call("services.start", { name }));
      await observeDelete(subject, "delete the disabled one", name);
      for (const [what, bad] of [
        ["an empty name", ""],
        ["a name with a backslash", "a\\b"],
        ["a name with a slash", "a/b"],
        ["a name of 257 characters", "x".repeat(257)],
      ] as const) {
        const created = await create(subject, bad, subject.binPath("hello"));
        subject.observe(`create ${what}`, serviceText(created));
        if (created.ok) await subject.call("services.delete", { name: bad });
      }
    },
  },
  {
    name: "two drivers with one device name",
    run: (subject) =>
      subject.withDrivers(["example"], async () => {
        await subject.ask("services.create", { name: "second", binPath: subject.binPath("exampleRw"), type: "kernel" });
        await subject.observeService("start the second", subject.call("services.start", { name: "second" }));
        await subject.observeService("query the second", subject.settled("second"));
        await subject.observeOpen("\\\\.\\Example");
        await subject.unload("example");
        await subject.observeService("start the second alone", subject.call("services.start", { name: "second" }));
        await subject.unload("second");
        await subject.drainPrints();
      }),
  },
  {
    name: "stopping with an open handle",
    run: (subject) =>
      subject.withDrivers(["exampleRw"], async () => {
        const name = "exampleRw";
        const handle = await subject.open("\\\\.\\Example");
        await subject.call("services.stop", { name });
        await subject.observeService("query", subject.call("services.query", { name }));
        await subject.observeIo("read through the handle", subject.read(handle, 4, 0));
        await subject.observeOpen("\\\\.\\Example");
        await subject.close(handle);
        await subject.observeService("query after the last close", subject.settled(name));
        await subject.observeOpen("\\\\.\\Example", "rw", "open afterwards");
      }),
  },
  {
    name: "deleting a service that runs",
    async run(subject) {
      const name = "deleted";
      await subject.drainPrints();
      await subject.ask("services.create", { name, binPath: subject.binPath("hello"), type: "kernel" });
      await subject.ask("services.start", { name });
      await observeDelete(subject, "delete while it runs", name);
      await subject.observeService("query", subject.call("services.query", { name }));
      await observeDelete(subject, "delete again", name);
      await subject.observeService("create the same name", create(subject, name, subject.binPath("hello")));
      subject.observe(
        "stop",
        resultText(await subject.call("services.stop", { name }), () => "done"),
      );
      const after = await subject.settled(name);
      subject.observe("query after stop", serviceText(after));
      if (after.ok) await subject.unload(name);
      await subject.drainPrints();
    },
  },
];
