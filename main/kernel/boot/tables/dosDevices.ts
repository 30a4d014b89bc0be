/**
 * \GLOBAL?? of the same machine: MS-DOS device names and device interfaces as links to the devices. One link a line: name,
 * target. Interface links are made from the device instance and the interface classes it registers.
 */

export const dosDevices = `
AgileVPN                        \\Device\\AgileVPN
AppID                           \\Device\\AppID
AUX                             \\DosDevices\\COM1
BitLocker                       \\Device\\BitLocker
C:                              \\Device\\HarddiskVolume3
CdRom0                          \\Device\\CdRom0
COM1                            \\Device\\Serial0
CompositeBattery                \\Device\\CompositeBattery
CON                             \\Device\\ConDrv\\Console
CONIN$                          \\Device\\ConDrv\\CurrentIn
CONOUT$                         \\Device\\ConDrv\\CurrentOut
D:                              \\Device\\CdRom0
DISPLAY1                        \\Device\\Video0
DISPLAY2                        \\Device\\Video1
DISPLAY3                        \\Device\\Video2
DxgKrnl                         \\Device\\DxgKrnl
FltMgr                          \\FileSystem\\Filters\\FltMgr
FltMgrMsg                       \\FileSystem\\Filters\\FltMgrMsg
Global                          \\GLOBAL??
GLOBALROOT
GPUEnergyDrv                    \\Device\\GPUEnergyDrv
Harddisk0Partition1             \\Device\\HarddiskVolume1
Harddisk0Partition2             \\Device\\HarddiskVolume2
Harddisk0Partition3             \\Device\\HarddiskVolume3
Harddisk0Partition4             \\Device\\HarddiskVolume4
HarddiskVolume1                 \\Device\\HarddiskVolume1
HarddiskVolume2                 \\Device\\HarddiskVolume2
HarddiskVolume3                 \\Device\\HarddiskVolume3
HarddiskVolume4                 \\Device\\HarddiskVolume4
HCD0                            \\Device\\USBFDO-0
Ip                              \\Device\\Ip
IPMULTICAST                     \\Device\\IPMULTICAST
KsecDD                          \\Device\\KsecDD
LCD                             \\Device\\Video0
LPT1                            \\Device\\Parallel0
LUAFV                           \\Device\\LuafvDevice
lltdio                          \\Device\\lltdio
MAILSLOT                        \\Device\\MailSlot
MMCSS                           \\Device\\MMCSS\\MmThread
MountPointManager               \\Device\\MountPointManager
MPS                             \\Device\\MPS
NativeWiFiP                     \\Device\\NativeWifiP
NDIS                            \\Device\\Ndis
NdisTapi                        \\Device\\NdisTapi
Ndisuio                         \\Device\\Ndisuio
NdisWan                         \\Device\\NdisWan
NDMP1                           \\Device\\NDMP1
NDMP2                           \\Device\\NDMP2
NDMP3                           \\Device\\NDMP3
NDMP4                           \\Device\\NDMP4
NDPROXY                         \\Device\\NDProxy
Ndu                             \\Device\\Ndu
NetBt_Wins_Export               \\Device\\NetBt_Wins_Export
Nsi                             \\Device\\Nsi
NUL                             \\Device\\Null
PartmgrControl                  \\Device\\PartmgrControl
PcwDrv                          \\Device\\PcwDrv
PEAuth                          \\Device\\PEAuth
PhysicalDrive0                  \\Device\\Harddisk0\\DR0
PIPE                            \\Device\\NamedPipe
PRN                             \\DosDevices\\LPT1
Psched                          \\Device\\Psched
QWAVE                           \\Device\\QWAVE
RasAcd                          \\Device\\RasAcd
RasSstp                         \\Device\\RasSstp
RdyBoost                        \\Device\\RdyBoost
rspndr                          \\Device\\rspndr
Scsi0:                          \\Device\\RaidPort0
SgrmAgent                       \\Device\\SgrmAgent
Spaceport                       \\Device\\Spaceport
Tcp                             \\Device\\Tcp
Tdx                             \\Device\\Tdx
TPM                             \\Device\\TPM
UNC                             \\Device\\Mup
UMDFCtrlDev-10a0bdb4-8a53-11ee-9d3d-806e6f6e6963 \\Device\\UMDFCtrlDev-10a0bdb4-8a53-11ee-9d3d-806e6f6e6963
VDRVROOT                        \\Device\\VDRVROOT
VidExo                          \\Device\\VidExo
VolMgrControl                   \\Device\\VolMgrControl
VolMgrX                         \\Device\\VolMgrX
Volume{3d9a6f8e-2a54-4b4e-9a51-0f2a6b1c7d01} \\Device\\HarddiskVolume1
Volume{3d9a6f8e-2a54-4b4e-9a51-0f2a6b1c7d03} \\Device\\HarddiskVolume3
Volume{3d9a6f8e-2a54-4b4e-9a51-0f2a6b1c7d04} \\Device\\HarddiskVolume4
Volume{10a0bdc2-8a53-11ee-9d3d-806e6f6e6963} \\Device\\CdRom0
VRegDriver                      \\Device\\VRegDriver
WANARP                          \\Device\\WANARP
WANARPV6                        \\Device\\WANARPV6
WdFilter                        \\Device\\WdFilter
WdNisDrv                        \\Device\\WdNisDrv
WFP                             \\Device\\WFP
WfpAle                          \\Device\\WfpAle
WindowsTrustedRT                \\Device\\WindowsTrustedRT
WinNat                          \\Device\\WinNat
WMIAdminDevice                  \\Device\\WMIAdminDevice
WMIDataDevice                   \\Device\\WMIDataDevice
WofDevice                       \\Device\\WofDevice
WUDFLpcDevice                   \\Device\\WUDFLpcDevice
{1A7E7A43-0C7D-4D4A-93B1-AE5B3BDAB1D7} \\Device\\{1A7E7A43-0C7D-4D4A-93B1-AE5B3BDAB1D7}
{0B2C0C5D-6C0B-4B2E-9A3E-1E3B1C5D7F01} \\Device\\{0B2C0C5D-6C0B-4B2E-9A3E-1E3B1C5D7F01}
`;

