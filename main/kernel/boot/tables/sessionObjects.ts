/**
 * What the programs of session 0 and session 1 keep open right after logon: named events, mutants, sections, jobs,
 * window stations. These are temporary objects: they live as long as the handle that their process holds.
 */

export const sessionZero = `
\\Windows\\ApiPort                               ALPC  port
\\Windows\\SbApiPort                             ALPC  port
\\Windows\\SharedSection                         Section  1048576
\\Windows\\WindowStations\\WinSta0               WindowStation
\\Windows\\WindowStations\\Service-0x0-3e4$      WindowStation
\\Windows\\WindowStations\\Service-0x0-3e5$      WindowStation
\\Windows\\WindowStations\\Service-0x0-3e7$      WindowStation
\\Windows\\WindowStations\\msswindowstation      WindowStation
\\BaseNamedObjects\\Global                       SymbolicLink  \\BaseNamedObjects
\\BaseNamedObjects\\Local                        SymbolicLink  \\BaseNamedObjects
\\BaseNamedObjects\\Session                      SymbolicLink  \\Sessions\\BNOLINKS
\\BaseNamedObjects\\AppContainerNamedObjects     SymbolicLink  \\Sessions\\0\\AppContainerNamedObjects
\\BaseNamedObjects\\AgentToWkssvcEvent           Event  synchronization
\\BaseNamedObjects\\AppReadinessPreShellRunning  Event  notification
\\BaseNamedObjects\\ASqmManifestVersion          Event  notification
\\BaseNamedObjects\\BFE_Notify_Event_{0afa5a0d-6a6c-4d0c-a0cb-1de2d47de1af} Event  synchronization
\\BaseNamedObjects\\BitLockerUnlocked            Event  notification
\\BaseNamedObjects\\CacheManager_ModifiedFlushed Event  synchronization
\\BaseNamedObjects\\CommonStartMenuReady         Event  notification signalled
\\BaseNamedObjects\\CscCacheIsClean              Event  notification
\\BaseNamedObjects\\DCOM_Activator_Ready         Event  notification signalled
\\BaseNamedObjects\\DhcpNewIPAddress             Event  synchronization
\\BaseNamedObjects\\DINPUTWINMM                  Event  synchronization
\\BaseNamedObjects\\EFSInitEvent                 Event  notification
\\BaseNamedObjects\\EventLog_Initialized         Event  notification signalled
\\BaseNamedObjects\\EventShutDownCSRSS           Event  notification
\\BaseNamedObjects\\FirstWinlogonCheck           Event  notification signalled
\\BaseNamedObjects\\GroupPolicyMachineApplied    Event  synchronization
\\BaseNamedObjects\\IPSEC_POLICY_CHANGE_EVENT    Event  synchronization
\\BaseNamedObjects\\IPSEC_POLICY_CHANGE_NOTIFY   Event  synchronization
\\BaseNamedObjects\\LanmanServerAnnounceEvent    Event  synchronization
\\BaseNamedObjects\\LSA_RPC_SERVER_ACTIVE        Event  notification signalled
\\BaseNamedObjects\\LSM_API_Ready                Event  notification signalled
\\BaseNamedObjects\\MSFT.VSA.COM.DISABLE.1044    Event  notification
\\BaseNamedObjects\\MSFT.VSA.IEC.STATUS.6c736db0 Section  4096
\\BaseNamedObjects\\NETLOGON_SERVICE_STARTED     Event  notification
\\BaseNamedObjects\\NlaChangeEvent               Event  synchronization
\\BaseNamedObjects\\NtfsPagingFileReady          Event  notification signalled
\\BaseNamedObjects\\OleDfRoot0000A1B60           Section  65536
\\BaseNamedObjects\\PendingRenameMutex           Mutant
\\BaseNamedObjects\\PowerSchemeChanged           Event  notification
\\BaseNamedObjects\\PrefetchTracesReady          Event  synchronization
\\BaseNamedObjects\\ProfileUnloaded              Event  notification
\\BaseNamedObjects\\RasPbFile                    Mutant
\\BaseNamedObjects\\RotHintTable                 Section  4096
\\BaseNamedObjects\\RpcEptMapperReady            Event  notification signalled
\\BaseNamedObjects\\RstrMgr-3887CAB8-533F-4C85-B0DC-3E5639F8D511-Session0000 Mutant
\\BaseNamedObjects\\ScmCreatedEvent              Event  notification signalled
\\BaseNamedObjects\\SC_AutoStartComplete         Event  notification signalled
\\BaseNamedObjects\\SensLogonEvent               Event  notification
\\BaseNamedObjects\\SetupLogEvent                Event  synchronization
\\BaseNamedObjects\\ShimCacheMutex               Mutant
\\BaseNamedObjects\\ShimSharedMemory             Section  57344
\\BaseNamedObjects\\SL_EVENT_LICENSING_CHANGED   Event  synchronization
\\BaseNamedObjects\\SM0:1044:304:WilStaging_02   Mutant
\\BaseNamedObjects\\SM0:1044:304:WilStaging_02_p0 Semaphore  0/2147483647
\\BaseNamedObjects\\SM0:1044:304:WilStaging_02_p0h Semaphore  0/2147483647
\\BaseNamedObjects\\SM0:1720:120:WilError_03     Mutant
\\BaseNamedObjects\\SM0:1720:120:WilError_03_p0  Semaphore  1/2147483647
\\BaseNamedObjects\\SM0:612:64:WilError_03       Mutant
\\BaseNamedObjects\\SM0:612:64:WilError_03_p0    Semaphore  1/2147483647
\\BaseNamedObjects\\SvcctrlStartEvent_A3752DX    Event  notification signalled
\\BaseNamedObjects\\TabletHardwarePresent        Event  notification
\\BaseNamedObjects\\TermSrvReadyEvent            Event  notification signalled
\\BaseNamedObjects\\ThemesStartEvent             Event  notification signalled
\\BaseNamedObjects\\TimeZoneChanged              Event  synchronization
\\BaseNamedObjects\\UserPolicyChanged            Event  synchronization
\\BaseNamedObjects\\VolumesSafeForWriteAccess    Event  notification signalled
\\BaseNamedObjects\\WBEM_ESS_OPEN_FOR_BUSINESS   Event  notification signalled
\\BaseNamedObjects\\WDI_{533a67eb-9fb5-473d-b884-958cf4b9c4a3} Event  synchronization
\\BaseNamedObjects\\WinMgmtShutdownEvent         Event  notification
\\BaseNamedObjects\\WinSta0_DesktopSwitch        Event  notification signalled
\\BaseNamedObjects\\WINMGMT_COREDLL_CANSHUTDOWN  Event  notification
\\BaseNamedObjects\\WINMGMT_COREDLL_LOADED       Event  notification signalled
\\BaseNamedObjects\\WINMGMT_COREDLL_UNLOADED     Event  notification
\\BaseNamedObjects\\WINMGMT_PROVIDER_CANSHUTDOWN Event  notification
\\BaseNamedObjects\\WkssvcShutdownEvent          Event  notification
\\BaseNamedObjects\\WkssvcToAgentStartEvent      Event  synchronization
\\BaseNamedObjects\\WkssvcToAgentStopEvent       Event  synchronization
\\BaseNamedObjects\\WmiProviderHostJob           Job
\\BaseNamedObjects\\__ComCatalogCache__          Section  65536
\\BaseNamedObjects\\__R_0000000000da_SMem__      Section  8192
\\BaseNamedObjects\\crypt32LogoffEvent           Event  notification
\\BaseNamedObjects\\userenv:  Machine Group Policy ForcedRefresh Needs Foreground Processing Event  synchronization
\\BaseNamedObjects\\userenv:  Machine Group Policy has been applied Event  notification signalled
\\BaseNamedObjects\\windows_shell_global_counters Section  2048
\\BaseNamedObjects\\{A3BD3259-3E4F-428a-84C8-F0463A9D3EB5} Mutant
\\BaseNamedObjects\\{A64C7F33-DA35-459b-96CA-63B51FB0CDB9} Section  4096
\\BaseNamedObjects\\CoreMessaging\\Registrar     Event  notification
`;

