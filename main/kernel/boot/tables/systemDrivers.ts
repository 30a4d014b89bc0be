/** In-box drivers of the system, its buses, input, display and sound. Format: see `driverTable.ts`. */
export const systemDrivers = `
PnpManager | ntoskrnl.exe | kernelMade | Plug and Play manager of the kernel
  \\Device\\00000001 CONTROLLER auto pnp absent
  \\Device\\00000002 CONTROLLER auto pnp absent
  \\Device\\00000003 CONTROLLER auto pnp absent
  \\Device\\00000004 CONTROLLER auto pnp absent
  \\Device\\00000005 CONTROLLER auto pnp absent
  \\Device\\00000006 CONTROLLER auto pnp absent
  \\Device\\00000007 CONTROLLER auto pnp absent
WMIxWDM | ntoskrnl.exe | kernelMade | Windows Management Instrumentation of the kernel
  \\Device\\WMIDataDevice UNKNOWN secure opens
  \\Device\\WMIAdminDevice UNKNOWN secure opens
ACPI_HAL | hal.dll | kernelMade | Hardware abstraction layer
  \\Device\\00000009 ACPI auto pnp absent
SoftwareDevice | ntoskrnl.exe | kernelMade | Software devices of the Plug and Play manager
  \\Device\\0000000a CONTROLLER auto pnp absent
  \\Device\\0000000b CONTROLLER auto pnp absent
  \\Device\\0000000c CONTROLLER auto pnp absent
  \\Device\\0000000d CONTROLLER auto pnp absent
  \\Device\\0000000e CONTROLLER auto pnp absent
DeviceApi | ntoskrnl.exe | kernelMade | Device API of the kernel
  \\Device\\DeviceApi\\CMApi UNKNOWN secure opens
  \\Device\\DeviceApi\\CMNotify UNKNOWN secure opens
  \\Device\\DeviceApi\\Dev\\Query UNKNOWN secure opens
Win32k | win32k.sys | kernelMade | Window manager of the kernel
Null | null.sys | system | Null
  \\Device\\Null NULL null
Beep | beep.sys | system | Beep
  \\Device\\Beep BEEP beep
ACPI | ACPI.sys | boot | Microsoft ACPI Driver
  - ACPI opens on \\Device\\00000009
  \\Device\\0000000f ACPI auto pnp absent
  \\Device\\00000010 ACPI auto pnp absent
  \\Device\\00000011 ACPI auto pnp absent
  \\Device\\00000012 ACPI auto pnp absent
  \\Device\\00000013 ACPI auto pnp absent
  \\Device\\00000014 ACPI auto pnp absent
  \\Device\\00000015 ACPI auto pnp absent
  \\Device\\00000016 ACPI auto pnp absent
  \\Device\\00000017 ACPI auto pnp absent
  \\Device\\00000018 ACPI auto pnp absent
  \\Device\\00000019 ACPI auto pnp absent
  \\Device\\0000001a ACPI auto pnp absent
  \\Device\\0000001b ACPI auto pnp absent
  \\Device\\0000001c ACPI auto pnp absent
  \\Device\\0000001d ACPI auto pnp absent
  \\Device\\0000001e ACPI auto pnp absent
acpipagr | acpipagr.sys | demand | ACPI Processor Aggregator Driver
acpitime | acpitime.sys | demand | ACPI Wake Alarm Driver
acpiex | acpiex.sys | boot | Microsoft ACPIEx Driver
intelppm | intelppm.sys | demand | Intel Processor Driver
  - UNKNOWN opens on \\Device\\00000010
  - UNKNOWN opens on \\Device\\00000011
intelpep | intelpep.sys | boot | Intel(R) Power Engine Plug-in Driver
pci | pci.sys | boot | PCI Bus Driver
  - BUS_EXTENDER opens on \\Device\\0000000f
  \\Device\\NTPNP_PCI0000 CONTROLLER pnp absent
  \\Device\\NTPNP_PCI0001 CONTROLLER pnp absent
  \\Device\\NTPNP_PCI0002 CONTROLLER pnp absent
  \\Device\\NTPNP_PCI0003 CONTROLLER pnp absent
  \\Device\\NTPNP_PCI0004 CONTROLLER pnp absent
  \\Device\\NTPNP_PCI0005 CONTROLLER pnp absent
  \\Device\\NTPNP_PCI0006 CONTROLLER pnp absent
  \\Device\\NTPNP_PCI0007 CONTROLLER pnp absent
  \\Device\\NTPNP_PCI0008 CONTROLLER pnp absent
  \\Device\\NTPNP_PCI0009 CONTROLLER pnp absent
  \\Device\\NTPNP_PCI0010 CONTROLLER pnp absent
  \\Device\\NTPNP_PCI0011 CONTROLLER pnp absent
  \\Device\\NTPNP_PCI0012 CONTROLLER pnp absent
  \\Device\\NTPNP_PCI0013 CONTROLLER pnp absent
msisadrv | msisadrv.sys | boot | ISA/EISA Class Driver
  - BUS_EXTENDER opens on \\Device\\NTPNP_PCI0001
isapnp | isapnp.sys | boot | PnP ISA Bus Driver
hwpolicy | hwpolicy.sys | boot | Hardware Policy Driver
CompositeBus | CompositeBus.sys | demand | Composite Bus Enumerator Driver
  - BUS_EXTENDER opens on \\Device\\00000001
  \\Device\\00000021 UNKNOWN auto pnp absent
  \\Device\\00000022 UNKNOWN auto pnp absent
umbus | umbus.sys | demand | UMBus Enumerator Driver
  - BUS_EXTENDER opens on \\Device\\00000002
  \\Device\\00000023 UNKNOWN auto pnp absent
swenum | swenum.sys | demand | Software Bus Driver
  - BUS_EXTENDER opens on \\Device\\00000003
  \\Device\\KSENUM#00000001 KS pnp absent
  \\Device\\KSENUM#00000002 KS pnp absent
NdisVirtualBus | NdisVirtualBus.sys | demand | Microsoft Virtual Network Adapter Enumerator
  - BUS_EXTENDER opens on \\Device\\00000004
  \\Device\\00000024 NETWORK auto pnp absent
rdpbus | rdpbus.sys | demand | Remote Desktop Device Redirector Bus Driver
  - BUS_EXTENDER opens on \\Device\\00000005
BasicDisplay | BasicDisplay.sys | system | BasicDisplay
  \\Device\\Video0 VIDEO opens
BasicRender | BasicRender.sys | system | BasicRender
  - VIDEO opens on \\Device\\00000006
DXGKrnl | dxgkrnl.sys | system | LDDM Graphics Subsystem
  \\Device\\DxgKrnl VIDEO secure opens
  \\Device\\Video1 VIDEO opens
  \\Device\\Video2 VIDEO opens
monitor | monitor.sys | demand | Microsoft Monitor Class Function Driver Service
  \\Device\\00000025 VIDEO auto pnp absent
mssmbios | mssmbios.sys | system | Microsoft System Management BIOS Driver
  - UNKNOWN opens on \\Device\\00000007
i8042prt | i8042prt.sys | demand | PS/2 Keyboard and Mouse Port Driver
  - 8042_PORT buffered opens on \\Device\\0000001b
  - 8042_PORT buffered opens on \\Device\\0000001c
kbdclass | kbdclass.sys | demand | Keyboard Class Driver
  \\Device\\KeyboardClass0 KEYBOARD buffered input on \\Device\\0000001b
  \\Device\\KeyboardClass1 KEYBOARD buffered input
mouclass | mouclass.sys | demand | Mouse Class Driver
  \\Device\\PointerClass0 MOUSE buffered input on \\Device\\0000001c
  \\Device\\PointerClass1 MOUSE buffered input
mouhid | mouhid.sys | demand | Mouse HID Driver
  - MOUSE buffered opens on \\Device\\0000002b
kbdhid | kbdhid.sys | demand | Keyboard HID Driver
HidUsb | hidusb.sys | demand | Microsoft HID Class Driver
  \\Device\\_HID00000000 UNKNOWN pnp opens
  \\Device\\0000002b UNKNOWN auto pnp absent
hidinterrupt | hidinterrupt.sys | demand | Common Driver for HID Buttons implemented with interrupts
serenum | serenum.sys | demand | Serenum Filter Driver
Serial | serial.sys | demand | Serial port driver
  \\Device\\Serial0 SERIAL_PORT buffered exclusive serial on \\Device\\0000001d
Parport | parport.sys | demand | Parallel port driver
  \\Device\\ParallelPort0 PARALLEL_PORT refuses on \\Device\\0000001e
  \\Device\\Parallel0 PARALLEL_PORT refuses
fdc | fdc.sys | demand | Floppy Disk Controller Driver
USBXHCI | USBXHCI.SYS | demand | USB xHCI Compliant Host Controller
  \\Device\\USBFDO-0 CONTROLLER opens on \\Device\\NTPNP_PCI0004
USBHUB3 | UsbHub3.sys | demand | SuperSpeed Hub
  \\Device\\USBPDO\\0 UNKNOWN pnp absent
  \\Device\\USBPDO-0 UNKNOWN pnp absent
  \\Device\\USBPDO-1 UNKNOWN pnp absent
  \\Device\\USBPDO-2 UNKNOWN pnp absent
Ucx01000 | ucx01000.sys | demand | USB Host Support Library
usbehci | usbehci.sys | demand | Microsoft USB 2.0 Enhanced Host Controller Miniport Driver
usbhub | usbhub.sys | demand | Microsoft USB Standard Hub Driver
usbccgp | usbccgp.sys | demand | Microsoft USB Generic Parent Driver
HDAudBus | HDAudBus.sys | demand | Microsoft UAA Bus Driver for High Definition Audio
  - BUS_EXTENDER opens on \\Device\\NTPNP_PCI0006
  \\Device\\00000026 SOUND auto pnp absent
HdAudAddService | HdAudio.sys | demand | Microsoft 1.1 UAA Function Driver for High Definition Audio Service
  \\Device\\00000027 KS auto pnp absent
  \\Device\\00000028 KS auto pnp absent
ksthunk | ksthunk.sys | demand | Kernel Streaming Thunks
  - KS opens on \\Device\\00000027
mskssrv | mskssrv.sys | demand | Microsoft Streaming Service Proxy
ConDrv | condrv.sys | system | Console Driver
  \\Device\\ConDrv NAMED_PIPE secure console
KSecDD | ksecdd.sys | boot | KSecDD
  \\Device\\KsecDD KSEC secure opens
KSecPkg | ksecpkg.sys | boot | KSecPkg
CNG | cng.sys | boot | CNG
  \\Device\\CNG KSEC secure opens
pcw | pcw.sys | boot | Performance Counters for Windows Driver
  \\Device\\PcwDrv UNKNOWN secure opens
CmBatt | CmBatt.sys | demand | Microsoft ACPI Control Method Battery Driver
  - BATTERY opens on \\Device\\00000018
Compbatt | compbatt.sys | boot | Compbatt
  \\Device\\CompositeBattery BATTERY secure opens
BattC | BATTC.SYS | demand | Battery class library
TPM | tpm.sys | demand | TPM
  \\Device\\TPM UNKNOWN secure exclusive opens on \\Device\\00000019
WindowsTrustedRT | WindowsTrustedRT.sys | boot | Windows Trusted Execution Environment Class Extension
  \\Device\\WindowsTrustedRT UNKNOWN secure opens
WindowsTrustedRTProxy | WindowsTrustedRTProxy.sys | boot | Microsoft Windows Trusted Runtime Secure Service
WmiAcpi | wmiacpi.sys | demand | Microsoft Windows Management Interface for ACPI
WdBoot | WdBoot.sys | boot | Microsoft Defender Antivirus Boot Driver
WdNisDrv | WdNisDrv.sys | demand | Microsoft Defender Antivirus Network Inspection System Driver
  \\Device\\WdNisDrv NETWORK secure opens
Wdf01000 | Wdf01000.sys | boot | Kernel Mode Driver Frameworks service
  \\Device\\KMDF0 UNKNOWN secure opens
WUDFRd | WUDFRd.sys | demand | Windows Driver Foundation - User-mode Driver Framework Reflector
  \\Device\\WUDFLpcDevice UNKNOWN secure opens
  \\Device\\UMDFCtrlDev-10a0bdb4-8a53-11ee-9d3d-806e6f6e6963 UNKNOWN secure opens
WudfPf | WudfPf.sys | demand | User Mode Driver Frameworks Platform Driver
ahcache | ahcache.sys | system | Application Compatibility Cache
  \\Device\\ahcache UNKNOWN secure opens
afunix | afunix.sys | system | afunix
bam | bam.sys | system | Background Activity Moderator Driver
  \\Device\\bam UNKNOWN secure opens
dam | dam.sys | system | Desktop Activity Moderator Driver
  \\Device\\dam UNKNOWN secure opens
CEA | CEA.sys | boot | Event Aggregation Kernel Mode Library
  \\Device\\CEA UNKNOWN secure opens
GpuEnergyDrv | gpuenergydrv.sys | system | GPU Energy Driver
  \\Device\\GPUEnergyDrv UNKNOWN secure opens
Vid | Vid.sys | system | Virtualization infrastructure driver
  \\Device\\VidExo UNKNOWN secure opens
hvservice | hvservice.sys | demand | Hypervisor/Virtual Machine Support Driver
vmbus | vmbus.sys | boot | Virtual Machine Bus
  \\Device\\VmBus\\Control UNKNOWN secure opens
SgrmAgent | SgrmAgent.sys | boot | System Guard Runtime Monitor Agent
  \\Device\\SgrmAgent UNKNOWN secure opens
PEAUTH | peauth.sys | auto | PEAUTH
  \\Device\\PEAuth UNKNOWN secure opens
MMCSS | mmcss.sys | auto | Multimedia Class Scheduler
  \\Device\\MMCSS\\MmThread UNKNOWN secure opens
applockerfltr | applockerfltr.sys | demand | Smartlocker Filter Driver
  \\Device\\AppLocker UNKNOWN secure opens
AppID | appid.sys | demand | AppID Driver
  \\Device\\AppID UNKNOWN secure opens
RasAcd | rasacd.sys | demand | Remote Access Auto Connection Driver
  \\Device\\RasAcd NETWORK secure opens
UcmCx0101 | UcmCx.sys | demand | USB Connector Manager KMDF Class Extension
UdeCx | udecx.sys | demand | USB Device Emulation Support Library
lltdio | lltdio.sys | auto | Link-Layer Topology Discovery Mapper I/O Driver
  \\Device\\lltdio NETWORK secure opens
registry | registry.sys | boot | Containers/Server Silos Registry Filter
  \\Device\\VRegDriver UNKNOWN secure opens
mssecflt | mssecflt.sys | boot | Microsoft Security Events Component file system filter driver
`;