/** Device instance (with `#` for `\`), target, interface class GUIDs. */
export const deviceInterfaces = `
ACPI#PNP0303#4&1bd7f811&0 \\Device\\0000001b {884b96c3-56ef-11d1-bc8c-00a0c91405dd} {4afa3d53-74a7-11d0-be5e-00a0c9062857}
ACPI#PNP0F13#4&1bd7f811&0 \\Device\\0000001c {378de44c-56ef-11d1-bc8c-00a0c91405dd}
ACPI#PNP0501#1 \\Device\\0000001d {86e0d1e0-8089-11d0-9ce4-08003e301f73}
ACPI#PNP0400#1 \\Device\\0000001e {811fc6a5-f728-11d0-a537-0000f8753ed1}
ACPI#GenuineIntel_-_Intel64_Family_6_Model_142#_1 \\Device\\00000010 {97fadb10-4e33-40ae-359c-8bef029dbdd0}
ACPI#GenuineIntel_-_Intel64_Family_6_Model_142#_2 \\Device\\00000011 {97fadb10-4e33-40ae-359c-8bef029dbdd0}
ACPI#FixedButton#2&daba3ff&0 \\Device\\00000012 {4afa3d53-74a7-11d0-be5e-00a0c9062857}
ACPI#PNP0C0C#2&daba3ff&0 \\Device\\00000013 {4afa3d53-74a7-11d0-be5e-00a0c9062857}
ACPI#PNP0C0E#2&daba3ff&0 \\Device\\00000014 {4afa3d53-74a7-11d0-be5e-00a0c9062857}
ACPI#PNP0C14#0 \\Device\\00000015 {0c90ebd6-5ae1-4d29-9f1a-ae1c8a8f8c9c}
ACPI#PNP0C0A#0 \\Device\\00000018 {72631e54-78a4-11d0-bcf7-00aa00b7b32a}
ACPI#ACPI0003#0 \\Device\\00000017 {72631e54-78a4-11d0-bcf7-00aa00b7b32a}
ACPI#MSFT0101#1 \\Device\\00000019 {c0ab1b42-5c2f-4d2a-8f0a-6ad2bb9ec12c}
HID#VID_0E0F&PID_0003&MI_00#8&2f7e6a27&0&0000 \\Device\\0000002b {378de44c-56ef-11d1-bc8c-00a0c91405dd} {4d1e55b2-f16f-11cf-88cb-001111000030}
HID#VID_0E0F&PID_0003&MI_01#8&a4d1f43&0&0000 \\Device\\_HID00000000 {4d1e55b2-f16f-11cf-88cb-001111000030}
HDAUDIO#FUNC_01&VEN_15AD&DEV_1975&SUBSYS_15AD1975&REV_1001#5&2c6e6a0f&0&0001 \\Device\\00000027 {2eb07ea0-7e70-11d0-a5d6-28db04c10000} {65e8773d-8f56-11d0-a3b9-00a0c9223196} {65e8773e-8f56-11d0-a3b9-00a0c9223196} {6994ad04-93ef-11d0-a3cc-00a0c9223196} {dda54a40-1e4c-11d1-a050-405705c10000}
IDE#CdRomNECVMWar_VMware_SATA_CD01#5&2f4f5a1c&0&1.0.0 \\Device\\00000020 {53f56308-b6bf-11d0-94f2-00a0c91efb8b} {1186654d-47b8-48b9-beb9-7df113ae3c67}
SCSI#Disk&Ven_VMware_&Prod_VMware_Virtual_S#5&1ec51bf7&0&000000 \\Device\\0000001f {53f56307-b6bf-11d0-94f2-00a0c91efb8b} {2accfe60-c130-11d2-b082-00a0c91efb8b}
STORAGE#Volume#{10a0bdb1-8a53-11ee-9d3d-806e6f6e6963}#0000000000100000 \\Device\\HarddiskVolume1 {53f5630d-b6bf-11d0-94f2-00a0c91efb8b} {7f108a28-9833-4b3b-b780-2c6b5fa5c062}
STORAGE#Volume#{10a0bdb1-8a53-11ee-9d3d-806e6f6e6963}#0000000007500000 \\Device\\HarddiskVolume3 {53f5630d-b6bf-11d0-94f2-00a0c91efb8b} {7f108a28-9833-4b3b-b780-2c6b5fa5c062}
STORAGE#Volume#{10a0bdb1-8a53-11ee-9d3d-806e6f6e6963}#0000000EDF900000 \\Device\\HarddiskVolume4 {53f5630d-b6bf-11d0-94f2-00a0c91efb8b} {7f108a28-9833-4b3b-b780-2c6b5fa5c062}
PCI#VEN_15AD&DEV_0405&SUBSYS_040515AD&REV_00#3&61aaa01&0&78 \\Device\\NTPNP_PCI0002 {1ca05180-a699-450a-9a0c-de4fbe3ddd89} {5b45201d-f2f2-4f3b-85bb-30ff1f953599} {ac51d5e1-0c14-4b6e-8f0e-6d3a1a1a9a77}
PCI#VEN_15AD&DEV_0740&SUBSYS_074015AD&REV_10#3&61aaa01&0&3F \\Device\\NTPNP_PCI0003 {d5e6b5f1-2a6c-4c1f-bb0a-7a2a6b5a0c31}
PCI#VEN_15AD&DEV_0779&SUBSYS_077915AD&REV_00#4&3ad87e0a&0&00A8 \\Device\\NTPNP_PCI0004 {3abf6f2d-71c4-462a-8a92-1e6861e6af27}
PCI#VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00#000C29FFFF5A3B1200 \\Device\\NTPNP_PCI0005 {ad498944-762f-11d0-8dca-00c04fc3358c} {cac88484-7515-4c03-82e6-71a87abac361}
PCI#VEN_15AD&DEV_1977&SUBSYS_197715AD&REV_09#4&3ad87e0a&0&0088 \\Device\\NTPNP_PCI0006 {a3c2f6a8-8d1c-4a9e-9d8a-5f1b7c2e4d60}
PCI#VEN_15AD&DEV_07E0&SUBSYS_07E015AD&REV_00#4&3ad87e0a&0&0098 \\Device\\NTPNP_PCI0007 {2accfe60-c130-11d2-b082-00a0c91efb8b}
PCI#VEN_8086&DEV_7110&SUBSYS_197615AD&REV_08#3&61aaa01&0&38 \\Device\\NTPNP_PCI0001 {3c0d501a-140b-11d1-b40f-00a0c9223196}
ROOT#BASICRENDER#0000 \\Device\\00000006 {5b45201d-f2f2-4f3b-85bb-30ff1f953599} {1ca05180-a699-450a-9a0c-de4fbe3ddd89}
ROOT#COMPOSITEBUS#0000 \\Device\\00000001 {cf7f6b5a-1d0a-4f8e-8b5c-2e6a9d3c1f70}
ROOT#UMBUS#0000 \\Device\\00000002 {65a9a6cf-64cd-480b-843e-32c86e1ba19f}
ROOT#SYSTEM#0000 \\Device\\00000003 {cf1dda2c-9743-11d0-a3ee-00a0c9223196} {cf1dda2d-9743-11d0-a3ee-00a0c9223196}
ROOT#NDISVIRTUALBUS#0000 \\Device\\00000004 {4c0d3b1a-7f5e-4a8c-9b2d-6e1f0a8c5d37}
ROOT#RDPBUS#0000 \\Device\\00000005 {6e0f8a3b-5c2d-4e9f-8a1b-7d3c0f5e6b24}
ROOT#mssmbios#0000 \\Device\\00000007 {2b7d1f9e-0c6a-4d3b-a8e5-9f4c1b7e2d60}
ROOT#vdrvroot#0000 \\Device\\00000008 {2e34d650-5819-42ca-84ae-d30803bae505}
ROOT#spaceport#0000 \\Device\\Spaceport {ef66a56f-88d1-4cd8-98c4-49faf57ad8af}
ROOT#volmgr#0000 \\Device\\VolMgrControl {53f5630e-b6bf-11d0-94f2-00a0c91efb8b}
ROOT#KDNIC#0000 \\Device\\00000024 {ad498944-762f-11d0-8dca-00c04fc3358c} {cac88484-7515-4c03-82e6-71a87abac361}
SW#{96E080C7-143C-11D1-B40F-00A0C9223196}#{3C0D501A-140B-11D1-B40F-00A0C9223196} \\Device\\KSENUM#00000001 {3c0d501a-140b-11d1-b40f-00a0c9223196} {4747b320-62ce-11cf-a5d6-28db04c10000}
SW#{EEC12DB6-AD9C-4168-8658-B03DAEF417FE}#{ABD61E00-9350-47E2-A632-4438B90C6641} \\Device\\KSENUM#00000002 {ffbb6e3f-ccfe-4d84-90d9-421418b03a8e} {9ea331fa-b91b-45f8-9285-bd2bc77afcde}
SWD#MMDEVAPI#MicrosoftGSWavetableSynth \\Device\\0000000a {6dc23320-ab33-4ce4-80d4-bbb3ebbf2814}
SWD#MMDEVAPI#{0.0.0.00000000}.{5c1a9b7e-2d3f-4a6b-8c0d-9e1f7a5b3c42} \\Device\\0000000b {e6327cad-dcec-4949-ae8a-991e976a79d2}
SWD#MMDEVAPI#{0.0.1.00000000}.{8e3d5f1a-7b2c-4d9e-a0f6-1c4b8a7e5d93} \\Device\\0000000c {2eef81be-33fa-4800-9670-1cd474972c3f}
SWD#PRINTENUM#PrintQueues \\Device\\0000000d {0ecef634-6ef0-472a-8085-5ad023ecbccd}
SWD#RADIO#{3DB5895D-CC28-44B3-AD3D-6F01A782B8D2} \\Device\\0000000e {a8804298-2d5f-42e3-9531-9c8c39eb29ce}
USB#ROOT_HUB30#5&2a1f3ebd&0&0 \\Device\\USBPDO-0 {f18a0e88-c30c-11d0-8815-00a0c906bed8}
USB#VID_0E0F&PID_0003#6&19a7a2dc&0&1 \\Device\\USBPDO-1 {a5dcbf10-6530-11d2-901f-00c04fb951ed}
USB#VID_0E0F&PID_0002#6&19a7a2dc&0&2 \\Device\\USBPDO-2 {f18a0e88-c30c-11d0-8815-00a0c906bed8}
DISPLAY#Default_Monitor#4&3ad87e0a&0&UID0 \\Device\\00000025 {e6f07b5f-ee97-4a90-b076-33f57bf4eaa7} {866519b5-3f07-4c97-b7df-24c5d8a8ccb8}
UMB#UMB#1&841921d&0&TERMINPUT_BUS \\Device\\00000023 {65a9a6cf-64cd-480b-843e-32c86e1ba19f}
`;
