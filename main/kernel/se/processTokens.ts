/** Which token a new process gets: SYSTEM's for the first, then an elevated administrator's unless its maker says whose. */
import type { ProcessTokens } from "../ps/ps";
import type { Se } from "./se";

export function processTokens(se: Se): ProcessTokens {
  let isFirst = true;
  return {
    assign: (process, token) => {
      se.tokens.assign(process, token ?? se.ready(isFirst ? "system" : "administrator"));
      isFirst = false;
    },
    release: (process) => se.tokens.release(process),
  };
}
