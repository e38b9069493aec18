import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { configFields, readConfig } from "../apps/server/config.ts";
import { demoAccounts } from "../demo/demo.ts";
import { readStart } from "./browser/started-house.ts";
import { environmentBlock, withBlocks } from "./generated.ts";

const readme = readFileSync("README.md", "utf8");
const packageJson = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };

describe("the README keeps what it promises", () => {
  it("names exactly the two commands", () =>
    expect([...readme.matchAll(/^```\n(npm ci[^\n]*)\n```$/gm)].map((one) => one[1])).toEqual([
      "npm ci && npm start",
      "npm ci && npm test",
    ]));

  it("lists every demonstration account and no other, with its password", () => {
    const rows = readme.split("\n").filter((line) => line.startsWith("| `") && !line.includes("npm run"));
    const listed = rows.flatMap((line) =>
      [...(line.split("|")[1] ?? "").matchAll(/`([a-z][a-z0-9-]+)`/g)].map((one) => one[1] as string),
    );
    expect(listed.sort()).toEqual(demoAccounts.map((one) => one.login).sort());
    for (const { password } of demoAccounts) expect(readme).toContain(`\`${password}\``);
  });

  it("names only scripts that exist", () => {
    for (const [, name] of readme.matchAll(/npm run (?:--silent )?([a-z-]+)/g))
      expect(packageJson.scripts, name).toHaveProperty(name as string);
  });

  it("shows every setting of the environment, as the schema has it", () => {
    expect(withBlocks(readme, [environmentBlock()])).toBe(readme);
    for (const name of Object.keys(configFields)) expect(environmentBlock().body).toContain(`\`${name}\``);
    expect(readConfig({}).port).toBe(3000);
  });
});

describe("blocks that tools write", () => {
  it("replace their old text and nothing else", () => {
    const text = "before\n<!-- generated: a -->\nold\n<!-- end -->\nafter\n";
    expect(withBlocks(text, [{ name: "a", body: "new $& \\1" }])).toBe(
      "before\n<!-- generated: a -->\nnew $& \\1\n<!-- end -->\nafter\n",
    );
  });
  it("are put at the end when they have no place yet", () =>
    expect(withBlocks("text\n", [{ name: "b", body: "x" }])).toBe("text\n\n<!-- generated: b -->\nx\n<!-- end -->\n"));
});

it("the printed start is read back: address and accounts", () => {
  const printed =
    "善治 Shanzhi  http://localhost:4711/  门户\n   http://localhost:4711/console/  工作台\n  admin          Secret-2026        who · what it is\n";
  expect(readStart(printed)).toEqual({
    address: "http://localhost:4711",
    accounts: [{ login: "admin", password: "Secret-2026", what: "who · what it is" }],
  });
  expect(readStart("nothing yet")).toBeUndefined();
});
