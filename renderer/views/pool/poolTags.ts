/** What well-known tags are used for. Source: pooltag.txt (Debugging Tools for Windows), those of nt!io, nt!ob, nt!ps and nt!ex. */
const uses: Readonly<Record<string, string>> = {
  ALPC: "ALPC ports",
  Call: "Callback objects",
  Devi: "Device objects",
  Dire: "Directory objects",
  Driv: "Driver objects",
  Even: "Event objects",
  File: "File objects",
  IoDr: "Driver object extensions",
  IoNm: "Names that are parsed for a file object",
  Irp: "I/O request packets",
  Job: "Job objects",
  Key: "Key objects",
  Mdl: "Memory descriptor lists",
  Muta: "Mutant objects",
  None: "Allocated without a tag (ExAllocatePool)",
  ObDi: "Entries of object directories",
  ObNm: "Names of objects",
  Proc: "Process objects",
  Sect: "Section objects",
  Sema: "Semaphore objects",
  Symb: "Symbolic link objects",
  Symt: "Targets of symbolic links",
  Thre: "Thread objects",
  Type: "Object types",
  Vpb: "Volume parameter blocks",
  Wind: "Window station objects",
};

/** Empty for a driver's own tag. */
export function poolTagUse(tag: string): string {
  const name = tag.trimEnd();
  return (Object.hasOwn(uses, name) ? uses[name] : undefined) ?? "";
}
