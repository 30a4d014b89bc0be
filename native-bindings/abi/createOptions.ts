/**
 * What NtCreateFile takes: options, dispositions, sharing and file attributes, and how IO_STATUS_BLOCK.Information
 * answers (wdm.h; WDK "NtCreateFile"). IO_STACK_LOCATION Parameters.Create.Options holds the disposition in its top
 * byte and the options in the lower 24 bits.
 */
import { flagTable, valueTable } from "./flags";

export const createOptions = flagTable({
  FILE_DIRECTORY_FILE: [0x1, "The file must be a directory"],
  FILE_WRITE_THROUGH: [0x2, "Writes go to the medium before the call ends"],
  FILE_SEQUENTIAL_ONLY: [0x4, "Will be read from front to back"],
  FILE_NO_INTERMEDIATE_BUFFERING: [0x8, "No caching"],
  FILE_SYNCHRONOUS_IO_ALERT: [0x10, "Each call waits for its end; alerts interrupt it"],
  FILE_SYNCHRONOUS_IO_NONALERT: [0x20, "Each call waits for its end; alerts don't interrupt it"],
  FILE_NON_DIRECTORY_FILE: [0x40, "The file must not be a directory"],
  FILE_CREATE_TREE_CONNECTION: [0x80, "Connect to a share"],
  FILE_COMPLETE_IF_OPLOCKED: [0x100, "Don't wait for an oplock to break"],
  FILE_NO_EA_KNOWLEDGE: [0x200, "The caller can't handle extended attributes"],
  FILE_OPEN_REMOTE_INSTANCE: [0x400, "Open the remote instance of the file"],
  FILE_RANDOM_ACCESS: [0x800, "Will be read in no order"],
  FILE_DELETE_ON_CLOSE: [0x1000, "Delete with the last close"],
  FILE_OPEN_BY_FILE_ID: [0x2000, "The name is a file number"],
  FILE_OPEN_FOR_BACKUP_INTENT: [0x4000, "For backup: privileges count"],
  FILE_NO_COMPRESSION: [0x8000, "Don't compress"],
  FILE_OPEN_REQUIRING_OPLOCK: [0x10000, "Open only with an oplock"],
  FILE_DISALLOW_EXCLUSIVE: [0x20000, "A read-only open that doesn't hinder sharing"],
  FILE_RESERVE_OPFILTER: [0x100000, "Reserve an opportunistic filter"],
  FILE_OPEN_REPARSE_POINT: [0x200000, "Open the reparse point itself"],
  FILE_OPEN_NO_RECALL: [0x400000, "Don't fetch the file from remote storage"],
  FILE_OPEN_FOR_FREE_SPACE_QUERY: [0x800000, "Only free space will be asked for"],
});
export const {
  FILE_DIRECTORY_FILE,
  FILE_WRITE_THROUGH,
  FILE_SEQUENTIAL_ONLY,
  FILE_NO_INTERMEDIATE_BUFFERING,
  FILE_SYNCHRONOUS_IO_ALERT,
  FILE_SYNCHRONOUS_IO_NONALERT,
  FILE_NON_DIRECTORY_FILE,
  FILE_CREATE_TREE_CONNECTION,
  FILE_COMPLETE_IF_OPLOCKED,
  FILE_NO_EA_KNOWLEDGE,
  FILE_OPEN_REMOTE_INSTANCE,
  FILE_RANDOM_ACCESS,
  FILE_DELETE_ON_CLOSE,
  FILE_OPEN_BY_FILE_ID,
  FILE_OPEN_FOR_BACKUP_INTENT,
  FILE_NO_COMPRESSION,
  FILE_OPEN_REQUIRING_OPLOCK,
  FILE_DISALLOW_EXCLUSIVE,
  FILE_RESERVE_OPFILTER,
  FILE_OPEN_REPARSE_POINT,
  FILE_OPEN_NO_RECALL,
  FILE_OPEN_FOR_FREE_SPACE_QUERY,
} = createOptions.bit;

