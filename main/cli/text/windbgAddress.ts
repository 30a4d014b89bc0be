/** Addresses as WinDbg's extensions print them in tables: 16 digits in lower case. */

export function windbgAddress(hex: string): string {
  return hex.replace(/^0x/i, "").toLowerCase().padStart(16, "0");
}