export const sessionOne = `
\\Sessions\\1\\Windows\\ApiPort                  ALPC  port
\\Sessions\\1\\Windows\\SbApiPort                ALPC  port
\\Sessions\\1\\Windows\\SharedSection            Section  1048576
\\Sessions\\1\\Windows\\Theme1742310894          Section  2097152
\\Sessions\\1\\Windows\\ThemeSection             Section  4096
\\Sessions\\1\\Windows\\WindowStations\\WinSta0  WindowStation
\\Sessions\\1\\BaseNamedObjects\\Global          SymbolicLink  \\BaseNamedObjects
\\Sessions\\1\\BaseNamedObjects\\Local           SymbolicLink  \\Sessions\\1\\BaseNamedObjects
\\Sessions\\1\\BaseNamedObjects\\Session         SymbolicLink  \\Sessions\\BNOLINKS
\\Sessions\\1\\BaseNamedObjects\\AppContainerNamedObjects SymbolicLink  \\Sessions\\1\\AppContainerNamedObjects
\\Sessions\\1\\BaseNamedObjects\\ActCtxTracingActive Event  notification
\\Sessions\\1\\BaseNamedObjects\\BrushTransitionsComplete_ImmersiveShell Event  notification
\\Sessions\\1\\BaseNamedObjects\\CicLoadWinStaWinSta0 Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\CTF.AsmListCache.FMPDefault1 Section  4096
\\Sessions\\1\\BaseNamedObjects\\CTF.TimListCache.FMPDefault1.IME.MutexDefault1 Mutant
\\Sessions\\1\\BaseNamedObjects\\CtfmonInstMutexDefault1 Mutant
\\Sessions\\1\\BaseNamedObjects\\DBWinMutex      Mutant
\\Sessions\\1\\BaseNamedObjects\\Dwm-21DE-ApiPort-6ED2 Event  notification
\\Sessions\\1\\BaseNamedObjects\\DwmComposedEvent_1 Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\DWMFrameRateEvent Event  synchronization
\\Sessions\\1\\BaseNamedObjects\\EventRitExited  Event  notification
\\Sessions\\1\\BaseNamedObjects\\ExplorerIsShellMutex Mutant  held
\\Sessions\\1\\BaseNamedObjects\\FontCachePort-Ready Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\HWNDInterface:10144 Section  4096
\\Sessions\\1\\BaseNamedObjects\\HWNDInterface:20096 Section  4096
\\Sessions\\1\\BaseNamedObjects\\HWNDInterface:2010C Section  4096
\\Sessions\\1\\BaseNamedObjects\\HWNDInterface:30070 Section  4096
\\Sessions\\1\\BaseNamedObjects\\ImmersiveShellReady Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\MSCTF.Asm.MutexDefault1 Mutant
\\Sessions\\1\\BaseNamedObjects\\MSCTF.CtfActivated.Default1 Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\MSCTF.CtfDeactivated.Default1 Event  notification
\\Sessions\\1\\BaseNamedObjects\\MSCTF.CtfMonitorInitialized.Default1S-1-5-21-2 Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\MSCTF.CtfMonitorInstMutexDefault1 Mutant
\\Sessions\\1\\BaseNamedObjects\\MSCTF.CtfServerTimDefault1 Mutant
\\Sessions\\1\\BaseNamedObjects\\MSCTF.GCompartListMUTEX.DefaultS-1-5-21-2 Mutant
\\Sessions\\1\\BaseNamedObjects\\MSUIM.GlobalCompart.Event Event  synchronization
\\Sessions\\1\\BaseNamedObjects\\NotificationAreaReady Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\RstrMgr-3887CAB8-533F-4C85-B0DC-3E5639F8D511-Session0001 Mutant
\\Sessions\\1\\BaseNamedObjects\\RuntimeBroker_Ready Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\SearchUI_Ready  Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\ScNetDrvMsg     Event  synchronization
\\Sessions\\1\\BaseNamedObjects\\Shell.CMruPidlList Mutant
\\Sessions\\1\\BaseNamedObjects\\ShellDesktopSwitchEvent Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\ShellReadyEvent Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\SM0:4704:304:WilStaging_02 Mutant
\\Sessions\\1\\BaseNamedObjects\\SM0:4704:304:WilStaging_02_p0 Semaphore  0/2147483647
\\Sessions\\1\\BaseNamedObjects\\SM0:4704:64:WilError_03 Mutant
\\Sessions\\1\\BaseNamedObjects\\SM0:4704:64:WilError_03_p0 Semaphore  1/2147483647
\\Sessions\\1\\BaseNamedObjects\\SM0:5216:304:WilStaging_02 Mutant
\\Sessions\\1\\BaseNamedObjects\\SM0:5216:304:WilStaging_02_p0 Semaphore  0/2147483647
\\Sessions\\1\\BaseNamedObjects\\STOPSGMT-S-1-5-21-2 Event  synchronization
\\Sessions\\1\\BaseNamedObjects\\TaskManagerReady Event  synchronization
\\Sessions\\1\\BaseNamedObjects\\TermSrvInputReady Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\ThemesStartEvent Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\UrlZonesSM_user Section  4096
\\Sessions\\1\\BaseNamedObjects\\UserApcTracking Section  4096
\\Sessions\\1\\BaseNamedObjects\\WindowsShellDwmRestart Event  synchronization
\\Sessions\\1\\BaseNamedObjects\\WinInetCounterMutex Mutant
\\Sessions\\1\\BaseNamedObjects\\WinlogonTSSync  Event  notification signalled
\\Sessions\\1\\BaseNamedObjects\\WininetStartupMutex Mutant
\\Sessions\\1\\BaseNamedObjects\\WininetConnectionMutex Mutant
\\Sessions\\1\\BaseNamedObjects\\WininetProxyRegistryMutex Mutant
\\Sessions\\1\\BaseNamedObjects\\ZonesCacheCounterMutex Mutant
\\Sessions\\1\\BaseNamedObjects\\ZonesCounterMutex Mutant
\\Sessions\\1\\BaseNamedObjects\\ZonesLockedCacheCounterMutex Mutant
\\Sessions\\1\\BaseNamedObjects\\_SHuassist.mtx  Mutant
\\Sessions\\1\\BaseNamedObjects\\_!SHMSFTHISTORY!_ Mutant
\\Sessions\\1\\BaseNamedObjects\\c:!users!user!appdata!local!microsoft!windows!history!history.ie5! Mutant
\\Sessions\\1\\BaseNamedObjects\\c:!users!user!appdata!local!microsoft!windows!inetcache!counters2.dat Section  4096
\\Sessions\\1\\BaseNamedObjects\\c:!users!user!appdata!local!microsoft!windows!inetcookies! Mutant
\\Sessions\\1\\BaseNamedObjects\\windows_ie_global_counters Section  4096
\\Sessions\\1\\BaseNamedObjects\\windows_shell_global_counters Section  2048
\\Sessions\\1\\BaseNamedObjects\\windows_webcache_bloom_section_{ABD0A7A8-7F4B-4ACE-9B3D-1F4F6CB9D2E6} Section  12288
\\Sessions\\1\\BaseNamedObjects\\{5312EE61-79E3-4A24-BFE1-132B85B23C3A} Event  notification
\\Sessions\\1\\BaseNamedObjects\\{66D0969A-1E86-44CF-B4EC-3806DDDA3B5D} Mutant
\\Sessions\\1\\BaseNamedObjects\\{B196B283-BAB4-101A-B69C-00AA00341D07} Mutant
\\Sessions\\1\\BaseNamedObjects\\CoreMessagingRegistrar\\1 Event  notification
`;

/** Per-process objects that the desktop's programs all make: one line a pattern, one object a process id. */
export const perProcess = `
\\Sessions\\1\\BaseNamedObjects\\SM0:%:168:WilStaging_02 Mutant
\\Sessions\\1\\BaseNamedObjects\\SM0:%:168:WilStaging_02_p0 Semaphore  0/2147483647
\\Sessions\\1\\BaseNamedObjects\\SM0:%:168:WilStaging_02_p0h Semaphore  0/2147483647
\\Sessions\\1\\BaseNamedObjects\\SM0:%:120:WilError_03 Mutant
\\Sessions\\1\\BaseNamedObjects\\SM0:%:120:WilError_03_p0 Semaphore  1/2147483647
`;

/** explorer, SearchUI, StartMenuExperienceHost, RuntimeBroker... of the freshly started desktop. */
export const desktopProcessIds: readonly number[] = [
  3020, 3164, 3288, 3344, 3508, 3736, 3860, 3984, 4120, 4216, 4388, 4492, 4616, 4820, 4956, 5044, 5132, 5304,
];
