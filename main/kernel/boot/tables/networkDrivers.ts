/** In-box drivers of the network: NDIS, the transports, the filters, one adapter. Format: see `driverTable.ts`. */
export const networkDrivers = `
NDIS | ndis.sys | boot | NDIS System Driver
  \\Device\\Ndis NETWORK secure opens
e1i65x64 | e1i65x64.sys | demand | Intel(R) PRO/1000 NDIS 6 Adapter Driver
  \\Device\\{1A7E7A43-0C7D-4D4A-93B1-AE5B3BDAB1D7} PHYSICAL_NETCARD opens on \\Device\\NTPNP_PCI0005
kdnic | kdnic.sys | demand | Microsoft Kernel Debug Network Miniport (NDIS 6.20)
  \\Device\\{0B2C0C5D-6C0B-4B2E-9A3E-1E3B1C5D7F01} PHYSICAL_NETCARD opens on \\Device\\00000024
NdisCap | ndiscap.sys | system | Microsoft NDIS Capture
NdisImPlatform | NdisImPlatform.sys | demand | Microsoft Network Adapter Multiplexor Protocol
NdisTapi | ndistapi.sys | demand | Remote Access NDIS TAPI Driver
  \\Device\\NdisTapi NETWORK secure opens
Ndisuio | ndisuio.sys | demand | NDIS Usermode I/O Protocol
  \\Device\\Ndisuio NETWORK secure opens
NdisWan | ndiswan.sys | demand | Remote Access NDIS WAN Driver
  \\Device\\NdisWan NETWORK secure opens
  \\Device\\NDMP1 PHYSICAL_NETCARD opens
  \\Device\\NDMP2 PHYSICAL_NETCARD opens
  \\Device\\NDMP3 PHYSICAL_NETCARD opens
  \\Device\\NDMP4 PHYSICAL_NETCARD opens
ndproxy | NDProxy.sys | demand | NDIS Proxy
  \\Device\\NDProxy NETWORK secure opens
Tcpip | tcpip.sys | boot | TCP/IP Protocol Driver
  \\Device\\WfpAle NETWORK secure opens
  \\Device\\WFP NETWORK secure opens
tdx | tdx.sys | system | NetIO Legacy TDI Support Driver
  \\Device\\Tdx TRANSPORT secure opens
  \\Device\\Tcp NETWORK secure transport
  \\Device\\Tcp6 NETWORK secure transport
  \\Device\\Udp NETWORK secure transport
  \\Device\\Udp6 NETWORK secure transport
  \\Device\\RawIp NETWORK secure transport
  \\Device\\RawIp6 NETWORK secure transport
  \\Device\\Ip NETWORK secure transport
  \\Device\\Ip6 NETWORK secure transport
  \\Device\\IPMULTICAST NETWORK secure transport
AFD | afd.sys | system | Ancillary Function Driver for Winsock
  \\Device\\Afd NAMED_PIPE secure opens
nsiproxy | nsiproxy.sys | system | NSI Proxy Service Driver
  \\Device\\Nsi NETWORK secure opens
NetBT | netbt.sys | system | NetBT
  \\Device\\NetBt_Wins_Export NETWORK secure opens
  \\Device\\NetBT_Tcpip_{1A7E7A43-0C7D-4D4A-93B1-AE5B3BDAB1D7} NETWORK secure opens
NetBIOS | netbios.sys | filesys | NetBIOS Interface
  \\Device\\Netbios TRANSPORT secure opens
Psched | pacer.sys | system | QoS Packet Scheduler
  \\Device\\Psched NETWORK secure opens
WfpLwfs | wfplwfs.sys | boot | Microsoft Windows Filtering Platform
  \\Device\\WfpLwfs NETWORK secure opens
vwifibus | vwifibus.sys | demand | Virtual Wireless Bus Driver
vwififlt | vwififlt.sys | system | Virtual WiFi Filter Driver
  \\Device\\vwififlt NETWORK secure opens
NativeWifiP | nwifi.sys | demand | NativeWiFi Filter
  \\Device\\NativeWifiP NETWORK secure opens
MsLldp | mslldp.sys | auto | Microsoft Link-Layer Discovery Protocol
  \\Device\\MsLldp NETWORK secure opens
rspndr | rspndr.sys | auto | Link-Layer Topology Discovery Responder
  \\Device\\rspndr NETWORK secure opens
wanarp | wanarp.sys | demand | Remote Access IP ARP Driver
  \\Device\\WANARP NETWORK secure opens
  \\Device\\WANARPV6 NETWORK secure opens
RasAgileVpn | AgileVpn.sys | demand | WAN Miniport (IKEv2)
  \\Device\\AgileVPN NETWORK secure opens
Rasl2tp | rasl2tp.sys | demand | WAN Miniport (L2TP)
RasPppoe | raspppoe.sys | demand | Remote Access PPPOE Driver
PptpMiniport | raspptp.sys | demand | WAN Miniport (PPTP)
  \\Device\\RASPPTP NETWORK secure opens
RasSstp | rassstp.sys | demand | WAN Miniport (SSTP)
  \\Device\\RasSstp NETWORK secure opens
RasGre | rasgre.sys | demand | WAN Miniport (GRE)
HTTP | HTTP.sys | demand | HTTP Service
  \\Device\\Http\\AppPool NAMED_PIPE secure opens
  \\Device\\Http\\Communication NAMED_PIPE secure opens
  \\Device\\Http\\Control NAMED_PIPE secure opens
  \\Device\\Http\\ReqQueue NAMED_PIPE secure opens
  \\Device\\Http\\ServerSession NAMED_PIPE secure opens
  \\Device\\Http\\UrlGroup NAMED_PIPE secure opens
  \\Device\\Http\\UrlRedirect NAMED_PIPE secure opens
mpsdrv | mpsdrv.sys | demand | Windows Defender Firewall Authorization Driver
  \\Device\\MPS NETWORK secure opens
IpFilterDriver | ipfltdrv.sys | demand | IP Traffic Filter Driver
tunnel | tunnel.sys | demand | Microsoft Tunnel Miniport Adapter Driver
  \\Device\\Tun0 NETWORK opens
tcpipreg | tcpipreg.sys | auto | TCP/IP Registry Compatibility
  \\Device\\TCPIPREG NETWORK secure opens
storflt | vmstorfl.sys | demand | Microsoft Hyper-V Storage Accelerator
BthEnum | BthEnum.sys | demand | Bluetooth Enumerator Service
WinNat | winnat.sys | demand | Windows NAT Driver
  \\Device\\WinNat NETWORK secure opens
QWAVEdrv | qwavedrv.sys | demand | QWAVE driver
  \\Device\\QWAVE NETWORK secure opens
vmswitch | vmswitch.sys | demand | VMSwitch
Ndu | Ndu.sys | auto | Windows Network Data Usage Monitoring Driver
  \\Device\\Ndu NETWORK secure opens
`;
