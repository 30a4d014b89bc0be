/**
 * \RPC Control of a freshly booted Windows 10: the ALPC ports that local RPC servers listen on. Ports without a fixed name
 * are called `LRPC-` or `OLE` and a number that differs at each boot.
 */

export const namedPorts = `
actkernel
Appinfo-ApiPort
AppV-ISV
AudioClientRpc
Audiosrv
BrokerInfrastructureInterface
CoreMessagingPort
csebpub
dabrpc
DeviceSetupManager
dhcpcsvc
dhcpcsvc6
DNSResolver
Dwm-ApiPort
eventlog
epmapper
FrameServerRpc
IKEEXT-Rpc
InputPort
IpHelper-rpc
IUserProfile2
keysvc
LicenseServiceEndpoint
lsacap
lsapolicylookup
LSA_EAS_ENDPOINT
LSA_IDPEXT_ENDPOINT
LSARPC_ENDPOINT
lsasspirpc
LSMApi
MicrosoftLaps_LRPC_0fb2f016-fe45-4a08-a7f9-a467f5e5fa0b
nlaapi
nlaplg
ntsvcs
plugplay
PowerSetupApi
protected_storage
RasmanLrpc
RpcLocatorPort
samss lpc
SidKey Local End Point
senssvc
SessEnvPrivateRpc
spoolss
srvsvc
SystemEventsBrokerEndpoint
TeredoControl
TermSrvApi
ThreadPoolBrokerPort
trkwks
tapsrvlpc
umpo
UmFontPort
UpdateOrchestratorLrpc
UserManagerRpc
vmicvssRpc
W32TIME_ALT
wbem-lrpc
wevtapi
WindowsShutdown
WMsgKRpc05A1F0
WMsgKRpc05D4E1
WinHttpAutoProxySvc
wlanconn
WLMS_Port
wscsvc-rpc
xactsrvLpc
`;

/** The numbered ones, as one boot had them. */
export const numberedPorts = {
  LRPC: [
    "02e3ac0ae81cb95e1d", "0a9a4c64e2d3f0b717", "0d1f6f0ab3b7f6c2c4", "13c3b2cd65c0d3f4bf", "19f0b50e6a7be6a8d1",
    "1d6be6e07a2f84d0a3", "21dc5b9cf9a8b1e06c", "27e9d5ef0e7d5e6a6a", "2c4bd0f5c7ea0b9aa7", "31a1a7bd1e9c0d43f5",
    "3577dbe5b5c0a1c92b", "3ad4f8cc9c3e2b4c13", "42f5a0f7be49b3d1dd", "4786a0e2a1d7c1f0ce", "4c2d1fc9ac6bb1a3f3",
    "51f76a6c4d4f5b2b20", "57c8c3e6fa0d8e1d72", "5b3a1af9ec0db28ba5", "60cf02fd6b7a1de1a8", "66b4ed3cfa71b0a5d1",
    "6b1f3d1b0a0e9f1c33", "70de3ef5a1e6c2ab57", "76c8b28e2fbc9d1f7a", "7ba0dd41c3e6a2b6d8", "81f7b9c2a4b6cc0e31",
    "87a3e12d6c0bf6a77d", "8c5ab9f3a7d0e2cc42", "92fd0be6a37d1b5c9f", "98e1c7b0d5a2f3340b", "9dca83f11e7f4e0c55",
    "a3b56a1f0ed9dd7a12", "a9d7e8c4b0f2318ee6", "af0b7d2c9e1a64f5b3", "b4c6e9a1d07f53b82a", "ba31f0de5c9b7a4d68",
    "c0f8d2b3a6e1497c5d", "c6e4a90b7d2f18536e", "cbd2f7e6a1c03b9584", "d19a6c3e8b5f7042cd", "d7f0e1b4c8a2963d5a",
    "dce3b9f7a5d01c8462", "e2a7c6d8f1b40e9537", "e8d1f4b6a9c32e7058", "ee5b0a7c9d1f8364b2", "f3c7e2d0b8a5491f6c",
  ],
  OLE: [
    "0B1D5A7C3F6E4D0A8B2C9E1F7A35", "1C7F2E9A4B5D4C8E9F3A6D2B0E81", "2A9D6C1B8E7F4A3C8D5E0F2B4A96",
    "3E5B8F0A7C2D4E9B9A1C6D3F5B70", "4F7A1C9E2B6D4F5C8E0A3B7D9C12", "5D2E8B6F0A4C4D7E9B5F1A8C3E64",
    "6B9C3F7A1E5D4A2C8F6E0B4D7A38", "7A4E0D8C6B2F4C9A8B3D5F1E9C07", "8C1F6A3E9D7B4E5F9C2A0D8B6E43",
    "9E8D5B2C0F4A4B6E8A7F3C1D5B29", "A73C9E6B1D8F4D0A9E4B2F7C0A85", "B50F2D8A7E3C4F9B8C6D1E5A3F72",
    "C28B7F4E0A9D4C3E9D5A6B1F8C50", "D16E3A9C5F0B4A8D8E2F7C4B9A61", "E94A0C7F2B6E4E1C9B8D3A5F6D07",
    "F30D6B8E1C7A4D5F8A9E2C0B4F93",
  ],
} as const;
