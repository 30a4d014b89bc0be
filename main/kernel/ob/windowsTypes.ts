/**
 * The object types of Windows 10 22H2 in the order of their indices, with what generic rights stand for. The
 * twenty that Wine's test_object_types checks against Windows are exact (ntdll/tests/om.c); the rights of the
 * others are the standard ones plus the bits that their functions are known to ask for.
 */

export interface GenericMapping {
  readonly read: number;
  readonly write: number;
  readonly execute: number;
  readonly all: number;
}

export interface WindowsType {
  readonly name: string;
  readonly genericMapping: GenericMapping;
  readonly validAccessMask: number;
  /** In bytes, of the objects that the model makes of it. */
  readonly bodySize: number;
  readonly caseInsensitive: boolean;
  readonly maintainHandleCount: boolean;
  readonly paged: boolean;
}

/** ObTypeIndexTable starts with two entries that are no types. */
export const FIRST_TYPE_INDEX = 2;

const READ_CONTROL = 0x2_0000;
const SYNCHRONIZE = 0x10_0000;
const REQUIRED = 0xf_0000;

/** Name; specific bits of read, write, execute, all; rights over those in "all"; body size; letters. */
type Row = readonly [string, number, number, number, number, number, number, string?];

/**
 * Letters: i matched without case, c handles counted by process, n nonpaged pool. Where "all" or "execute"
 * include SYNCHRONIZE, it stands in the bits.
 */
const S = SYNCHRONIZE;
const FILE_READ = S | 0x89;
const FILE_WRITE = S | 0x116;
const FILE_EXECUTE = S | 0xa0;
const FILE_ALL = S | 0x1ff;

