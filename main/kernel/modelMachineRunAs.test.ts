import { describe, expect, it } from "vitest";
import type { ClientToken } from "../machine/clientToken";
import type { Machine } from "../machine/machine";
import { createTestMachine, unwrap } from "./testMachine";

async function startExample(machine: Machine): Promise<void> {
  unwrap(await machine.createService({ name: "example", binPath: "builtin:example", type: "kernel" }));
  unwrap(await machine.startService("example"));
}

async function messageOfOpen(machine: Machine, path: string, access: "r" | "rw" = "rw"): Promise<string> {
  const opened = await machine.open({ path, access });
  return opened.ok ? "opened" : opened.error.message;
}

describe("acting as somebody else", () => {
  it("begins as an elevated administrator, and does again after a restart", async () => {
    const { machine } = createTestMachine();
    expect((await machine.info()).capabilities).toContain("runAs");
    const admin = unwrap(await machine.clientToken());
    expect(admin).toMatchObject({ token: "administrator", account: "MODEL\\admin", integrity: "High" });
    expect(unwrap(await machine.setClientToken("system"))).toMatchObject({
      account: "NT AUTHORITY\\SYSTEM",
      integrity: "System",
    });
    unwrap(await machine.restart());
    expect(unwrap(await machine.clientToken())).toEqual(admin);
  });

  it.each<[ClientToken, string, string]>([
    ["system", "opened", "opened"],
    ["administrator", "opened", "opened"],
    [
      "standard",
      "opened",
      "\\Device\\Harddisk0\\DR0 refuses a standard user. No entry of the access control list grants FILE_READ_DATA | FILE_READ_EA to a standard user.",
    ],
    [
      "appcontainer",
      "\\Device\\Example refuses an app container. No entry for app containers (ALL APPLICATION PACKAGES, the package or one of its capabilities) grants",
      "\\Device\\Harddisk0\\DR0 refuses an app container. No entry of the access control list grants",
    ],
  ])("opens as %s what its token may, and says why not", async (token, example, disk) => {
    const { machine } = createTestMachine();
    await startExample(machine);
    unwrap(await machine.setClientToken(token));
    expect(await messageOfOpen(machine, "\\\\.\\Example", "r")).toContain(example);
    // The driver of the disk has no hardware behind it: past the check it may answer what it likes.
    const answer = await messageOfOpen(machine, "\\\\.\\PhysicalDrive0", "r");
    if (disk === "opened") expect(answer).not.toContain("refuses");
    else expect(answer).toContain(disk);
  });

  it("keeps open what is open", async () => {
    const { machine } = createTestMachine();
    await startExample(machine);
    const { handle } = unwrap(await machine.open({ path: "\\\\.\\Example", access: "rw" }));
    unwrap(await machine.setClientToken("appcontainer"));
    expect(await machine.close(handle)).toMatchObject({ ok: true });
  });

  it("tells a refusal of the driver's own from one of the descriptor", async () => {
    const { machine } = createTestMachine();
    unwrap(await machine.createService({ name: "s", binPath: "builtin:sanctum", type: "kernel" }));
    unwrap(await machine.startService("s"));
    const message = await messageOfOpen(machine, "\\\\.\\HevdSanctum");
    expect(message).not.toContain("refuses");
  });

  it("notes in the last hop of a path what the caller may not do there", async () => {
    const { machine } = createTestMachine();
    const note = async (path: string) => unwrap(await machine.resolve(path)).hops.at(-1)?.note;
    expect(await note("\\Driver")).toBeUndefined();
    unwrap(await machine.setClientToken("standard"));
    expect(await note("\\Driver")).toBe(
      "As a standard user you cannot list it: No entry of the access control list grants DIRECTORY_QUERY to a standard user.",
    );
    expect(await note("\\GLOBAL??\\PhysicalDrive0")).toContain("As a standard user you cannot open it for reading:");
    expect(await note("\\Device\\Null")).toBeUndefined();
  });

  it("shows the page Security as real machines have it, with what the caller is granted", async () => {
    const { machine } = createTestMachine();
    const security = async () => {
      const { sections } = unwrap(await machine.describe("\\Driver", { open: false }));
      const page = sections.find(({ id }) => id === "security");
      return Object.fromEntries((page?.fields ?? []).map(({ id, label, field }) => [id, { label, field }]));
    };
    expect(await security()).toMatchObject({
      owner: { field: { value: { text: "BUILTIN\\Administrators (S-1-5-32-544)" } } },
      sddl: {
        field: {
          value: {
            text: "O:BAG:SYD:(A;;CCDCLCSWSDRCWDWO;;;SY)(A;;CCDCRC;;;BA)",
          },
        },
      },
      granted: { label: "Granted to an elevated administrator" },
    });
    unwrap(await machine.setClientToken("standard"));
    expect((await security()).granted).toMatchObject({
      label: "Granted to a standard user",
      field: {
        value: { text: expect.stringMatching(/^Nothing\. No entry .* grants any right to a standard user\.$/) },
      },
    });
  });
});
