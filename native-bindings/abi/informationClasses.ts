/**
 * Information classes of the query and set calls (wdm.h, ntifs.h, winternl.h, phnt's names where the WDK has none).
 */
import { valueTable } from "./flags";

/** FILE_INFORMATION_CLASS */
export const fileInformationClasses = valueTable({
  FileDirectoryInformation: [1, "Names with times, sizes and attributes"],
  FileFullDirectoryInformation: [2, "The same with the size of extended attributes"],
  FileBothDirectoryInformation: [3, "The same with short names"],
  FileBasicInformation: [4, "Times and attributes"],
  FileStandardInformation: [5, "Sizes, links, delete pending, directory"],
  FileInternalInformation: [6, "File number"],
  FileEaInformation: [7, "Size of extended attributes"],
  FileAccessInformation: [8, "Rights of the handle"],
  FileNameInformation: [9, "Name on the volume"],
  FileRenameInformation: [10, "Rename"],
  FileLinkInformation: [11, "Make a hard link"],
  FileNamesInformation: [12, "Names alone"],
  FileDispositionInformation: [13, "Delete on close"],
  FilePositionInformation: [14, "Current position"],
  FileFullEaInformation: [15, "Extended attributes"],
  FileModeInformation: [16, "Options it was opened with"],
  FileAlignmentInformation: [17, "How buffers must be aligned"],
  FileAllInformation: [18, "Most of the others in one"],
  FileAllocationInformation: [19, "Allocated size"],
  FileEndOfFileInformation: [20, "Size"],
  FileAlternateNameInformation: [21, "Short name"],
  FileStreamInformation: [22, "Streams"],
  FilePipeInformation: [23, "Mode of a pipe"],
  FilePipeLocalInformation: [24, "State of this end of a pipe"],
  FilePipeRemoteInformation: [25, "Collection settings of a remote pipe"],
  FileMailslotQueryInformation: [26, "State of a mailslot"],
  FileMailslotSetInformation: [27, "Read timeout of a mailslot"],
  FileCompressionInformation: [28, "Compressed size"],
  FileObjectIdInformation: [29, "Object identifiers"],
  FileCompletionInformation: [30, "Bind to a completion port"],
  FileMoveClusterInformation: [31, "Move clusters"],
  FileQuotaInformation: [32, "Quotas"],
  FileReparsePointInformation: [33, "Reparse points of the volume"],
  FileNetworkOpenInformation: [34, "Times, sizes and attributes"],
  FileAttributeTagInformation: [35, "Attributes and reparse tag"],
  FileTrackingInformation: [36, "Link tracking"],
  FileIdBothDirectoryInformation: [37, "Directory entries with file numbers and short names"],
  FileIdFullDirectoryInformation: [38, "Directory entries with file numbers"],
  FileValidDataLengthInformation: [39, "Valid data length"],
  FileShortNameInformation: [40, "Set the short name"],
  FileIoCompletionNotificationInformation: [41, "When to tell of completion"],
  FileIoStatusBlockRangeInformation: [42, "Lock a range of status blocks"],
  FileIoPriorityHintInformation: [43, "Priority of I/O"],
  FileNormalizedNameInformation: [48, "Name with every component in its long form"],
  FileIsRemoteDeviceInformation: [51, "Is the device remote?"],
  FileProcessIdsUsingFileInformation: [47, "Processes that have it open"],
});
export const {
  FileDirectoryInformation,
  FileFullDirectoryInformation,
  FileBothDirectoryInformation,
  FileBasicInformation,
  FileStandardInformation,
  FileInternalInformation,
  FileEaInformation,
  FileAccessInformation,
  FileNameInformation,
  FileRenameInformation,
  FileLinkInformation,
  FileNamesInformation,
  FileDispositionInformation,
  FilePositionInformation,
  FileFullEaInformation,
  FileModeInformation,
  FileAlignmentInformation,
  FileAllInformation,
  FileAllocationInformation,
  FileEndOfFileInformation,
  FileAlternateNameInformation,
  FileStreamInformation,
  FilePipeInformation,
  FilePipeLocalInformation,
  FilePipeRemoteInformation,
  FileMailslotQueryInformation,
  FileMailslotSetInformation,
  FileCompressionInformation,
  FileObjectIdInformation,
  FileCompletionInformation,
  FileMoveClusterInformation,
  FileQuotaInformation,
  FileReparsePointInformation,
  FileNetworkOpenInformation,
  FileAttributeTagInformation,
  FileTrackingInformation,
  FileIdBothDirectoryInformation,
  FileIdFullDirectoryInformation,
  FileValidDataLengthInformation,
  FileShortNameInformation,
  FileIoCompletionNotificationInformation,
  FileIoStatusBlockRangeInformation,
  FileIoPriorityHintInformation,
  FileNormalizedNameInformation,
  FileIsRemoteDeviceInformation,
  FileProcessIdsUsingFileInformation,
} = fileInformationClasses.value;

