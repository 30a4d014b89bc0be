/**
 * What the kernel's own tags are used for. Source: pooltag.txt (Debugging Tools for Windows), those of nt!io, nt!ob, nt!ps
 * and nt!ex; and what the model allocates besides.
 */
const uses: Readonly<Record<string, string>> = {
  ALPC: "ALPC ports",
  Call: "Callback objects",
  Devi: "Device objects",
  Dire: "Directory objects",
  Driv: "Driver objects",
  Even: "Event objects",
  File: "File objects",
  IoCC: "Completion ports that files belong to",
  IoDr: "Driver object extensions",
  IoNm: "Names that are parsed for a file object",
  IoQn: "Names that are queried of a file object",
  IoRq: "Requests that the I/O manager sends down a stack",
  IoSB: "System buffers of buffered requests",
  IoSc: "Security contexts of opens",
  IoTi: "Timers of devices",
  IoWi: "Work items",
  Irp: "I/O request packets",
  Job: "Job objects",
  Key: "Key objects",
  Mdl: "Memory descriptor lists",
  Muta: "Mutant objects",
  None: "Allocated without a tag (ExAllocatePool)",
  ObDi: "Entries of object directories",
  ObHd: "Handle counts by process",
  ObNm: "Names of objects",
  ObSc: "Shared security descriptors",
  PnpC: "Device capabilities that are queried",
  PoIr: "Power requests",
  Proc: "Process objects",
  Sect: "Section objects",
  Sema: "Semaphore objects",
  Symb: "Symbolic link objects",
  Symt: "Targets of symbolic links",
  Thre: "Thread objects",
  Type: "Object types",
  Vpb: "Volume parameter blocks",
  Wait: "Wait blocks of threads",
  Wind: "Window station objects",
};

/** Empty for a driver's own tag. */
export function poolTagUse(tag: string): string {
  const name = tag.trimEnd();
  return (Object.hasOwn(uses, name) ? uses[name] : undefined) ?? "";
}
