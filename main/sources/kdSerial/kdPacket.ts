/** One packet of the KD serial protocol, and its bytes. */
import {
  CONTROL_PACKET_LEADER_BYTE,
  KD_HEADER_SIZE,
  KD_MAX_PAYLOAD,
  PACKET_LEADER_BYTE,
  PACKET_TRAILING_BYTE,
} from "./kdProtocol";

export interface KdPacket {
  readonly isControl: boolean;
  readonly type: number;
  readonly id: number;
  /** Empty in control packets. */
  readonly payload: Uint8Array;
}

/** Acknowledge, resend, reset: no payload and no trailing byte. */
export function encodeControlPacket(type: number, id: number): Uint8Array {
  return header(CONTROL_PACKET_LEADER_BYTE, type, 0, id, 0, KD_HEADER_SIZE);
}

/** @throws RangeError when the payload is longer than 4,000 bytes, which is the caller's mistake */
export function encodeDataPacket(type: number, id: number, payload: Uint8Array): Uint8Array {
  if (payload.length > KD_MAX_PAYLOAD) throw new RangeError(`A KD packet holds 4000 bytes, not ${payload.length}.`);
  const size = KD_HEADER_SIZE + payload.length + 1;
  const bytes = header(PACKET_LEADER_BYTE, type, payload.length, id, checksum(payload), size);
  bytes.set(payload, KD_HEADER_SIZE);
  bytes[size - 1] = PACKET_TRAILING_BYTE;
  return bytes;
}

/** The sum of the bytes. */
export function checksum(payload: Uint8Array): number {
  return payload.reduce((sum, byte) => sum + byte, 0);
}

function header(leader: number, type: number, count: number, id: number, sum: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.fill(leader, 0, 4);
  view.setUint16(4, type, true);
  view.setUint16(6, count, true);
  view.setUint32(8, id, true);
  view.setUint32(12, sum, true);
  return bytes;
}
