/** How a user names a source of log lines: for help, for a dialog, and for the answer to what is none of them. */
export const sourceForms = {
  dbwin: "dbwin [session|global]",
  etw: "etw",
  kd: "kd pipe:NAME|pipe:PATH|tcp:HOST:PORT",
  dbgview: "dbgview HOST[:PORT]",
  file: "file PATH [--from-start]",
  listen: "listen tcp:[HOST:]PORT|udp:[HOST:]PORT",
  run: "run PROGRAM [ARGS...]",
  stdin: "stdin",
} as const;

export type SourceKind = keyof typeof sourceForms;