/** FS_INFORMATION_CLASS */
export const fsInformationClasses = valueTable({
  FileFsVolumeInformation: [1, "Label, serial number, creation time"],
  FileFsLabelInformation: [2, "Set the label"],
  FileFsSizeInformation: [3, "Size and free space"],
  FileFsDeviceInformation: [4, "Device type and characteristics"],
  FileFsAttributeInformation: [5, "Name and abilities of the file system"],
  FileFsControlInformation: [6, "Quotas and content indexing"],
  FileFsFullSizeInformation: [7, "Size and free space, with quotas"],
  FileFsObjectIdInformation: [8, "Object identifier of the volume"],
  FileFsDriverPathInformation: [9, "Is a driver in the path of this volume?"],
  FileFsVolumeFlagsInformation: [10, "Flags of the volume"],
  FileFsSectorSizeInformation: [11, "Sector sizes and alignment"],
});
export const {
  FileFsVolumeInformation,
  FileFsLabelInformation,
  FileFsSizeInformation,
  FileFsDeviceInformation,
  FileFsAttributeInformation,
  FileFsControlInformation,
  FileFsFullSizeInformation,
  FileFsObjectIdInformation,
  FileFsDriverPathInformation,
  FileFsVolumeFlagsInformation,
  FileFsSectorSizeInformation,
} = fsInformationClasses.value;

/** OBJECT_INFORMATION_CLASS of NtQueryObject */
export const objectInformationClasses = valueTable({
  ObjectBasicInformation: [0, "Counts, attributes, rights"],
  ObjectNameInformation: [1, "Full path"],
  ObjectTypeInformation: [2, "Its type"],
  ObjectTypesInformation: [3, "All types"],
  ObjectHandleFlagInformation: [4, "Inherit and protect-from-close"],
  ObjectSessionInformation: [5, "Move to a session (set)"],
  ObjectSessionObjectInformation: [6, "Move to a session object (set)"],
});
export const {
  ObjectBasicInformation,
  ObjectNameInformation,
  ObjectTypeInformation,
  ObjectTypesInformation,
  ObjectHandleFlagInformation,
  ObjectSessionInformation,
  ObjectSessionObjectInformation,
} = objectInformationClasses.value;

/** SYSTEM_INFORMATION_CLASS, as far as it is used here */
export const systemInformationClasses = valueTable({
  SystemBasicInformation: [0, "Pages and processors"],
  SystemPerformanceInformation: [2, "Counters"],
  SystemTimeOfDayInformation: [3, "Boot time and time zone"],
  SystemProcessInformation: [5, "Processes and threads"],
  SystemModuleInformation: [11, "Loaded kernel modules"],
  SystemHandleInformation: [16, "All handles, with 16-bit numbers"],
  SystemObjectInformation: [17, "All objects, when the type lists were kept"],
  SystemKernelDebuggerInformation: [35, "Is a kernel debugger there?"],
  SystemExtendedProcessInformation: [57, "Processes and threads, extended"],
  SystemExtendedHandleInformation: [64, "All handles"],
  SystemModuleInformationEx: [77, "Loaded kernel modules, extended"],
});
export const {
  SystemBasicInformation,
  SystemPerformanceInformation,
  SystemTimeOfDayInformation,
  SystemProcessInformation,
  SystemModuleInformation,
  SystemHandleInformation,
  SystemObjectInformation,
  SystemKernelDebuggerInformation,
  SystemExtendedProcessInformation,
  SystemExtendedHandleInformation,
  SystemModuleInformationEx,
} = systemInformationClasses.value;

/** EVENT_INFORMATION_CLASS */
export const eventInformationClasses = valueTable({
  EventBasicInformation: [0, "Type and state"],
});
export const { EventBasicInformation } = eventInformationClasses.value;

/** MUTANT_INFORMATION_CLASS */
export const mutantInformationClasses = valueTable({
  MutantBasicInformation: [0, "Count, owned, abandoned"],
  MutantOwnerInformation: [1, "Client id of the owner"],
});
export const { MutantBasicInformation, MutantOwnerInformation } = mutantInformationClasses.value;

/** SECTION_INFORMATION_CLASS */
export const sectionInformationClasses = valueTable({
  SectionBasicInformation: [0, "Base, attributes, size"],
  SectionImageInformation: [1, "What the image header says"],
  SectionRelocationInformation: [2, "By how much the image was moved"],
  SectionOriginalBaseInformation: [3, "The base it was linked for"],
  SectionInternalImageInformation: [4, "The image information with more flags"],
});
export const {
  SectionBasicInformation,
  SectionImageInformation,
  SectionRelocationInformation,
  SectionOriginalBaseInformation,
  SectionInternalImageInformation,
} = sectionInformationClasses.value;

/** KEY_INFORMATION_CLASS */
export const keyInformationClasses = valueTable({
  KeyBasicInformation: [0, "Last write and name"],
  KeyNodeInformation: [1, "The same with the class"],
  KeyFullInformation: [2, "Counts and greatest lengths"],
  KeyNameInformation: [3, "Full path"],
  KeyCachedInformation: [4, "Counts, from the cache"],
  KeyFlagsInformation: [5, "Flags"],
  KeyVirtualizationInformation: [6, "Virtualization"],
  KeyHandleTagsInformation: [7, "Tags of the handle"],
});
export const {
  KeyBasicInformation,
  KeyNodeInformation,
  KeyFullInformation,
  KeyNameInformation,
  KeyCachedInformation,
  KeyFlagsInformation,
  KeyVirtualizationInformation,
  KeyHandleTagsInformation,
} = keyInformationClasses.value;

/** JOBOBJECTINFOCLASS, as far as it is used here */
export const jobInformationClasses = valueTable({
  JobObjectBasicAccountingInformation: [1, "Times and process counts"],
  JobObjectBasicLimitInformation: [2, "Limits"],
  JobObjectBasicProcessIdList: [3, "Processes"],
  JobObjectExtendedLimitInformation: [9, "Limits, with memory"],
});
export const {
  JobObjectBasicAccountingInformation,
  JobObjectBasicLimitInformation,
  JobObjectBasicProcessIdList,
  JobObjectExtendedLimitInformation,
} = jobInformationClasses.value;
