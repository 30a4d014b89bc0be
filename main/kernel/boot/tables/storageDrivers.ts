/**
 * In-box drivers of Windows 10 22H2 on a virtual machine with one AHCI disk (EFI, MSR, Windows, Recovery) and one DVD drive.
 * The format is told in `driverTable.ts`: a line at the margin is a driver (name, image, start, title), an indented one a
 * device of the driver above it (name or `-`, type, flags, `on` the device it is attached above).
 */
export const storageDrivers = `
storahci | storahci.sys | boot | Microsoft Standard SATA AHCI Driver
  \\Device\\RaidPort0 CONTROLLER opens
  \\Device\\0000001f MASS_STORAGE auto pnp absent
  \\Device\\00000020 CD_ROM auto pnp absent removable
disk | disk.sys | boot | Disk Driver
  \\Device\\Harddisk0\\DR0 DISK direct secure disk on \\Device\\0000001f
partmgr | partmgr.sys | boot | Partition driver
  \\Device\\PartmgrControl DISK opens secure
  - DISK direct disk on \\Device\\Harddisk0\\DR0
  \\Device\\0000002c DISK auto pnp direct disk
  \\Device\\0000002d DISK auto pnp direct disk
  \\Device\\0000002e DISK auto pnp direct disk
  \\Device\\0000002f DISK auto pnp direct disk
cdrom | cdrom.sys | system | CD-ROM Driver
  \\Device\\CdRom0 CD_ROM direct secure removable noMedia on \\Device\\00000020
volmgr | volmgr.sys | boot | Volume Manager Driver
  \\Device\\VolMgrControl UNKNOWN secure opens
  \\Device\\HarddiskVolume1 DISK direct secure disk mounted
  \\Device\\HarddiskVolume2 DISK direct secure disk
  \\Device\\HarddiskVolume3 DISK direct secure disk mounted
  \\Device\\HarddiskVolume4 DISK direct secure disk mounted
volmgrx | volmgrx.sys | boot | Dynamic Volume Manager
  \\Device\\VolMgrX UNKNOWN secure opens
volume | volume.sys | boot | Volume driver
  - DISK direct disk on \\Device\\HarddiskVolume1
  - DISK direct disk on \\Device\\HarddiskVolume2
  - DISK direct disk on \\Device\\HarddiskVolume3
  - DISK direct disk on \\Device\\HarddiskVolume4
iorate | iorate.sys | boot | Disk I/O Rate Filter Driver
  - DISK direct disk on \\Device\\HarddiskVolume3
rdyboost | rdyboost.sys | boot | ReadyBoost
  \\Device\\RdyBoost DISK secure opens
  - DISK direct disk on \\Device\\HarddiskVolume3
fvevol | fvevol.sys | boot | BitLocker Drive Encryption Filter Driver
  \\Device\\BitLocker UNKNOWN secure opens
  - DISK direct disk on \\Device\\HarddiskVolume3
volsnap | volsnap.sys | boot | Volume Shadow Copy driver
  \\Device\\VolumesSafeForWriteAccess UNKNOWN secure opens
  - DISK direct disk on \\Device\\HarddiskVolume3
mountmgr | mountmgr.sys | boot | Mount Point Manager
  \\Device\\MountPointManager UNKNOWN secure opens
spaceport | spaceport.sys | boot | Storage Spaces Driver
  \\Device\\Spaceport CONTROLLER secure opens
storqosflt | storqosflt.sys | boot | Storage QoS Filter Driver
storvsp | storvsp.sys | demand | Storage Virtualization Service Provider
EhStorClass | EhStorClass.sys | boot | Enhanced Storage Filter Driver
atapi | atapi.sys | boot | IDE Channel
  \\Device\\Ide\\IdePort0 CONTROLLER opens
  \\Device\\Ide\\IdePort1 CONTROLLER opens
pciide | pciide.sys | boot | PCI IDE driver
  \\Device\\Ide\\PciIde0 CONTROLLER opens
vdrvroot | vdrvroot.sys | boot | Microsoft Virtual Drive Enumerator
  \\Device\\VDRVROOT CONTROLLER secure opens
  \\Device\\00000008 BUS_EXTENDER auto pnp absent
Ntfs | Ntfs.sys | filesys | NTFS
  \\Ntfs DISK_FILE_SYSTEM fileSystem
fastfat | fastfat.sys | filesys | FAT12/16/32 File System Driver
  \\Fat DISK_FILE_SYSTEM fileSystem
  \\FatCdrom CD_ROM_FILE_SYSTEM fileSystem
exfat | exfat.sys | filesys | exFAT File System Driver
cdfs | cdfs.sys | filesys | CD/DVD File System Reader
  \\Cdfs CD_ROM_FILE_SYSTEM fileSystem
udfs | udfs.sys | filesys | UDF File System Driver
ReFS | refs.sys | filesys | ReFS
  \\Refs DISK_FILE_SYSTEM fileSystem
FltMgr | fltmgr.sys | filesys | FltMgr
  \\FileSystem\\Filters\\FltMgr FILE_SYSTEM secure opens
  \\FileSystem\\Filters\\FltMgrMsg FILE_SYSTEM secure opens
FileInfo | fileinfo.sys | filesys | File Information FS MiniFilter
  \\Device\\FileInfo FILE_SYSTEM secure opens
FileCrypt | filecrypt.sys | filesys | FileCrypt
Wof | wof.sys | filesys | Windows Overlay File System Filter Driver
  \\Device\\WofDevice FILE_SYSTEM secure opens
WdFilter | WdFilter.sys | filesys | Microsoft Defender Antivirus Mini-Filter Driver
  \\Device\\WdFilter UNKNOWN secure opens
luafv | luafv.sys | filesys | UAC File Virtualization
  \\Device\\LuafvDevice UNKNOWN secure opens
wcifs | wcifs.sys | filesys | Windows Container Isolation
CldFlt | cldflt.sys | filesys | Windows Cloud Files Filter Driver
bindflt | bindflt.sys | filesys | Windows Bind Filter Driver
Npfs | Npfs.sys | filesys | Named Pipe Service Triggers
  \\Device\\NamedPipe NAMED_PIPE secure refuses
Msfs | Msfs.sys | filesys | Mailslot File System
  \\Device\\Mailslot MAILSLOT secure refuses
Mup | mup.sys | filesys | Multiple UNC Provider
  \\Device\\Mup MULTI_UNC_PROVIDER refuses
  \\Device\\DfsClient FILE_SYSTEM refuses
rdbss | rdbss.sys | filesys | Redirected Buffering Sub System
mrxsmb | mrxsmb.sys | filesys | SMB MiniRedirector Wrapper and Engine
  \\Device\\LanmanRedirector NETWORK_FILE_SYSTEM refuses
mrxsmb20 | mrxsmb20.sys | filesys | SMB 2.0 MiniRedirector
bowser | bowser.sys | filesys | Browser
  \\Device\\LanmanDatagramReceiver NETWORK_BROWSER refuses
srv2 | srv2.sys | filesys | Server SMB 2.xxx Driver
  \\Device\\Srv2 NETWORK secure opens
srvnet | srvnet.sys | filesys | srvnet
  \\Device\\SrvAdmin NETWORK secure opens
  \\Device\\SrvNet NETWORK secure opens
Dfsc | dfsc.sys | filesys | DFS Namespace Client Driver
  \\Device\\DfsClientControl FILE_SYSTEM secure opens
RAW | ntoskrnl.exe | kernelMade filesys | Raw File System of the I/O manager
  \\Device\\RawDisk DISK_FILE_SYSTEM fileSystem
  \\Device\\RawCdRom CD_ROM_FILE_SYSTEM fileSystem
  \\Device\\RawTape TAPE_FILE_SYSTEM fileSystem
Fs_Rec | fs_rec.sys | filesys | File System Recognizer
  \\FileSystem\\CdfsRecognizer CD_ROM_FILE_SYSTEM fileSystem
  \\FileSystem\\ExFatRecognizer DISK_FILE_SYSTEM fileSystem
  \\FileSystem\\FatDiskRecognizer DISK_FILE_SYSTEM fileSystem
  \\FileSystem\\FatCdRomRecognizer CD_ROM_FILE_SYSTEM fileSystem
  \\FileSystem\\UdfsCdRomRecognizer CD_ROM_FILE_SYSTEM fileSystem
  \\FileSystem\\UdfsDiskRecognizer DISK_FILE_SYSTEM fileSystem
CLFS | clfs.sys | boot | Common Log (CLFS)
  \\Device\\clfs FILE_SYSTEM secure opens
`;
