/** The manual names what there is: every key of the command table, every command of the command line. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandTable } from "../../main/cli/commandTable";
import { builtinDrivers } from "../../main/kernel/drivers/builtinDrivers";
import { type CommandRow, commands } from "../../preload/commands";

const manual = readFileSync(join(__dirname, "../../docs/manual.md"), "utf8");

describe("docs/manual.md", () => {
  it.each(Object.values(commands).filter((row: CommandRow) => row.accelerator !== undefined))(
    "lists $accelerator",
    (row: CommandRow) => {
      const key = row.accelerator?.replace(/(?:CommandOr)?Control/, "Ctrl");
      expect(manual).toContain(`| ${key} | ${row.title.replace("&", "").replace("...", "")} |`);
    },
  );

  it.each(commandTable.map((command) => command.name))("explains the command %s", (name) => {
    expect(manual).toMatch(new RegExp(`\`${name}[ \`]`));
  });

  it.each(builtinDrivers.map((driver) => driver.name))("lists the driver builtin:%s", (name) => {
    expect(manual).toMatch(new RegExp(`^\\| \`builtin:${name}\` \\|[^|]+\\|[^|]+\\|$`, "m"));
  });

  it("has one table of contents, with every section in its order", () => {
    const titles = [...manual.matchAll(/^## (.+)$/gm)].map(([, title = ""]) => title);
    const contents = [...manual.matchAll(/(\d+)\. \[([^\]]+)\]\(#([^)]+)\)/g)].map(([, ...words]) => words.join(" "));
    expect(contents).toEqual(
      titles.map((title, index) => `${index + 1} ${title} ${title.toLowerCase().replaceAll(" ", "-")}`),
    );
  });

  it("links to sections that it has", () => {
    const anchors = [...manual.matchAll(/^##+ (.+)$/gm)].map(([, title = ""]) =>
      title.toLowerCase().replaceAll(" ", "-"),
    );
    const links = [...manual.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = ""]) => anchor);
    expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
  });
});
