/** What a Win32 error code says. */
import * as codes from "./codes";
import { win32Sentences } from "./sentences";

export interface Win32ErrorDescription {
  /** Unsigned. */
  readonly code: number;
  /** "ERROR_SERVICE_DOES_NOT_EXIST", or "Win32 error 12345" for a code without a name. */
  readonly name: string;
  /** A sentence. */
  readonly message: string;
}

const nameByCode = new Map<number, keyof typeof codes>();
for (const [name, code] of Object.entries(codes)) nameByCode.set(code, name as keyof typeof codes);

/** Every code by its name, in numerical order. */
export const win32Codes: Readonly<Record<string, number>> = codes;

export function win32ErrorName(code: number): string | undefined {
  return nameByCode.get(code >>> 0);
}

export function describeWin32Error(code: number): Win32ErrorDescription {
  const unsigned = code >>> 0;
  const name = nameByCode.get(unsigned);
  return name === undefined
    ? { code: unsigned, name: `Win32 error ${unsigned}`, message: "A Win32 error without a name here." }
    : { code: unsigned, name, message: win32Sentences[name] };
}
