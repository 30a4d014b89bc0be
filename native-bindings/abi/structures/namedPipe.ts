/** What IRP_MJ_CREATE_NAMED_PIPE and IRP_MJ_CREATE_MAILSLOT carry (ntifs.h). */
import { structure } from "../structure";

export const NAMED_PIPE_CREATE_PARAMETERS = structure("NAMED_PIPE_CREATE_PARAMETERS", 0x28, {
  NamedPipeType: [0x0, "u32", "0 bytes, 1 messages"],
  ReadMode: [0x4, "u32", "0 bytes, 1 messages"],
  CompletionMode: [0x8, "u32", "0 wait, 1 answer at once"],
  MaximumInstances: [0xc, "u32", "0xFFFFFFFF for no limit"],
  InboundQuota: [0x10, "u32", "bytes of buffer towards the server"],
  OutboundQuota: [0x14, "u32", "bytes of buffer towards the client"],
  DefaultTimeout: [0x18, "i64", "negative, in 100 ns"],
  TimeoutSpecified: [0x20, "u8", "DefaultTimeout counts"],
});

export const MAILSLOT_CREATE_PARAMETERS = structure("MAILSLOT_CREATE_PARAMETERS", 0x18, {
  MailslotQuota: [0x0, "u32", "bytes of buffer"],
  MaximumMessageSize: [0x4, "u32", "bytes; 0 for no limit"],
  ReadTimeout: [0x8, "i64", "negative, in 100 ns; -1 for ever"],
  TimeoutSpecified: [0x10, "u8", "ReadTimeout counts"],
});
