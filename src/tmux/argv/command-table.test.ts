// The table of commands: its order, what it prints, and the flags before the verb.

import { expect, test } from "bun:test";
import { COMMANDS, commandSummaries, commandVariables, describeCommand } from "./command-table.ts";
import { parseGlobalFlags } from "./global-flags.ts";
import { parseNumber, parseSize } from "./numbers.ts";

test("the table, has the 90 commands of 3.4 once each, and no two share an alias", () => {
  const names = COMMANDS.flatMap((entry) => [entry.name, ...(entry.alias === undefined ? [] : [entry.alias])]);
  expect(new Set(names).size).toBe(names.length);
  expect(COMMANDS.length).toBe(90);
});

test("every flag in a usage, is a flag that is taken", () => {
  for (const entry of COMMANDS) {
    const cluster = /^\[-([A-Za-z0-9]+)\]/.exec(entry.usage)?.[1] ?? "";
    const valued = [...entry.usage.matchAll(/\[-(\w) [^\]]+\]/g)].map((found) => `${found[1]}:`);
    const missing = [...cluster, ...valued].filter((flag) => !entry.flags.includes(flag));
    expect([entry.name, missing]).toEqual([entry.name, entry.name === "server-access" ? ["t:"] : []]);
  }
});

test("a row, is printed as list-commands does", () => {
  const lines = COMMANDS.map(describeCommand);
  expect(lines).toContain("has-session (has) [-t target-session]");
  expect(lines).toContain("kill-server ");
  expect(commandSummaries().find((row) => row.verb === "new-window")).toMatchObject({ aliases: ["neww"], tier: 1 });
  expect(commandVariables(COMMANDS[0] ?? expect.unreachable())).toMatchObject({ command_list_alias: "attach" });
});

test("flags before the verb, are told from the verb's", () => {
  expect(parseGlobalFlags(["-u", "-LNAME", "-S", "/s", "-f/dev/null", "-CC", "ls", "-F", "x"])).toMatchObject({
    kind: "run",
    flags: { socketName: "NAME", socketPath: "/s", configFiles: ["/dev/null"], control: 2, utf8: true },
    rest: ["ls", "-F", "x"],
  });
  expect(parseGlobalFlags(["-V"])).toEqual({ kind: "version" });
  expect(parseGlobalFlags(["-Q"])).toMatchObject({
    text: expect.stringContaining("tmux: unknown option -- Q\nusage:"),
  });
  expect(parseGlobalFlags(["-L"])).toMatchObject({
    text: expect.stringContaining("tmux: option requires an argument -- L\n"),
  });
});

test("a number out of range, says so as strtonum does", () => {
  expect(parseNumber("12", 0, 100)).toEqual({ ok: true, value: 12 });
  expect(parseNumber("x", 0, 100)).toEqual({ ok: false, message: "invalid" });
  expect(parseNumber("-1", 0, 100)).toEqual({ ok: false, message: "too small" });
  expect(parseNumber("101", 0, 100)).toEqual({ ok: false, message: "too large" });
  expect(parseSize("30%", 1, 1000, 201)).toEqual({ ok: true, value: 60 });
});
