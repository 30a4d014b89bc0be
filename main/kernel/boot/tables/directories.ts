/**
 * The directories and the kernel's own objects of a freshly booted Windows 10 22H2 (19045), as WinObj shows them.
 * One object a line: path, type, what the type needs (see `bootLine.ts`). Names and targets are those of a plain
 * installation on a virtual machine with one disk; everything here is created through the object manager.
 */

/** Made first, parents before children. */
export const directories = `
\\ArcName                                        Directory
\\BaseNamedObjects                               Directory
\\Callback                                       Directory
\\Device                                         Directory
\\Driver                                         Directory
\\DriverStore                                    Directory
\\DriverStores                                   Directory
\\FileSystem                                     Directory
\\FileSystem\\Filters                            Directory
\\GLOBAL??                                       Directory
\\KernelObjects                                  Directory
\\KnownDlls                                      Directory
\\KnownDlls32                                    Directory
\\NLS                                            Directory
\\ObjectTypes                                    Directory
\\RPC Control                                    Directory
\\Security                                       Directory
\\Sessions                                       Directory
\\Silos                                          Directory
\\UMDFCommunicationPorts                         Directory
\\UMDFCommunicationPorts\\ProcessManagement      Directory
\\UMDFCommunicationPorts\\WUDF                   Directory
\\Windows                                        Directory
\\Windows\\WindowStations                        Directory
\\BaseNamedObjects\\Restricted                   Directory
\\BaseNamedObjects\\CoreMessaging                Directory
\\Device\\DeviceApi                              Directory
\\Device\\DeviceApi\\Dev                         Directory
\\Device\\Harddisk0                              Directory
\\Device\\MMCSS                                  Directory
\\Device\\VmBus                                  Directory
\\Device\\Http                                   Directory
\\Device\\Ide                                    Directory
\\Device\\USBPDO                                 Directory
\\Device\\BootDevice                             SymbolicLink  \\Device\\HarddiskVolume3
\\Device\\SystemPartition                        SymbolicLink  \\Device\\HarddiskVolume1
\\Sessions\\0                                    Directory
\\Sessions\\0\\DosDevices                        Directory
\\Sessions\\0\\DosDevices\\00000000-000003e4      Directory
\\Sessions\\0\\DosDevices\\00000000-000003e5      Directory
\\Sessions\\0\\DosDevices\\00000000-000003e7      Directory
\\Sessions\\0\\DosDevices\\00000000-00012d4f      Directory
\\Sessions\\0\\DosDevices\\00000000-00021a66      Directory
\\Sessions\\0\\AppContainerNamedObjects          Directory
\\Sessions\\1                                    Directory
\\Sessions\\1\\AppContainerNamedObjects          Directory
\\Sessions\\1\\BaseNamedObjects                  Directory
\\Sessions\\1\\BaseNamedObjects\\Restricted      Directory
\\Sessions\\1\\BaseNamedObjects\\CoreMessagingRegistrar Directory
\\Sessions\\1\\DosDevices                        Directory
\\Sessions\\1\\Windows                           Directory
\\Sessions\\1\\Windows\\WindowStations           Directory
\\Sessions\\BNOLINKS                             Directory
`;

export const rootObjects = `
\\DosDevices                                     SymbolicLink  \\??
\\SystemRoot                                     SymbolicLink  \\Device\\BootDevice\\Windows
\\CsrSbSyncEvent                                 Event  notification signalled
\\Dfs                                            SymbolicLink  \\Device\\DfsClient
\\clfs                                           SymbolicLink  \\Device\\clfs
\\EFSInitEvent                                   Event  notification
\\LanmanServerAnnounceEvent                      Event  notification
\\LsaAuthenticationPort                          ALPC  port
\\NETLOGON_SERVICE_STARTED                       Event  notification
\\PendingRenameMutex                             Mutant
\\PowerMonitorPort                               ALPC  port
\\PowerPort                                      ALPC  port
\\SAM_SERVICE_STARTED                            Event  notification signalled
\\SeLsaCommandPort                               ALPC  port
\\SeLsaInitEvent                                 Event  notification signalled
\\SeRmCommandPort                                ALPC  port
\\SmApiPort                                      ALPC  port
\\SmSsWinStationApiPort                          ALPC  port
\\ThemeApiPort                                   ALPC  port
\\UniqueInteractiveSessionIdEvent                Event  notification signalled
\\UniqueSessionIdEvent                           Event  notification signalled
\\WindowsErrorReportingServicePort               ALPC  port
\\AvdPort                                        ALPC  port
\\ArcName\\multi(0)disk(0)rdisk(0)               SymbolicLink  \\Device\\Harddisk0\\Partition0
\\ArcName\\multi(0)disk(0)rdisk(0)partition(1)   SymbolicLink  \\Device\\Harddisk0\\Partition1
\\ArcName\\multi(0)disk(0)rdisk(0)partition(2)   SymbolicLink  \\Device\\Harddisk0\\Partition2
\\ArcName\\multi(0)disk(0)rdisk(0)partition(3)   SymbolicLink  \\Device\\Harddisk0\\Partition3
\\ArcName\\multi(0)disk(0)rdisk(0)partition(4)   SymbolicLink  \\Device\\Harddisk0\\Partition4
\\ArcName\\multi(0)disk(0)cdrom(0)               SymbolicLink  \\Device\\CdRom0
\\DriverStores\\SYSTEM                           SymbolicLink  \\SystemRoot
\\Security\\LSA_AUTHENTICATION_INITIALIZED       Event  notification signalled
\\Security\\SecurityEvent                        Event  notification
\\Security\\TRKWKS_EVENT                         Event  notification
\\Security\\NetworkProviderLoad                  Event  synchronization
\\Sessions\\0\\BaseNamedObjects                  SymbolicLink  \\BaseNamedObjects
\\Sessions\\0\\DosDevices\\00000000-000003e7\\Global SymbolicLink  \\Global??
\\Sessions\\BNOLINKS\\0                          SymbolicLink  \\BaseNamedObjects
\\Sessions\\BNOLINKS\\1                          SymbolicLink  \\Sessions\\1\\BaseNamedObjects
\\UMDFCommunicationPorts\\ProcessManagement\\UMDFHostProcessManager ALPC  port
\\UMDFCommunicationPorts\\WUDF\\HostProcess-2d4a9fd1-3d8c-43f1-9a07-3b1b8e6e0a11 ALPC  port
\\UMDFCommunicationPorts\\WUDF\\HostProcess-7c5b3c57-a0c4-4e0a-9f0d-84a4a5e3a5de ALPC  port
\\Device\\PhysicalMemory                         Section  2147483648
`;

