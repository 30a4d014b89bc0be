/**
 * The letters of the security descriptor definition language for kinds of entries, flags and rights ("ACE Strings",
 * sddl.h; [MS-DTYP] 2.5.1.1). SIDs' letters are in wellKnownSids.ts.
 */

/** Where one meaning has several spellings, the first is written. */
type Letters = readonly (readonly [letters: string, value: number])[];

export const aceTypeLetters: Letters = [
  ["A", 0x0],
  ["D", 0x1],
  ["AU", 0x2],
  ["AL", 0x3],
  ["OA", 0x5],
  ["OD", 0x6],
  ["OU", 0x7],
  ["OL", 0x8],
  ["ML", 0x11],
  ["SP", 0x13],
  ["TL", 0x14],
];

/** Entries with a condition or an attribute behind the SID: known, so that they can be refused by name. */
export const aceTypesWithData = ["XA", "XD", "XU", "ZA", "RA", "FL"];

export const aceFlagLetters: Letters = [
  ["OI", 0x1],
  ["CI", 0x2],
  ["NP", 0x4],
  ["IO", 0x8],
  ["ID", 0x10],
  ["SA", 0x40],
  ["FA", 0x80],
  ["CR", 0x20],
];

/** Alone these are written by name; within a mask of several rights those of one bit are. */
export const allAccessLetters: Letters = [
  ["FA", 0x1f01ff],
  ["FR", 0x120089],
  ["FW", 0x120116],
  ["FX", 0x1200a0],
  ["KA", 0xf003f],
  ["KR", 0x20019],
  ["KW", 0x20006],
  // KX is KR.
  ["KX", 0x20019],
];

/** In the order of their bits, as Windows writes them: `CCDCLCSWRPWPDTLOCRSDRCWDWO`, `SDGXGWGR`. */
export const rightLetters: Letters = [
  ["CC", 0x1],
  ["DC", 0x2],
  ["LC", 0x4],
  ["SW", 0x8],
  ["RP", 0x10],
  ["WP", 0x20],
  ["DT", 0x40],
  ["LO", 0x80],
  ["CR", 0x100],
  ["SD", 0x1_0000],
  ["RC", 0x2_0000],
  ["WD", 0x4_0000],
  ["WO", 0x8_0000],
  ["GA", 0x1000_0000],
  ["GX", 0x2000_0000],
  ["GW", 0x4000_0000],
  ["GR", 0x8000_0000],
];

/** Of a mandatory label: SYSTEM_MANDATORY_LABEL_NO_... */
export const labelRightLetters: Letters = [
  ["NW", 0x1],
  ["NR", 0x2],
  ["NX", 0x4],
];

export const daclFlagLetters: Letters = [
  ["P", 0x1000],
  ["AR", 0x100],
  ["AI", 0x400],
];

export const saclFlagLetters: Letters = [
  ["P", 0x2000],
  ["AR", 0x200],
  ["AI", 0x800],
];

/** In the place of a list: present, and NULL. */
export const NO_ACCESS_CONTROL = "NO_ACCESS_CONTROL";

export const MANDATORY_LABEL_TYPE = 0x11;
