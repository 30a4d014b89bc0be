// What Electron needs of a Linux system that no npm package brings, what tests need beside it, and which of it is
// missing. Names differ between distributions; the files do not, so the files are what is looked for.

/**
 * @typedef {"window" | "test" | "wine"} Purpose window: to show it; test: for `npm test` only; wine: for the tests under
 *   Wine, whose drivers are built with mingw-w64 and Rust; for `npm test` only as well
 * @typedef {object} SystemPackage
 * @property {string} name what it is, for messages
 * @property {string} [library] the shared library by which it is known
 * @property {string} [program] the program by which it is known
 * @property {string} [folder] the folder by which it is known
 * @property {Purpose} purpose
 * @property {boolean} [optional] the window works without, only worse
 * @property {readonly string[]} apt Debian and Ubuntu; the newest name first (t64: Debian 13, Ubuntu 24.04)
 * @property {string} dnf Fedora
 * @property {string} pacman Arch
 */

/** @type {readonly SystemPackage[]} */
export const systemPackages = [
  {
    name: "GTK 3",
    library: "libgtk-3.so.0",
    purpose: "window",
    apt: ["libgtk-3-0t64", "libgtk-3-0"],
    dnf: "gtk3",
    pacman: "gtk3",
  },
  { name: "NSS", library: "libnss3.so", purpose: "window", apt: ["libnss3"], dnf: "nss", pacman: "nss" },
  {
    name: "ALSA",
    library: "libasound.so.2",
    purpose: "window",
    apt: ["libasound2t64", "libasound2"],
    dnf: "alsa-lib",
    pacman: "alsa-lib",
  },
  { name: "GBM", library: "libgbm.so.1", purpose: "window", apt: ["libgbm1"], dnf: "mesa-libgbm", pacman: "mesa" },
  {
    name: "XScreenSaver",
    library: "libXss.so.1",
    purpose: "window",
    apt: ["libxss1"],
    dnf: "libXScrnSaver",
    pacman: "libxss",
  },
  {
    name: "ATK bridge",
    library: "libatk-bridge-2.0.so.0",
    purpose: "window",
    apt: ["libatk-bridge2.0-0t64", "libatk-bridge2.0-0"],
    dnf: "at-spi2-atk",
    pacman: "at-spi2-core",
  },
  { name: "DRM", library: "libdrm.so.2", purpose: "window", apt: ["libdrm2"], dnf: "libdrm", pacman: "libdrm" },
  {
    name: "Inter, the font of the window",
    folder: "/usr/share/fonts/opentype/inter",
    purpose: "window",
    optional: true,
    apt: ["fonts-inter"],
    dnf: "rsms-inter-fonts",
    pacman: "inter-font",
  },
  {
    name: "DejaVu, for monospaced text and rare characters",
    folder: "/usr/share/fonts/truetype/dejavu",
    purpose: "window",
    optional: true,
    apt: ["fonts-dejavu-core"],
    dnf: "dejavu-sans-mono-fonts",
    pacman: "ttf-dejavu",
  },
  {
    name: "Xvfb",
    program: "Xvfb",
    purpose: "test",
    apt: ["xvfb"],
    dnf: "xorg-x11-server-Xvfb",
    pacman: "xorg-server-xvfb",
  },
  {
    name: "mingw-w64, whose headers the layout tests are checked against",
    program: "x86_64-w64-mingw32-gcc",
    purpose: "test",
    apt: ["gcc-mingw-w64-x86-64"],
    dnf: "mingw64-gcc",
    pacman: "mingw-w64-gcc",
  },
  { name: "Wine", program: "wine", purpose: "wine", apt: ["wine"], dnf: "wine", pacman: "wine" },
  {
    name: "64-bit Wine",
    folder: "/usr/lib/x86_64-linux-gnu/wine/x86_64-windows",
    purpose: "wine",
    optional: true,
    apt: ["wine64"],
    dnf: "wine",
    pacman: "wine",
  },
  {
    name: "Rust, for the test drivers in it",
    program: "rustc",
    purpose: "wine",
    optional: true,
    apt: ["rustc"],
    dnf: "rust",
    pacman: "rust",
  },
  {
    name: "Rust's libraries for Windows",
    folder: "/usr/lib/rustlib/x86_64-pc-windows-gnu",
    purpose: "wine",
    optional: true,
    apt: ["libstd-rust-dev-windows"],
    dnf: "rust-std-static-x86_64-pc-windows-gnu",
    pacman: "rust",
  },
];

/**
 * @typedef {object} SystemProbe what a computer has
 * @property {(soname: string) => boolean} hasLibrary
 * @property {(program: string) => boolean} hasProgram
 * @property {(folder: string) => boolean} hasFolder
 */

/**
 * @param {SystemProbe} probe
 * @param {readonly Purpose[]} purposes
 * @returns {SystemPackage[]}
 */
export function missingPackages(probe, purposes) {
  return systemPackages.filter((entry) => {
    if (!purposes.includes(entry.purpose)) return false;
    if (entry.library !== undefined) return !probe.hasLibrary(entry.library);
    if (entry.program !== undefined) return !probe.hasProgram(entry.program);
    return entry.folder !== undefined && !probe.hasFolder(entry.folder);
  });
}

/**
 * The command a user has to type, for the package tool that is there.
 * @param {readonly SystemPackage[]} missing
 * @param {(program: string) => boolean} hasProgram
 * @param {(name: string) => boolean} isKnownToApt which of a package's names this release has
 * @returns {string | undefined} undefined where no known package tool is
 */
export function installCommand(missing, hasProgram, isKnownToApt) {
  if (hasProgram("apt-get"))
    return `apt-get install -y --no-install-recommends ${aptNames(missing, isKnownToApt).join(" ")}`;
  if (hasProgram("dnf")) return `dnf install -y ${missing.map((entry) => entry.dnf).join(" ")}`;
  if (hasProgram("pacman")) return `pacman -S --needed ${missing.map((entry) => entry.pacman).join(" ")}`;
  return undefined;
}

/**
 * @param {readonly SystemPackage[]} missing
 * @param {(name: string) => boolean} isKnown
 * @returns {string[]}
 */
export function aptNames(missing, isKnown) {
  return missing.map((entry) => entry.apt.find(isKnown) ?? entry.apt.at(-1) ?? entry.name);
}
