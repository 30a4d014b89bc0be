// Every known difference between the model and Wine, observation by observation. A difference without a row fails, and so
// does a row that no longer differs.
import { type Because, because } from "./because";
import { NOT_SEEN } from "./compare";

export interface Difference extends Because {
  readonly scenario: string;
  readonly observation: string;
  readonly model: string;
  readonly wine: string;
}

/** Observation, the model's answer, Wine's. */
type Row = readonly [string, string, string];

function group(why: Because, scenario: string, rows: readonly Row[]): Difference[] {
  return rows.map(([observation, model, wine]) => ({ scenario, observation, model, wine, ...why }));
}

const READ_WRITE =
  "FILE_READ_DATA FILE_WRITE_DATA FILE_APPEND_DATA FILE_READ_EA FILE_WRITE_EA FILE_READ_ATTRIBUTES " +
  "FILE_WRITE_ATTRIBUTES READ_CONTROL SYNCHRONIZE";
const OPENED = `STATUS_SUCCESS: ${READ_WRITE}`;

export const differences: readonly Difference[] = [
  ...group(because.dosDevicesListed, "boot namespace", [["in \\: ??", "not listed", "Directory"]]),
  ...group(because.smallerNamespace, "boot namespace", [
    ["in \\: ArcName", "Directory", "not listed"],
    ["in \\: Callback", "Directory", "not listed"],
    ["in \\: FileSystem", "Directory", "not listed"],
    ["in \\: GLOBAL??", "Directory", "not listed"],
    ["in \\: KnownDlls", "Directory", "not listed"],
    ["in \\: RPC Control", "Directory", "not listed"],
    ["in \\: Security", "Directory", "not listed"],
    ["in \\: SystemRoot", "SymbolicLink", "not listed"],
    ["in \\Device: Mailslot", "Device", "not listed"],
    ["in \\Device: Mup", "Device", "not listed"],
    ["in \\Device: KsecDD", "Device", "not listed"],
    ["in \\??: UNC", "SymbolicLink", "not listed"],
    ["in \\ObjectTypes: Driver", "Type", "not listed"],
  ]),
  ...group(because.belowDevice, "listing", [
    ["list \\Device\\Null\\x", "STATUS_OBJECT_PATH_NOT_FOUND", "STATUS_OBJECT_NAME_NOT_FOUND"],
  ]),
  ...group(because.spelling, "resolving", [
    [
      "resolve \\device\\NULL",
      "device: Directory; NULL: Device; \\Device\\Null (Device)",
      "device: Directory; NULL: Device; \\device\\NULL (Device)",
    ],
  ]),
  ...group(because.spelling, "the example's names", [
    [
      "resolve \\Device\\example",
      "Device: Directory; example: Device; \\Device\\Example (Device)",
      "Device: Directory; example: Device; \\Device\\example (Device)",
    ],
  ]),
  ...group(because.nullDevice, "the null device", [
    ["read nothing", "STATUS_END_OF_FILE", "STATUS_SUCCESS 0"],
    ["control an unknown code", "STATUS_INVALID_DEVICE_REQUEST", "STATUS_FILE_DELETED"],
  ]),
  ...group(because.driverDirectory, "loading hello", [["names that came", "\\Driver\\hello (Driver)", "nothing"]]),
  ...group(because.driverDirectory, "loading example", [
    [
      "names that came",
      "\\??\\Example (SymbolicLink), \\Device\\Example (Device), \\Driver\\example (Driver)",
      "\\??\\Example (SymbolicLink), \\Device\\Example (Device)",
    ],
  ]),
  ...group(because.driverDirectory, "loading exampleRw", [
    [
      "names that came",
      "\\??\\Example (SymbolicLink), \\Device\\Example (Device), \\Driver\\exampleRw (Driver)",
      "\\??\\Example (SymbolicLink), \\Device\\Example (Device)",
    ],
  ]),
  ...group(because.driverDirectory, "loading sanctum", [
    [
      "names that came",
      "\\??\\SanctumEDR (SymbolicLink), \\Device\\SanctumEDR (Device), \\Driver\\sanctum (Driver)",
      "\\??\\SanctumEDR (SymbolicLink), \\Device\\SanctumEDR (Device)",
    ],
  ]),
  ...group(because.driverDirectory, "loading poorMansPipes", [
    [
      "names that came",
      "\\??\\Example (SymbolicLink), \\Device\\Example (Device), \\Driver\\poorMansPipes (Driver)",
      "\\??\\Example (SymbolicLink), \\Device\\Example (Device)",
    ],
  ]),
  ...group(because.driverDirectory, "loading ioctlMethods", [
    [
      "names that came",
      "\\??\\IoctlMethods (SymbolicLink), \\Device\\IoctlMethods (Device), \\Driver\\ioctlMethods (Driver)",
      "\\??\\IoctlMethods (SymbolicLink), \\Device\\IoctlMethods (Device)",
    ],
  ]),
  ...group(because.driverDirectory, "loading links", [
    [
      "names that came",
      "\\??\\LinkToDirectory (SymbolicLink), \\??\\LinkToItself (SymbolicLink), \\??\\LinkToLink (SymbolicLink), \\??\\LinkToNowhere (SymbolicLink), \\??\\LinkToNull (SymbolicLink), \\??\\LinkToWords (SymbolicLink), \\Driver\\links (Driver)",
      "\\??\\LinkToDirectory (SymbolicLink), \\??\\LinkToItself (SymbolicLink), \\??\\LinkToLink (SymbolicLink), \\??\\LinkToNowhere (SymbolicLink), \\??\\LinkToNull (SymbolicLink), \\??\\LinkToWords (SymbolicLink)",
    ],
  ]),
  ...group(because.noCleanup, "opening the example", [
    [
      "prints: open and close r",
      "userspace opened the device | device is no longer in use by userspace | userspace closed the device",
      "userspace opened the device | userspace closed the device",
    ],
    [
      "prints: open and close w",
      "userspace opened the device | device is no longer in use by userspace | userspace closed the device",
      "userspace opened the device | userspace closed the device",
    ],
    [
      "prints: open and close rw",
      "userspace opened the device | device is no longer in use by userspace | userspace closed the device",
      "userspace opened the device | userspace closed the device",
    ],
    [
      "prints: open and close 0",
      "userspace opened the device | device is no longer in use by userspace | userspace closed the device",
      "userspace opened the device | userspace closed the device",
    ],
  ]),
  ...group(because.noCleanup, "order of what the example prints", [
    [
      "prints: first close",
      "device is no longer in use by userspace | userspace closed the device",
      "userspace closed the device",
    ],
    [
      "prints: second close",
      "device is no longer in use by userspace | userspace closed the device",
      "userspace closed the device",
    ],
  ]),
  ...group(because.namesBelowDevices, "opening the example", [
    ["open \\\\.\\Example\\sub rw", OPENED, "STATUS_OBJECT_NAME_NOT_FOUND"],
    ["open \\Device\\Example\\a\\b rw", OPENED, "STATUS_OBJECT_NAME_NOT_FOUND"],
  ]),
  ...group(because.namesBelowDevices, "poor man's pipes", [
    ["open \\\\.\\Example\\HELLO rw", OPENED, "STATUS_OBJECT_NAME_NOT_FOUND"],
  ]),
  ...group(because.fileSystemControl, "requests that the example does not know", [
    ["file system control", "STATUS_INVALID_PARAMETER", "STATUS_SUCCESS 0"],
  ]),
  ...group(because.createIgnored, "a device without dispatch routines", [
    [
      "open \\\\.\\SanctumEDR r",
      "STATUS_INVALID_DEVICE_REQUEST",
      "STATUS_SUCCESS: FILE_READ_DATA FILE_READ_EA FILE_READ_ATTRIBUTES READ_CONTROL SYNCHRONIZE",
    ],
    ["open \\\\.\\SanctumEDR rw", "STATUS_INVALID_DEVICE_REQUEST", OPENED],
    ["open \\\\.\\SanctumEDR 0", "STATUS_INVALID_DEVICE_REQUEST", "STATUS_SUCCESS: FILE_READ_ATTRIBUTES SYNCHRONIZE"],
    ["open \\Device\\SanctumEDR\\ rw", "STATUS_INVALID_DEVICE_REQUEST", OPENED],
  ]),
  ...group(because.linkToNowhere, "links that lead astray", [
    ["open \\\\.\\LinkToNowhere rw", "STATUS_OBJECT_NAME_NOT_FOUND", "STATUS_OBJECT_PATH_NOT_FOUND"],
  ]),
  ...group(because.oddLinks, "links that lead astray", [
    ["open \\\\.\\LinkToItself rw", "STATUS_OBJECT_NAME_NOT_FOUND", "STATUS_INVALID_PARAMETER"],
    ["open \\\\.\\LinkToWords rw", "STATUS_OBJECT_NAME_NOT_FOUND", "STATUS_OBJECT_PATH_SYNTAX_BAD"],
  ]),
  ...group(because.plainPrint, "what drivers print", [
    ['"no level" comes as', "component 101, level 0x3", "component 0, level 0x0"],
  ]),
  ...group(because.longPrint, "what drivers print", [["length of a long line", "512", "699"]]),
  ...group(because.printPieces, "what drivers print", [
    ["prints: a line in two pieces", "unfinished, finished", "unfinished,  | finished"],
  ]),
  ...group(because.filterMasks, "what drivers print", [
    ['"level warning" comes as', NOT_SEEN, "component 77, level 0x1"],
    ['"level trace" comes as', NOT_SEEN, "component 77, level 0x2"],
    ['"level info" comes as', NOT_SEEN, "component 77, level 0x3"],
    ['"level mask" comes as', NOT_SEEN, "component 77, level 0x80000010"],
  ]),
  ...group(because.missingFile, "services that cannot start", [
    ["start it", "ERROR_PATH_NOT_FOUND", "ERROR_DLL_INIT_FAILED"],
  ]),
  ...group(because.exitCode, "services that cannot start", [
    ["query it", "STOPPED, exit code 3", "STOPPED, exit code 0"],
  ]),
  ...group(because.exitCode, "two drivers with one device name", [
    ["query the second", "STOPPED, exit code 183", "STOPPED, exit code 0"],
  ]),
  ...group(because.longName, "services that cannot start", [
    ["create a name of 257 characters", "ERROR_INVALID_NAME", "ERROR_GEN_FAILURE"],
  ]),
  ...group(because.unloadAtOnce, "stopping with an open handle", [
    ["query", "STOP_PENDING, exit code 0", "STOPPED, exit code 0"],
    ["read through the handle", "STATUS_SUCCESS 0", "STATUS_FILE_DELETED"],
    ["open \\\\.\\Example rw", "STATUS_NO_SUCH_DEVICE", "STATUS_OBJECT_NAME_NOT_FOUND"],
  ]),
];
