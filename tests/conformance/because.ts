// Why the model and Wine differ, which of the two Windows is like, and where that is known from. "case N" is the number of
// the kernel's test that has the same fact in its name.
export interface Because {
  readonly reason: string;
  /** Whose answer is that of Windows; `neither`: a third one; `unknown`: no source says it, and `source` says what there is. */
  readonly windows: "model" | "wine" | "neither" | "unknown";
  readonly source: string;
}

export const because = {
  smallerNamespace: {
    reason: "Wine makes only the names that its programs ask for.",
    windows: "model",
    source: "a freshly booted Windows 10, as WinObj shows it (main/kernel/boot/tables)",
  },
  dosDevicesListed: {
    reason:
      "Wine lists \\?? in the root as the directory that it is there; in NT it is a name that is looked up per logon.",
    windows: "model",
    source: "case 36; WDK, Local and Global MS-DOS Device Names",
  },
  belowDevice: {
    reason: "Wine takes what follows a device's name for a missing name, NT for a missing path.",
    windows: "model",
    source: "case 28, the same look-up for a mutant; Wine, dlls/ntdll/tests/om.c, test_name_collisions (todo_wine)",
  },
  spelling: {
    reason:
      "On a real machine NtScope walks the path itself and opens no device, so the last name is spelled as it was typed.",
    windows: "model",
    source: "the object's own name, as NtQueryObject tells it; main/native/nativeLinks.ts",
  },
  nullDevice: {
    reason: "Wine's null device is the host's /dev/null, without a driver.",
    windows: "model",
    source: "ReactOS, drivers/base/null/null.c: every read is STATUS_END_OF_FILE, and there is no device control",
  },
  driverDirectory: {
    reason: "Wine keeps driver objects in the process that runs the drivers; its \\Driver lists nothing.",
    windows: "model",
    source: "case 86; WDK, Introduction to Driver Objects",
  },
  noCleanup: {
    reason: "Wine sends no IRP_MJ_CLEANUP when the last handle is closed.",
    windows: "model",
    source: "case 57; WDK, IRP_MJ_CLEANUP",
  },
  namesBelowDevices: {
    reason: "Wine opens no name below a device; NT hands it to the driver in FILE_OBJECT.FileName.",
    windows: "model",
    source: "case 50; WDK, Controlling Device Namespace Access",
  },
  fileSystemControl: {
    reason: "Wine's ntdll answers FSCTL_LOCK_VOLUME itself; NT sends the driver IRP_MJ_FILE_SYSTEM_CONTROL.",
    windows: "model",
    source: "WDK, IRP_MJ_FILE_SYSTEM_CONTROL",
  },
  createIgnored: {
    reason:
      "Wine opens a device without asking its driver, which sees IRP_MJ_CREATE afterwards if it has a routine for it.",
    windows: "model",
    source: "case 56; WDK, IRP_MJ_CREATE; the article Building the Driver Object",
  },
  linkToNowhere: {
    reason:
      "Wine takes a link's missing target for a missing path; NT starts the look-up anew, which misses the last name.",
    windows: "model",
    source: "cases 9 and 23; ReactOS, ntoskrnl/ob/obname.c and oblink.c",
  },
  oddLinks: {
    reason: "Wine has other statuses for a link to itself and for a target that does not begin at the root.",
    windows: "unknown",
    source: "case 26; ReactOS, ntoskrnl/ob/obname.c, answers as the model",
  },
  filterMasks: {
    reason: "Wine has no debug print filter: what the masks hold back on Windows is printed there.",
    windows: "model",
    source: "case 106; WDK, Reading and Filtering Debugging Messages",
  },
  plainPrint: {
    reason: "Wine gives DbgPrint no component and level ERROR; on Windows it is DEFAULT and INFO.",
    windows: "model",
    source: "case 106; WDK, Reading and Filtering Debugging Messages",
  },
  longPrint: {
    reason: "Wine prints a line whole; Windows transmits at most 512 bytes of one call.",
    windows: "model",
    source: "case 107; WDK, DbgPrint",
  },
  printPieces: {
    reason: "Wine ends every call with a line end of its own, so pieces of a line cannot be put together.",
    windows: "model",
    source: "case 109; WDK, DbgPrint",
  },
  missingFile: {
    reason: "Wine answers the same error for every driver that it cannot load, one whose file is missing among them.",
    windows: "model",
    source: "case 90; Win32, StartService",
  },
  exitCode: {
    reason: "The model keeps the error of a failed start as the service's exit code; Wine keeps none.",
    windows: "unknown",
    source: "case 89 and Win32, StartService, tell the error of the call alone",
  },
  longName: {
    reason: "Wine refuses a name of more than 256 characters with another code.",
    windows: "model",
    source: "Win32, CreateService: the maximum is 256 characters, others are ERROR_INVALID_NAME",
  },
  unloadAtOnce: {
    reason: "Wine unloads a driver whose device is open; NT waits for the last close and refuses new opens until then.",
    windows: "model",
    source: "case 93; WDK, ZwUnloadDriver",
  },
} as const satisfies Readonly<Record<string, Because>>;