export const kernelObjects = `
\\KernelObjects\\BootLoaderTraceReady            Event  notification
\\KernelObjects\\BootWindowsSpeculationControl   Event  notification
\\KernelObjects\\HighCommitCondition             Event  notification
\\KernelObjects\\HighMemoryCondition             Event  notification signalled
\\KernelObjects\\HighNonPagedPoolCondition       Event  notification
\\KernelObjects\\HighPagedPoolCondition          Event  notification
\\KernelObjects\\LowCommitCondition              Event  notification signalled
\\KernelObjects\\LowMemoryCondition              Event  notification
\\KernelObjects\\LowNonPagedPoolCondition        Event  notification signalled
\\KernelObjects\\LowPagedPoolCondition           Event  notification signalled
\\KernelObjects\\MaximumCommitCondition          Event  notification
\\KernelObjects\\MemoryErrors                    Event  notification
\\KernelObjects\\MemoryPartition0                Partition
\\KernelObjects\\PhysicalMemoryChange            Event  notification
\\KernelObjects\\PrefetchTracesReady             Event  synchronization
\\KernelObjects\\Session0                        Session  0
\\KernelObjects\\Session1                        Session  1
\\KernelObjects\\StorageTierMemoryCondition      Event  notification
\\KernelObjects\\SuperfetchParametersChanged     Event  synchronization
\\KernelObjects\\SuperfetchScenarioNotify        Event  synchronization
\\KernelObjects\\SuperfetchTracesReady           Event  synchronization
\\KernelObjects\\SystemErrorPortReady            Event  notification signalled
\\KernelObjects\\CritSecOutOfMemoryEvent         KeyedEvent
\\KernelObjects\\LowMemoryConditionPartition     Event  notification
\\Callback\\AfdTdxCallback                       Callback
\\Callback\\BcdUpdateCallback                    Callback
\\Callback\\BootDriver                           Callback
\\Callback\\EnlightenmentState                   Callback
\\Callback\\ImageLoadCallback                    Callback
\\Callback\\LicensingData                        Callback
\\Callback\\LLTDCallbackMapper0006008005000000   Callback
\\Callback\\LLTDCallbackRspndr0006008005000000   Callback
\\Callback\\NdisBindUnbind                       Callback
\\Callback\\NsiCallback                          Callback
\\Callback\\Phase1InitComplete                   Callback
\\Callback\\PowerMonitor                         Callback
\\Callback\\PowerPort                            Callback
\\Callback\\PowerState                           Callback
\\Callback\\ProcessorAdd                         Callback
\\Callback\\SeImageVerificationDriverInfo        Callback
\\Callback\\SetSystemTime                        Callback
\\Callback\\SoftRestart                          Callback
\\Callback\\TcpConnectionCallbackTemp            Callback
\\Callback\\TcpTimerStarvationCallbackTemp       Callback
\\Callback\\TdxCallback                          Callback
\\Callback\\VidMmCallback                        Callback
\\Callback\\WdEbNotificationCallback             Callback
\\Callback\\WdProcessNotificationCallback        Callback
\\Callback\\WdNriNotificationCallback            Callback
\\Callback\\WorkingSetCallback                   Callback
\\Callback\\ExtensionInterface                   Callback
\\Callback\\FltMgrVolumeMount                    Callback
\\Callback\\KsecDDCallback                       Callback
\\Callback\\HypervisorEnlightenment              Callback
`;
