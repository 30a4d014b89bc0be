// Runs under Windows' Node.js in a prefix: loads koffi and calls kernel32 with it.
const koffi = require("koffi");

const kernel32 = koffi.load("kernel32.dll");
const getCurrentProcessId = kernel32.func("uint32_t __stdcall GetCurrentProcessId()");
process.stdout.write(
  JSON.stringify({
    platform: process.platform,
    node: process.versions.node,
    koffi: koffi.version,
    fromNode: process.pid,
    fromKernel32: getCurrentProcessId(),
  }),
);
