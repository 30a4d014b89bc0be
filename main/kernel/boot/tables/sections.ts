/**
 * \KnownDlls, \KnownDlls32 and \NLS of Windows 10 22H2: the images and the code pages that are mapped once for all
 * processes. Sizes are those of the mapped sections in bytes.
 */

/** Name and size. The registry's KnownDLLs list plus what those DLLs import. */
export const knownDlls = `
advapi32.dll 704512
bcrypt.dll 159744
bcryptPrimitives.dll 532480
cfgmgr32.dll 319488
clbcatq.dll 692224
combase.dll 3493888
COMDLG32.dll 892928
coml2.dll 413696
CRYPT32.dll 1433600
cryptbase.dll 49152
difxapi.dll 311296
gdi32.dll 180224
gdi32full.dll 1101824
gdiplus.dll 1687552
IMAGEHLP.dll 118784
IMM32.dll 196608
kernel32.dll 778240
kernelbase.dll 3092480
MSCTF.dll 1130496
MSVCP_WIN.dll 643072
MSVCRT.dll 647168
NORMALIZ.dll 28672
NSI.dll 32768
ntdll.dll 2064384
ole32.dll 1224704
OLEAUT32.dll 839680
PSAPI.DLL 32768
profapi.dll 143360
rpcrt4.dll 1200128
sechost.dll 638976
Setupapi.dll 4640768
SHCORE.dll 708608
SHELL32.dll 7622656
SHLWAPI.dll 348160
ucrtbase.dll 1048576
user32.dll 1699840
win32u.dll 139264
WINTRUST.dll 421888
WLDAP32.dll 385024
wow64.dll 364544
wow64cpu.dll 40960
wow64win.dll 536576
WS2_32.dll 438272
xtajit.dll 1339392
wowarmhw.dll 262144
LPK.dll 24576
`;

/** What the 32-bit directory leaves out: the WOW64 layer is 64-bit only. */
export const only64Bit: readonly string[] = ["wow64.dll", "wow64cpu.dll", "wow64win.dll", "xtajit.dll", "wowarmhw.dll"];

export const nlsSections = `
NlsSectionCP1250 69632
NlsSectionCP1251 69632
NlsSectionCP1252 69632
NlsSectionCP1253 69632
NlsSectionCP1254 69632
NlsSectionCP1255 69632
NlsSectionCP1256 69632
NlsSectionCP1257 69632
NlsSectionCP1258 69632
NlsSectionCP20127 69632
NlsSectionCP28591 69632
NlsSectionCP437 69632
NlsSectionCP850 69632
NlsSectionCP874 69632
NlsSectionCP932 163840
NlsSectionCP936 200704
NlsSectionCP949 200704
NlsSectionCP950 200704
NlsSectionLANG_INTL 12288
NlsSectionNORM00000001 61440
NlsSectionNORM00000002 53248
NlsSectionNORM00000005 65536
NlsSectionNORM00000006 57344
NlsSectionNORM0000000d 77824
NlsSectionSortDefault 3395584
CSO_8cb5bcc6-6d8a-4d51-9c58-7b2a2a3d9f4f 4096
`;
