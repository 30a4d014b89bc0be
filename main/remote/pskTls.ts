/**
 * TLS with a pre-shared key, alike on both sides. TLS 1.2 with ECDHE and a PSK is what Node on OpenSSL and Electron on
 * BoringSSL have in common; the key exchange gives forward secrecy, the key proves both sides, and there is no
 * certificate that anyone would have to make, check or renew.
 */
import { constants } from "node:crypto";
import type { ConnectionOptions, TlsOptions } from "node:tls";

/** What the client calls the key: there is one key a server, so this says only which protocol is meant. */
const IDENTITY = "ntscope-agent";

const common = {
  ciphers: "ECDHE-PSK-CHACHA20-POLY1305",
  minVersion: "TLSv1.2",
  maxVersion: "TLSv1.2",
  // Without tickets every connection proves the key, also after it was changed.
  secureOptions: constants.SSL_OP_NO_TICKET,
} as const;

/** @param timeout milliseconds that a handshake may take */
export function serverTls(key: Uint8Array, timeout: number): TlsOptions {
  return {
    ...common,
    handshakeTimeout: timeout,
    pskCallback: (_socket, identity) => (identity === IDENTITY ? Buffer.from(key) : null),
  };
}

export function clientTls(key: Uint8Array): ConnectionOptions {
  return {
    ...common,
    pskCallback: () => ({ psk: Buffer.from(key), identity: IDENTITY }),
    // There is no certificate to hold against the host's name.
    checkServerIdentity: () => undefined,
  };
}
