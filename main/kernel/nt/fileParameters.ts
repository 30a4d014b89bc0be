/** How NtCreateFile is to open a file (ntifs.h). */

export interface FileParameters {
  /** ACCESS_MASK, generic bits allowed. */
  readonly desiredAccess: number;
  /** FILE_SHARE_xxx; none when left out */
  readonly shareAccess?: number;
  /** FILE_OPEN when left out */
  readonly disposition?: number;
  /** FILE_xxx create options */
  readonly options?: number;
  readonly fileAttributes?: number;
  /** IO_ATTACH_DEVICE */
  readonly attaching?: boolean;
}
