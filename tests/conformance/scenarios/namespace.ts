// Names that every NT has, and how listing and resolving refuse what is not there.
import type { Scenario } from "../scenario";
import type { Subject } from "../subject";

const rootNames = [
  "??",
  "ArcName",
  "BaseNamedObjects",
  "Callback",
  "Device",
  "DosDevices",
  "Driver",
  "FileSystem",
  "GLOBAL??",
  "KernelObjects",
  "KnownDlls",
  "NLS",
  "ObjectTypes",
  "RPC Control",
  "Security",
  "Sessions",
  "SystemRoot",
  "Windows",
];

async function observeNames(subject: Subject, path: string, names: readonly string[]): Promise<void> {
  const found = await subject.names(path);
  for (const name of names) subject.observe(`in ${path}: ${name}`, found.get(name) ?? "not listed");
}

export const namespaceScenarios: readonly Scenario[] = [
  {
    name: "boot namespace",
    async run(subject) {
      await observeNames(subject, "\\", rootNames);
      await observeNames(subject, "\\Device", ["Null", "NamedPipe", "Mailslot", "Mup", "KsecDD", "Afd"]);
      await observeNames(subject, "\\??", ["NUL", "PIPE", "MAILSLOT", "C:", "UNC", "GLOBALROOT", "AUX", "CON"]);
      await observeNames(subject, "\\ObjectTypes", ["Type", "Directory", "SymbolicLink", "Device", "Driver", "File"]);
      await observeNames(subject, "\\KernelObjects", ["LowMemoryCondition", "HighMemoryCondition"]);
    },
  },
  {
    name: "listing",
    async run(subject) {
      for (const path of ["\\", "\\Device", "\\DEVICE", "\\??", "\\DosDevices", "\\Device\\Null"]) {
        await subject.observeListing(path);
      }
      for (const path of ["\\Missing", "\\Missing\\x", "\\Device\\Missing", "\\Device\\Missing\\x"]) {
        await subject.observeListing(path);
      }
      for (const path of ["\\Device\\", "\\\\Device", "\\Device\\\\Null", "\\Device\\Null\\x"]) {
        await subject.observeListing(path);
      }
    },
  },
  {
    name: "resolving",
    async run(subject) {
      const inPlace = ["\\", "\\Device", "\\device\\NULL", "\\Device\\Null", "\\??\\NUL", "\\DosDevices\\NUL", "NUL"];
      const astray = ["\\Missing", "\\Missing\\x", "\\Device\\Missing", "\\??\\Missing", "\\Device\\Missing\\x"];
      for (const path of [...inPlace, ...astray]) await subject.observeResolution(path);
    },
  },
  {
    name: "opening what is no device of ours",
    async run(subject) {
      for (const path of [
        "\\",
        "\\Device",
        "\\Device\\",
        "\\??",
        "\\ObjectTypes",
        "\\KernelObjects\\LowMemoryCondition",
      ]) {
        await subject.observeOpen(path);
      }
      for (const path of ["\\Missing", "\\Missing\\x", "\\Device\\Missing", "\\Device\\Missing\\x", "\\\\.\\Missing"]) {
        await subject.observeOpen(path);
      }
      for (const path of ["\\Device\\Missing\\", "\\??\\\\NUL", "\\Device\\\\Null", "Device\\Null", ""]) {
        await subject.observeOpen(path);
      }
    },
  },
  {
    name: "the null device",
    async run(subject) {
      for (const access of ["r", "w", "rw", "0"] as const) await subject.observeOpen("\\\\.\\NUL", access);
      const handle = await subject.open("\\\\.\\NUL");
      await subject.observeIo("read 16", subject.read(handle, 16, 0));
      await subject.observeIo("read nothing", subject.read(handle, 0, 0));
      await subject.observeIo("write 100000", subject.write(handle, new Uint8Array(100_000), 0));
      await subject.observeIo("control an unknown code", subject.control(handle, 0x222000, [1], 4));
      await subject.close(handle);
    },
  },
];
