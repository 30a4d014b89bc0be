// Stands for native-bindings/koffi/advapi32 where the bundle is built for fakeTrace.c: the same prototypes, that DLL.
import { nativeFunction } from "../../../native-bindings/koffi/library";

/** The main thread has it as its argument and hands it on to its worker. */
const dll = process.env.NTSCOPE_FAKE_TRACE ?? process.argv[2] ?? "";

const fake = (prototype: string) => nativeFunction(dll, prototype);

export const StartTraceW = fake("uint32 FakeStartTraceW(void *Session, void *Name, void *Properties)");
export const ControlTraceW = fake(
  "uint32 FakeControlTraceW(uint64 Session, void *Name, void *Properties, uint32 Control)",
);
export const ProcessTrace = fake("uint32 FakeProcessTrace(void *Handles, uint32 Count, void *Start, void *End)");
export const CloseTrace = fake("uint32 FakeCloseTrace(uint64 Trace)");
export const OpenTraceW = fake("uint64 FakeOpenTraceW(void *LogFile)");