export const createDispositions = valueTable({
  FILE_SUPERSEDE: [0, "Replace the file, or create it"],
  FILE_OPEN: [1, "Open it; fail when it doesn't exist"],
  FILE_CREATE: [2, "Create it; fail when it exists"],
  FILE_OPEN_IF: [3, "Open it, or create it"],
  FILE_OVERWRITE: [4, "Open and empty it; fail when it doesn't exist"],
  FILE_OVERWRITE_IF: [5, "Open and empty it, or create it"],
});
export const { FILE_SUPERSEDE, FILE_OPEN, FILE_CREATE, FILE_OPEN_IF, FILE_OVERWRITE, FILE_OVERWRITE_IF } =
  createDispositions.value;

/** IO_STATUS_BLOCK.Information after a create. */
export const createResults = valueTable({
  FILE_SUPERSEDED: [0, "An existing file was replaced"],
  FILE_OPENED: [1, "It was opened"],
  FILE_CREATED: [2, "It was created"],
  FILE_OVERWRITTEN: [3, "It was opened and emptied"],
  FILE_EXISTS: [4, "It exists already"],
  FILE_DOES_NOT_EXIST: [5, "It doesn't exist"],
});
export const { FILE_SUPERSEDED, FILE_OPENED, FILE_CREATED, FILE_OVERWRITTEN, FILE_EXISTS, FILE_DOES_NOT_EXIST } =
  createResults.value;

export const shareAccess = flagTable({
  FILE_SHARE_READ: [0x1, "Others may read"],
  FILE_SHARE_WRITE: [0x2, "Others may write"],
  FILE_SHARE_DELETE: [0x4, "Others may delete or rename"],
});
export const { FILE_SHARE_READ, FILE_SHARE_WRITE, FILE_SHARE_DELETE } = shareAccess.bit;

export const fileAttributes = flagTable({
  FILE_ATTRIBUTE_READONLY: [0x1, "Can't be written"],
  FILE_ATTRIBUTE_HIDDEN: [0x2, "Left out of usual listings"],
  FILE_ATTRIBUTE_SYSTEM: [0x4, "Belongs to the system"],
  FILE_ATTRIBUTE_DIRECTORY: [0x10, "A directory"],
  FILE_ATTRIBUTE_ARCHIVE: [0x20, "Changed since the last backup"],
  FILE_ATTRIBUTE_DEVICE: [0x40, "A device"],
  FILE_ATTRIBUTE_NORMAL: [0x80, "No other attribute"],
  FILE_ATTRIBUTE_TEMPORARY: [0x100, "Temporary"],
  FILE_ATTRIBUTE_SPARSE_FILE: [0x200, "Sparse"],
  FILE_ATTRIBUTE_REPARSE_POINT: [0x400, "Carries a reparse point"],
  FILE_ATTRIBUTE_COMPRESSED: [0x800, "Compressed"],
  FILE_ATTRIBUTE_OFFLINE: [0x1000, "Its data is elsewhere"],
  FILE_ATTRIBUTE_NOT_CONTENT_INDEXED: [0x2000, "Not indexed"],
  FILE_ATTRIBUTE_ENCRYPTED: [0x4000, "Encrypted"],
});
export const {
  FILE_ATTRIBUTE_READONLY,
  FILE_ATTRIBUTE_HIDDEN,
  FILE_ATTRIBUTE_SYSTEM,
  FILE_ATTRIBUTE_DIRECTORY,
  FILE_ATTRIBUTE_ARCHIVE,
  FILE_ATTRIBUTE_DEVICE,
  FILE_ATTRIBUTE_NORMAL,
  FILE_ATTRIBUTE_TEMPORARY,
  FILE_ATTRIBUTE_SPARSE_FILE,
  FILE_ATTRIBUTE_REPARSE_POINT,
  FILE_ATTRIBUTE_COMPRESSED,
  FILE_ATTRIBUTE_OFFLINE,
  FILE_ATTRIBUTE_NOT_CONTENT_INDEXED,
  FILE_ATTRIBUTE_ENCRYPTED,
} = fileAttributes.bit;
