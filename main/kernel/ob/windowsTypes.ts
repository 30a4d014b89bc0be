/**
 * The object types of Windows 10 22H2 in the order of their indices. Rights come from the table in abi; what is
 * not there has the standard rights only. Body sizes are those of the model's objects: NT's where a structure of
 * them is known, else room for one.
 */
import type { GenericMapping } from "../../../native-bindings/abi/access";
import { READ_CONTROL, STANDARD_RIGHTS_ALL } from "../../../native-bindings/abi/access";
import { objectRights } from "../../../native-bindings/abi/objectRights";

export interface WindowsType {
  readonly name: string;
  readonly genericMapping: GenericMapping;
  readonly validAccessMask: number;
  /** In bytes. */
  readonly bodySize: number;
  readonly caseInsensitive: boolean;
  readonly maintainHandleCount: boolean;
  readonly paged: boolean;
}

/** ObTypeIndexTable starts with two entries that are no types. */
export const FIRST_TYPE_INDEX = 2;

/** Name, body size, letters: i matched without case, c handles counted by process, n nonpaged pool. */
type Row = readonly [name: string, bodySize: number, letters?: string];

const rows: readonly Row[] = [
  ["Type", 0xd8, "n"],
  ["Directory", 0x158, "i"],
  ["SymbolicLink", 0x28, "i"],
  ["Token", 0x490],
  ["Job", 0x418, "n"],
  ["Process", 0xa40, "n"],
  ["Thread", 0x898, "n"],
  ["Partition", 0x80, "n"],
  ["UserApcReserve", 0x78, "n"],
  ["IoCompletionReserve", 0x58, "n"],
  ["ActivityReference", 0x20],
  ["PsSiloContextPaged", 0x20],
  ["PsSiloContextNonPaged", 0x20, "n"],
  ["DebugObject", 0x68, "nc"],
  ["Event", 0x18, "n"],
  ["Mutant", 0x38, "n"],
  ["Callback", 0x40, "n"],
  ["Semaphore", 0x20, "n"],
  ["Timer", 0x138, "n"],
  ["IRTimer", 0x108, "n"],
  ["Profile", 0x40, "n"],
  ["KeyedEvent", 0x20],
  ["WindowStation", 0xa8, "nci"],
  ["Desktop", 0xf8, "nci"],
  ["Composition", 0x40],
  ["RawInputManager", 0x40, "n"],
  ["CoreMessaging", 0x40, "n"],
  ["ActivationObject", 0x40, "n"],
  ["TpWorkerFactory", 0x190, "n"],
  ["Adapter", 0x100, "ni"],
  ["Controller", 0x48, "ni"],
  ["Device", 0x150, "ni"],
  ["Driver", 0x150, "ni"],
  ["IoCompletion", 0x40, "n"],
  ["WaitCompletionPacket", 0x70, "n"],
  ["File", 0xd8, "nc"],
  ["TmTm", 0x40, "n"],
  ["TmTx", 0x40, "n"],
  ["TmRm", 0x40, "n"],
  ["TmEn", 0x40, "n"],
  ["Section", 0x40],
  ["Session", 0x60, "n"],
  ["Key", 0x68, "i"],
  ["RegistryTransaction", 0x40, "n"],
  ["ALPC Port", 0x1d8, "n"],
  ["EnergyTracker", 0x40],
  ["PowerRequest", 0x40, "n"],
  ["WmiGuid", 0x70, "n"],
  ["EtwRegistration", 0x70, "n"],
  ["EtwSessionDemuxEntry", 0x40, "n"],
  ["EtwConsumer", 0x70, "n"],
  ["CoverageSampler", 0x40, "n"],
  ["DmaAdapter", 0x40, "n"],
  ["PcwObject", 0x40],
  ["FilterConnectionPort", 0x40, "n"],
  ["FilterCommunicationPort", 0x40, "n"],
  ["NdisCmState", 0x40, "n"],
  ["DxgkSharedResource", 0x40],
  ["DxgkSharedKeyedMutexObject", 0x40],
  ["DxgkSharedSyncObject", 0x40],
  ["DxgkSharedSwapChainObject", 0x40],
  ["DxgkDisplayManagerObject", 0x40],
  ["DxgkCurrentDxgProcessObject", 0x40],
  ["DxgkSharedProtectedSessionObject", 0x40],
  ["DxgkSharedBundleObject", 0x40],
  ["DxgkCompositionObject", 0x40],
  ["VRegConfigurationContext", 0x40],
];

const STANDARD_MAPPING: GenericMapping = {
  read: READ_CONTROL,
  write: READ_CONTROL,
  execute: READ_CONTROL,
  all: STANDARD_RIGHTS_ALL,
};

function fromRow([name, bodySize, letters = ""]: Row): WindowsType {
  const rights = objectRights[name];
  return {
    name,
    genericMapping: rights?.mapping ?? STANDARD_MAPPING,
    validAccessMask: rights?.validAccess ?? STANDARD_RIGHTS_ALL,
    bodySize,
    caseInsensitive: letters.includes("i"),
    maintainHandleCount: letters.includes("c"),
    paged: !letters.includes("n"),
  };
}

/** The type at position n has index n + FIRST_TYPE_INDEX. */
export const windowsTypes: readonly WindowsType[] = rows.map(fromRow);
