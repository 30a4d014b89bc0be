/**
 * What the page takes from below the boundary: value types, and the few pure functions that both sides must agree
 * on (how a raw name is shown, how a path is cut, what a failure looks like). Nothing here reaches Node.
 */
export type * from "../main/engine/protocol";
export { logKinds, logSources } from "../main/log/logRecord";
export type * from "../main/log/logRule";
export type { ClientIdentity, ClientToken } from "../main/machine/clientToken";
export { joinWords, splitWords } from "../main/machine/commandWords";
export { exitCodeText } from "../main/machine/exitCodeText";
export type * from "../main/machine/fieldValue";
export { dumpText, parseHex } from "../main/machine/hexBytes";
export type * from "../main/machine/irpTrace";
export type * from "../main/machine/machine";
export { baseName, isWithin, joinPath, parentPath, ROOT_PATH, splitPath } from "../main/machine/ntPath";
export type * from "../main/machine/poolUse";
export type * from "../main/machine/programs";
export { type Field, fail, ntscopeError, ok, type Result, type StatusError } from "../main/machine/result";
export type * from "../main/machine/threads";
export { hasHiddenCharacters, visibleLine, visibleText } from "../main/machine/visibleText";
export { deadlockTexts, holderText, waitText } from "../main/machine/waitWords";
