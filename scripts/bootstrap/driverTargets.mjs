// What of tests/fixtures/drivers is built, with which compiler and flags. mingw's flags for a driver: no C runtime, no
// stack helpers, native subsystem, DriverEntry as the entry, only the kernel's import libraries.

/**
 * @typedef {object} DriverTarget
 * @property {string} name by which tests ask for it
 * @property {string} output file name in out/drivers
 * @property {"c" | "rust"} language
 * @property {string} source the file that is compiled, relative to tests/fixtures/drivers
 * @property {readonly string[]} [libraries]
 * @property {readonly string[]} inputs files and folders that it is made of, itself included; relative as well
 */

export const MINGW_GCC = "x86_64-w64-mingw32-gcc";
export const RUST_TARGET = "x86_64-pc-windows-gnu";

/** NT's pool tags are constants of four characters, which gcc warns about elsewhere with reason. */
const WARNINGS = ["-Wall", "-Wextra", "-Werror", "-Wno-multichar"];

const DRIVER_LINK = [
  "-shared",
  "-nostdlib",
  "-Wl,--subsystem,native,--entry,DriverEntry,--dynamicbase,--nxcompat,--image-base,0x140000000,--exclude-all-symbols",
];
const DRIVER_LIBRARIES = ["-lntoskrnl", "-lhal"];
const DRIVER_CODE = ["-ffreestanding", "-fno-builtin", "-fno-stack-protector", "-mno-stack-arg-probe"];

/** The headers that the C files share; each includes what it needs of them. */
const shared = ["completeIrp.h", "namedDevice.h"];
const cDrivers = ["hello", "example", "exampleRw", "sanctum", "ioctlMethods", "pendCancel", "prints", "links"];
const pipeHelpers = ["poorMansPipes/openPipe.h"];
const rustDrivers = ["hello", "example", "exampleRw"];

/** @type {readonly DriverTarget[]} */
export const driverTargets = [
  ...cDrivers.map((name) => cTarget(name, `${name}.sys`, `${name}.c`, shared)),
  cTarget("poorMansPipes", "poorMansPipes.sys", "poorMansPipes/poorMansPipes.c", [
    ...shared,
    "poorMansPipes/circularBuffer.h",
  ]),
  cTarget("usedriver2", "usedriver2.exe", "poorMansPipes/usedriver2.c", pipeHelpers),
  cTarget("usedriver3", "usedriver3.exe", "poorMansPipes/usedriver3.c", pipeHelpers),
  cTarget("client", "client.exe", "client.c", []),
  cTarget("oddNames", "oddNames.exe", "oddNames.c", [], ["-lntdll"]),
  cTarget("dbwinReader", "dbwinReader.exe", "dbwinReader.c", []),
  cTarget("ods", "ods.exe", "ods.c", []),
  cTarget("manyObjects", "manyObjects.exe", "manyObjects.c", [], ["-lntdll"]),
  cTarget("cycleFile", "cycleFile.exe", "cycleFile.c", []),
  cTarget("dbwinCount", "dbwinCount.exe", "dbwinCount.c", []),
  cTarget("fakeTrace", "fakeTrace.dll", "fakeTrace.c", []),
  ...rustDrivers.map((name) => rustTarget(name)),
];

/**
 * @param {string} name
 * @param {string} output
 * @param {string} source
 * @param {readonly string[]} headers
 * @param {readonly string[]} [libraries] of a program, besides the C runtime's
 * @returns {DriverTarget}
 */
function cTarget(name, output, source, headers, libraries = []) {
  return { name, output, language: "c", source, inputs: [source, ...headers], libraries };
}

/**
 * @param {string} name
 * @returns {DriverTarget}
 */
function rustTarget(name) {
  const file = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const source = `rust/${name.replace("Rw", "_rw")}.rs`;
  return {
    name: `rust${file}`,
    output: `rust${file}.sys`,
    language: "rust",
    source,
    inputs: [source, "rust/framework"],
  };
}

/**
 * The arguments for gcc.
 * @param {DriverTarget} target
 * @param {string} ddkHeaders the folder with ntddk.h
 * @param {string} output
 */
export function gccArguments(target, ddkHeaders, output) {
  if (target.output.endsWith(".exe"))
    return ["-O2", ...WARNINGS, "-o", output, target.source, ...(target.libraries ?? [])];
  if (target.output.endsWith(".dll")) return ["-O2", ...WARNINGS, "-shared", "-o", output, target.source];
  return [
    "-O2",
    ...WARNINGS,
    ...DRIVER_CODE,
    ...DRIVER_LINK,
    `-I${ddkHeaders}`,
    "-o",
    output,
    target.source,
    ...DRIVER_LIBRARIES,
  ];
}

/**
 * The arguments for rustc: the driver as one static library, with everything of core and alloc that it uses.
 * @param {DriverTarget} target
 * @param {string} output
 */
export function rustcArguments(target, output) {
  const code = ["-C", "panic=abort", "-C", "opt-level=2", "-C", "lto=fat", "-C", "relocation-model=pic"];
  return [
    "--edition",
    "2021",
    "--target",
    RUST_TARGET,
    "--crate-type",
    "staticlib",
    ...code,
    "-o",
    output,
    target.source,
  ];
}

/**
 * The arguments for gcc as the linker of such a library.
 * @param {string} library
 * @param {string} output
 */
export function rustLinkArguments(library, output) {
  return [...DRIVER_LINK, "-Wl,--gc-sections", "-o", output, library, ...DRIVER_LIBRARIES, "-lgcc"];
}
