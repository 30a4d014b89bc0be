// Reads, writes, control codes, requests that wait: what drivers are given and what comes back.
import type { Scenario } from "../scenario";
import type { Subject } from "../subject";

const RW = "\\\\.\\Example";

/** CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800 + method, method, FILE_ANY_ACCESS), as in ioctlMethods.c. */
const methods = { buffered: 0x222000, inDirect: 0x222005, outDirect: 0x22200a, neither: 0x22200f } as const;
/** The same functions with access bits: read, write, both. */
const READ_ACCESS = 0x4000;
const WRITE_ACCESS = 0x8000;

function withHandle(subject: Subject, path: string, action: (handle: number) => Promise<void>): Promise<void> {
  return subject.open(path).then(async (handle) => {
    await action(handle);
    await subject.close(handle);
  });
}

export const transferScenarios: readonly Scenario[] = [
  {
    name: "reading and writing",
    run: (subject) =>
      subject.withDrivers(["exampleRw"], () =>
        withHandle(subject, RW, async (handle) => {
          await subject.observeIo("read at first", subject.read(handle, 10, 0));
          await subject.observeIo("write", subject.write(handle, "Hello, world!", 0));
          await subject.observeIo("read 4096", subject.read(handle, 4096, 0));
          await subject.observeIo("read without an offset", subject.read(handle, 5));
          await subject.observeIo("read without an offset again", subject.read(handle, 5));
          await subject.observeIo("read nothing", subject.read(handle, 0, 0));
          await subject.observeIo("read from 7", subject.read(handle, 5, 7));
          await subject.observeIo("read from the end", subject.read(handle, 5, 13));
          await subject.observeIo("read past the end", subject.read(handle, 5, 99));
          await subject.observeIo("read far past the end", subject.read(handle, 5, 2 ** 40));
          await subject.observeIo("write at 1", subject.write(handle, "x", 1));
          await subject.observeIo("read what it kept", subject.read(handle, 20, 0));
          await subject.observeIo("write 5000", subject.write(handle, new Uint8Array(5000).fill(0x41), 0));
          await subject.observeIo("read 8000", subject.read(handle, 8000, 0));
          await subject.observeIo("write nothing", subject.write(handle, "", 0));
          await subject.observeIo("read after that", subject.read(handle, 20, 0));
        }),
      ),
  },
  {
    name: "reading and writing with less access",
    run: (subject) =>
      subject.withDrivers(["exampleRw"], async () => {
        for (const access of ["r", "w", "0"] as const) {
          const handle = await subject.open(RW, access);
          await subject.observeIo(`write with ${access}`, subject.write(handle, "abc", 0));
          await subject.observeIo(`read with ${access}`, subject.read(handle, 8, 0));
          await subject.close(handle);
          await subject.observeIo(`read with ${access} after close`, subject.read(handle, 8, 0));
        }
      }),
  },
  {
    name: "two handles of one device",
    run: (subject) =>
      subject.withDrivers(["exampleRw"], async () => {
        const [first, second] = [await subject.open(RW), await subject.open(RW)];
        await subject.observeIo("write by the first", subject.write(first, "shared", 0));
        await subject.observeIo("read by the second", subject.read(second, 10, 0));
        await subject.close(first);
        await subject.observeIo("read after the first is closed", subject.read(second, 10, 0));
        await subject.close(second);
      }),
  },
  {
    name: "control codes",
    run: (subject) =>
      subject.withDrivers(["ioctlMethods"], () =>
        withHandle(subject, "\\\\.\\IoctlMethods", async (handle) => {
          await subject.drainPrints();
          const input = [1, 2, 3, 4];
          for (const [name, code] of Object.entries(methods)) {
            await subject.observeIo(`${name}: room enough`, subject.control(handle, code, input, 16));
            await subject.observeIo(`${name}: room just enough`, subject.control(handle, code, input, 4));
            await subject.observeIo(`${name}: too little room`, subject.control(handle, code, input, 2));
            await subject.observeIo(`${name}: no room`, subject.control(handle, code, input, 0));
            await subject.observeIo(`${name}: no input`, subject.control(handle, code, [], 4));
            await subject.observeIo(`${name}: nothing at all`, subject.control(handle, code, [], 0));
            await subject.observePrints(name);
          }
          await subject.observeIo("an unknown code", subject.control(handle, 0x222010, [], 0));
          await subject.observeIo(
            "second buffer as input",
            subject.control(handle, methods.inDirect, [5], 4, [1, 2, 3, 4]),
          );
          await subject.observePrints("second buffer as input");
          await subject.observeIo(
            "a large one",
            subject.control(
              handle,
              methods.outDirect,
              Array.from({ length: 9000 }, () => 0x42),
              9000,
            ),
          );
        }),
      ),
  },
  {
    name: "access bits of control codes",
    run: (subject) =>
      subject.withDrivers(["ioctlMethods"], async () => {
        const bits = { any: 0, read: READ_ACCESS, write: WRITE_ACCESS, both: READ_ACCESS | WRITE_ACCESS };
        for (const access of ["r", "w", "rw", "0"] as const) {
          const handle = await subject.open("\\\\.\\IoctlMethods", access);
          for (const [name, bit] of Object.entries(bits)) {
            await subject.observeIo(
              `${access} handle, ${name} access`,
              subject.control(handle, 0x222000 | bit, [7], 1),
            );
          }
          await subject.close(handle);
        }
        await subject.observeIo("no handle", subject.control(0x7ffffff0, methods.buffered, [7], 1));
      }),
  },
  {
    name: "a read that waits",
    run: (subject) =>
      subject.withDrivers(["pendCancel"], async () => {
        const [reader, writer] = [await subject.open("\\\\.\\PendCancel"), await subject.open("\\\\.\\PendCancel")];
        await subject.observeIo("control", subject.control(writer, methods.buffered, [1], 4));
        await subject.observeIo("write where nobody reads", subject.write(writer, "lost", 0));
        const reading = subject.read(reader, 16, 0);
        await subject.untilPrinted("read pends");
        const pending = await subject.ask("requests.pending", {});
        subject.observe("pending meanwhile", pending.map(({ operation }) => operation).join(", "));
        await subject.observeIo("write", subject.write(writer, "late", 0));
        await subject.observeIo("the read that waited", reading);
        subject.observe("pending afterwards", String((await subject.ask("requests.pending", {})).length));
        const short = subject.read(reader, 2, 0);
        await subject.untilPrinted("read pends");
        await subject.observeIo("write more than is wanted", subject.write(writer, "abcdef", 0));
        await subject.observeIo("a short read", short);
        const oldest = subject.read(reader, 8, 0);
        await subject.untilPrinted("read pends");

        const second = subject.read(reader, 8, 0);
        await subject.untilPrinted("read pends");

        await subject.write(writer, "one", 0);
        await subject.write(writer, "two", 0);
        await subject.observeIo("the read that waited longest", oldest);
        await subject.observeIo("the read behind it", second);
        await subject.observePrints("meanwhile");
        for (const handle of [reader, writer]) await subject.close(handle);
      }),
  },
  {
    name: "cancelling",
    run: (subject) =>
      subject.withDrivers(["pendCancel"], async () => {
        const handle = await subject.open("\\\\.\\PendCancel");
        const cancelled = new AbortController();
        const reading = subject.read(handle, 16, 0, cancelled.signal);
        await subject.untilPrinted("read pends");
        cancelled.abort();
        await subject.observeIo("a cancelled read", reading);
        await subject.observePrints("cancel");
        subject.observe("pending afterwards", String((await subject.ask("requests.pending", {})).length));
        const other = new AbortController();
        const one = subject.read(handle, 16, 0, other.signal);
        await subject.untilPrinted("read pends");
        const two = subject.read(handle, 16, 0);
        await subject.untilPrinted("read pends");
        other.abort();
        await subject.observeIo("one of two cancelled", one);
        const writer = await subject.open("\\\\.\\PendCancel", "w");
        await subject.observeIo("write for the other", subject.write(writer, "still", 0));
        await subject.observeIo("the other", two);
        await subject.close(writer);
        await subject.close(handle);
        // Closing a handle whose read waits is not compared: see the report's last words.
      }),
  },
  {
    name: "poor man's pipes",
    run: (subject) =>
      subject.withDrivers(["poorMansPipes"], async () => {
        await withHandle(subject, RW, async (handle) => {
          await subject.observeIo("read at first", subject.read(handle, 9, 0));
          await subject.observeIo("write", subject.write(handle, "abc", 0));
          await subject.observeIo("read 2", subject.read(handle, 2, 0));
          await subject.observeIo("read the rest", subject.read(handle, 9, 0));
          await subject.observeIo("read when empty", subject.read(handle, 9, 0));
          await subject.observeIo("fill", subject.write(handle, new Uint8Array(4000).fill(0x41), 0));
          await subject.observeIo("fill the rest", subject.write(handle, new Uint8Array(200).fill(0x42), 0));
          await subject.observeIo("fill what is full", subject.write(handle, "x", 0));
          await subject.observeIo("write nothing", subject.write(handle, "", 0));
        });
        await withHandle(subject, RW, async (handle) => {
          await subject.observeIo("read after the last close", subject.read(handle, 9, 0));
        });
        await subject.observeOpen("\\\\.\\Example\\HELLO");
      }),
  },
  {
    name: "what drivers print",
    run: (subject) =>
      subject.withDrivers(["prints"], () =>
        withHandle(subject, "\\\\.\\Prints", async (handle) => {
          await subject.drainPrints();
          await subject.observeIo("write l", subject.write(handle, "l", 0));
          for (const { component, level, text } of await subject.printed()) {
            subject.observe(`"${text}" comes as`, `component ${component}, level 0x${(level >>> 0).toString(16)}`);
          }
          await subject.write(handle, "w", 0);
          const [long] = await subject.printed();
          subject.observe("length of a long line", String(long?.text.trimEnd().length));
          await subject.write(handle, "u", 0);
          await subject.observePrints("a line in two pieces");
          await subject.write(handle, "e", 0);
          await subject.observePrints("escape codes");
          await subject.write(handle, "b", 0);
          const burst = await subject.printed();
          subject.observe("lines of a burst", `${burst.length}, ${burst[0]?.text} to ${burst.at(-1)?.text}`);
          await subject.observeIo("an unknown letter", subject.write(handle, "x", 0));
          await subject.observeIo("nothing", subject.write(handle, "", 0));
          await subject.observeIo("read", subject.read(handle, 4, 0));
        }),
      ),
  },
];