const rows: readonly Row[] = [
  ["Type", 0, 0, 0, 0x1, S, 0xd8, "n"],
  ["Directory", 0x3, 0xc, 0x3, 0xf, 0, 0x158, "i"],
  ["SymbolicLink", 0x1, 0, 0x1, 0x1, 0, 0x28, "i"],
  ["Token", 0x1a, 0x1e0, 0x5, 0x1ff, S, 0x490],
  ["Job", 0x4, 0xb, S, S | 0x3f, 0, 0x418, "n"],
  ["Process", 0x410, 0xbea, S | 0x1001, S | 0xffff, 0, 0xa40, "n"],
  ["Thread", 0x48, 0x437, S | 0x1800, S | 0xffff, 0, 0x898, "n"],
  ["Partition", 0x1, 0x2, S | 0x3, S | 0x3, 0, 0x80, "n"],
  ["UserApcReserve", 0x1, 0x2, 0, 0x3, 0, 0x78, "n"],
  ["IoCompletionReserve", 0x1, 0x2, 0, 0x3, 0, 0x58, "n"],
  ["ActivityReference", 0, 0, 0, 0, 0, 0x20],
  ["PsSiloContextPaged", 0, 0, 0, 0, 0, 0x20],
  ["PsSiloContextNonPaged", 0, 0, 0, 0, 0, 0x20, "n"],
  ["DebugObject", 0x1, 0x2, S, S | 0xf, 0, 0x68, "nc"],
  ["Event", 0x1, 0x2, S, S | 0x3, 0, 0x18, "n"],
  ["Mutant", 0x1, 0, S, S | 0x1, 0, 0x38, "n"],
  ["Callback", 0, 0x1, S, S | 0x1, 0, 0x40, "n"],
  ["Semaphore", 0x1, 0x2, S, S | 0x3, 0, 0x20, "n"],
  ["Timer", 0x1, 0x2, S, S | 0x3, 0, 0x138, "n"],
  ["IRTimer", 0x1, 0x2, S, S | 0x3, 0, 0x108, "n"],
  ["Profile", 0, 0, 0, 0x1, 0, 0x40, "n"],
  ["KeyedEvent", 0x1, 0x2, 0, 0x3, S, 0x20],
  ["WindowStation", 0x303, 0x1c, 0x60, 0x37f, 0, 0xa8, "nci"],
  ["Desktop", 0x41, 0xbe, 0x100, 0x1ff, 0, 0xf8, "nci"],
  ["Composition", 0x1, 0x2, 0, 0x3, 0, 0x40],
  ["RawInputManager", 0x1, 0x2, 0, 0x3, 0, 0x40, "n"],
  ["CoreMessaging", 0x1, 0x2, 0, 0x3, 0, 0x40, "n"],
  ["ActivationObject", 0x1, 0x2, 0, 0x3, 0, 0x40, "n"],
  ["TpWorkerFactory", 0x8, 0x47, 0, 0xff, 0, 0x190, "n"],
  ["Adapter", FILE_READ, FILE_WRITE, FILE_EXECUTE, FILE_ALL, 0, 0x100, "ni"],
  ["Controller", FILE_READ, FILE_WRITE, FILE_EXECUTE, FILE_ALL, 0, 0x48, "ni"],
  ["Device", FILE_READ, FILE_WRITE, FILE_EXECUTE, FILE_ALL, 0, 0x150, "ni"],
  ["Driver", FILE_READ, FILE_WRITE, FILE_EXECUTE, FILE_ALL, 0, 0x150, "ni"],
  ["IoCompletion", 0x1, 0x2, S, S | 0x3, 0, 0x40, "n"],
  ["WaitCompletionPacket", 0, 0x1, 0, 0x1, 0, 0x70, "n"],
  ["File", FILE_READ, FILE_WRITE, FILE_EXECUTE, FILE_ALL, 0, 0xd8, "nc"],
  ["TmTm", 0x1, 0x1e, 0, 0x3f, 0, 0x40, "n"],
  ["TmTx", 0x1, 0x3e, S, S | 0x3f, 0, 0x40, "n"],
  ["TmRm", 0x1, 0x7e, S, S | 0x7f, 0, 0x40, "n"],
  ["TmEn", 0x1, 0x1e, 0, 0x1f, 0, 0x40, "n"],
  ["Section", 0x5, 0x2, 0x8, 0x1f, S, 0x40],
  ["Session", 0x1, 0x2, 0x3, 0x3, 0, 0x60, "n"],
  ["Key", 0x19, 0x6, 0x39, 0x3f, S, 0x68, "i"],
  ["RegistryTransaction", 0x1, 0x3e, S, S | 0x3f, 0, 0x40, "n"],
  ["ALPC Port", 0x1, 0x1, 0, S | 0x1, 0, 0x1d8, "n"],
  ["EnergyTracker", 0x1, 0x2, 0, 0x3, 0, 0x40],
  ["PowerRequest", 0, 0, 0, 0, 0, 0x40, "n"],
  ["WmiGuid", 0x5, 0x1a, 0x1e0, 0xfff, 0, 0x70, "n"],
  ["EtwRegistration", 0, 0, 0x804, 0xfff, 0, 0x70, "n"],
  ["EtwSessionDemuxEntry", 0, 0, 0, 0x1, 0, 0x40, "n"],
  ["EtwConsumer", 0, 0, 0, 0x1, 0, 0x70, "n"],
  ["CoverageSampler", 0, 0, 0, 0x1, 0, 0x40, "n"],
  ["DmaAdapter", FILE_READ, FILE_WRITE, FILE_EXECUTE, FILE_ALL, 0, 0x40, "n"],
  ["PcwObject", 0x1, 0x2, 0, 0x3, 0, 0x40],
  ["FilterConnectionPort", 0x1, 0x1, 0, 0x1, 0, 0x40, "n"],
  ["FilterCommunicationPort", 0x1, 0x1, 0, 0x1, 0, 0x40, "n"],
  ["NdisCmState", 0, 0, 0, 0x1, 0, 0x40, "n"],
  ["DxgkSharedResource", 0x1, 0x2, 0, 0x3, 0, 0x40],
  ["DxgkSharedKeyedMutexObject", 0x1, 0x2, 0, 0x3, 0, 0x40],
  ["DxgkSharedSyncObject", 0x1, 0x2, 0, 0x3, 0, 0x40],
  ["DxgkSharedSwapChainObject", 0x1, 0x2, 0, 0x3, 0, 0x40],
  ["DxgkDisplayManagerObject", 0x1, 0x2, 0, 0x3, 0, 0x40],
  ["DxgkCurrentDxgProcessObject", 0, 0, 0, 0, 0, 0x40],
  ["DxgkSharedProtectedSessionObject", 0x1, 0x2, 0, 0x3, 0, 0x40],
  ["DxgkSharedBundleObject", 0x1, 0x2, 0, 0x3, 0, 0x40],
  ["DxgkCompositionObject", 0x1, 0x2, 0, 0x3, 0, 0x40],
  ["VRegConfigurationContext", 0, 0, 0, 0x1, 0, 0x40],
];

function fromRow([name, read, write, execute, all, extra, bodySize, letters = ""]: Row): WindowsType {
  return {
    name,
    genericMapping: {
      read: READ_CONTROL | read,
      write: READ_CONTROL | write,
      execute: READ_CONTROL | execute,
      all: REQUIRED | all,
    },
    validAccessMask: REQUIRED | all | extra,
    bodySize,
    caseInsensitive: letters.includes("i"),
    maintainHandleCount: letters.includes("c"),
    paged: !letters.includes("n"),
  };
}

/** The type at position n has index n + FIRST_TYPE_INDEX. */
export const windowsTypes: readonly WindowsType[] = rows.map(fromRow);
