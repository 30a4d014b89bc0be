/**
 * The numbers of the KD serial protocol, by which a kernel talks to its debugger over a COM port.
 * Source: windbgkd.h (ReactOS sdk/include/reactos), dmaivel/ntoseye; all little-endian.
 */

/** leader u32, type u16, byteCount u16, packetId u32, checksum u32 */
export const KD_HEADER_SIZE = 16;
/** PACKET_MAX_SIZE: bytes of payload. */
export const KD_MAX_PAYLOAD = 4000;
/** `0`: PACKET_LEADER is four of it. */
export const PACKET_LEADER_BYTE = 0x30;
/** `i`: CONTROL_PACKET_LEADER is four of it. */
export const CONTROL_PACKET_LEADER_BYTE = 0x69;
/** Behind the payload of a data packet. */
export const PACKET_TRAILING_BYTE = 0xaa;
/** Sent alone: asks the target to stop. */
export const BREAKIN_PACKET_BYTE = 0x62;

export const INITIAL_PACKET_ID = 0x8080_0000;
/** Set in the first packet after a reset. */
export const SYNC_PACKET_ID = 0x0000_0800;

export const PACKET_TYPE_KD_STATE_CHANGE32 = 1;
export const PACKET_TYPE_KD_STATE_MANIPULATE = 2;
export const PACKET_TYPE_KD_DEBUG_IO = 3;
export const PACKET_TYPE_KD_ACKNOWLEDGE = 4;
export const PACKET_TYPE_KD_RESEND = 5;
export const PACKET_TYPE_KD_RESET = 6;
export const PACKET_TYPE_KD_STATE_CHANGE64 = 7;
export const PACKET_TYPE_KD_POLL_BREAKIN = 8;
export const PACKET_TYPE_KD_TRACE_IO = 9;
export const PACKET_TYPE_KD_CONTROL_REQUEST = 10;
export const PACKET_TYPE_KD_FILE_IO = 11;

/** State changes: why the target stopped. */
export const DbgKdExceptionStateChange = 0x3030;
export const DbgKdLoadSymbolsStateChange = 0x3031;
export const DbgKdCommandStringStateChange = 0x3032;

/** Requests of the debugger while the target is stopped. */
export const DbgKdGetContextApi = 0x3132;
export const DbgKdSetContextApi = 0x3133;
/** Takes ContinueStatus only; DbgKdContinueApi2 (0x313C) would set the debug registers too. */
export const DbgKdContinueApi = 0x3136;

/** Debug I/O. */
export const DbgKdPrintStringApi = 0x3230;
export const DbgKdGetStringApi = 0x3231;
