import { expect, test } from "bun:test";
import { allCommands, indexedNames } from "./command-table.ts";
import { namesOf } from "./find-command.ts";
import { type Invocation, parseCommandLine } from "./parse.ts";

function invocation(...argv: string[]): Invocation {
  const parsed = parseCommandLine(argv);
  if (!parsed.ok) throw new Error(parsed.message);
  if (parsed.value.kind !== "run") throw new Error(parsed.value.kind);
  return parsed.value.invocation;
}

function failure(...argv: string[]) {
  const parsed = parseCommandLine(argv);
  return parsed.ok ? undefined : parsed;
}

test("a verb, an alias and -a, the same command", () => {
  expect(invocation("attach", "x").command.verb).toBe("attach");
  expect(invocation("a", "x").command.verb).toBe("attach");
  expect(invocation("-a", "x").positionals).toEqual(["x"]);
  expect(invocation("daemon")).toMatchObject({ positionals: ["run"], command: { verb: "host" } });
});

test("short flags combined, with values attached, apart and after =", () => {
  expect(invocation("start", "-dn", "x").flags.text("name")).toBe("x");
  expect(invocation("start", "-nx", "-lk=v", "-l=a=b", "--label=c=d=e").flags.pairs("label")).toEqual({
    k: "v",
    a: "b",
    c: "d=e",
  });
});

test("negative numbers, values in every spelling", () => {
  for (const words of [["-S", "-20"], ["-S-20"], ["-S=-20"], ["--start=-20"], ["--start", "-20"]]) {
    expect(invocation("logs", "x", ...words).flags.integer("start")).toBe(-20);
  }
});

test("words after --, verbatim and never flags", () => {
  const { program, positionals, flags } = invocation("start", "-n", "x", "--", "sh", "-c", "--help", "--", "-x");
  expect(program).toEqual(["sh", "-c", "--help", "--", "-x"]);
  expect(positionals).toEqual([]);
  expect(flags.has("help")).toBe(false);
  expect(invocation("send", "x", "--", "--enter", "-h").positionals).toEqual(["x", "--enter", "-h"]);
});

test("-- in place of a value, a usage error instead of a swallowed program", () => {
  expect(failure("start", "--name", "--", "sh")).toMatchObject({ code: "usage" });
});

test("a flag in place of a value, a usage error that says how to mean it", () => {
  expect(failure("logs", "x", "--tail", "--json")?.hint).toContain("--tail=--json");
  expect(invocation("send", "x", "--text=--enter").flags.text("text")).toBe("--enter");
});

test("--help anywhere before --, the help of that verb", () => {
  for (const argv of [
    ["logs", "-h"],
    ["logs", "--help"],
    ["logs", "x", "--tail", "3", "-h"],
  ]) {
    expect(parseCommandLine(argv)).toMatchObject({ value: { kind: "help", command: { verb: "logs" } } });
  }
  expect(parseCommandLine([])).toMatchObject({ value: { kind: "help", command: undefined } });
  expect(parseCommandLine(["-V"])).toMatchObject({ value: { kind: "version" } });
});

test("unknown verbs and flags, usage errors that suggest the nearest", () => {
  expect(failure("strat")).toMatchObject({ code: "usage", hint: "did you mean `bide start`?" });
  expect(failure("list", "--jsno")).toMatchObject({ code: "usage", hint: "did you mean --json?" });
  expect(failure("list", "-z")).toMatchObject({ code: "usage" });
  expect(failure("--version-please")).toMatchObject({ code: "usage" });
  expect(failure("__proto__")).toMatchObject({ code: "usage" });
  expect(failure("list", "--__proto__=1")).toMatchObject({ code: "usage" });
});

test("too few words, too many, wrong ones, usage errors", () => {
  expect(failure("attach")).toMatchObject({ code: "usage", message: "bide attach needs SEL" });
  expect(failure("list", "x")).toMatchObject({ code: "usage" });
  expect(failure("start", "make")).toMatchObject({ code: "usage", hint: "put the program after --" });
  expect(failure("theme", "x", "blu")).toMatchObject({ code: "usage", hint: "did you mean blue?" });
  expect(failure("list", "--json=yes")).toMatchObject({ code: "usage" });
});

test("--workspace with --role, in place of SEL", () => {
  expect(failure("attach", "--workspace", ".", "--role", "agent")).toBeUndefined();
  expect(failure("rename", "--workspace", ".", "--role", "agent", "new")).toBeUndefined();
  expect(failure("attach", "--role", "agent")).toMatchObject({ code: "usage" });
});

test("every example in the table, a command line that parses", () => {
  for (const { command } of allCommands().flatMap((spec) => spec.examples)) {
    // Other programs may stand before or behind: in a pipe, in a shell that sources it, after an agent's `--`.
    const parts = command
      .split(/ && | \| (?=bide )/)
      .map((part) => part.replace(/^(?:source <\(|\w+ mcp add bide -- )/, ""));
    const own = parts.filter((part) => part.startsWith("bide "));
    expect([command, own.length > 0]).toEqual([command, true]);
    for (const part of own) {
      const words = shellWords(part.replace(/^(bide \w+ \w+)\)$/, "$1"));
      const parsed = parseCommandLine(words.slice(1));
      expect(parsed.ok ? "ok" : `${command}: ${parsed.message}`).toBe("ok");
    }
  }
});

test("every verb, at least two examples, and no spelling twice", () => {
  for (const spec of allCommands()) expect(spec.examples.length).toBeGreaterThanOrEqual(2);
  const names = allCommands().flatMap((spec) => [spec.verb, ...(spec.aliases ?? [])]);
  expect(new Set(names).size).toBe(names.length);
  for (const { verb, flags } of allCommands()) {
    const spellings = flags.flatMap((flag) => [flag.name, ...(flag.short ? [flag.short] : [])]);
    expect(`${verb} ${new Set(spellings).size}`).toBe(`${verb} ${spellings.length}`);
  }
});

test("every name of a verb, found in the rows of its group alone", () => {
  for (const [names, rows] of indexedNames()) expect(names).toBe(rows.flatMap(namesOf).join(" "));
});

/** Words as a shell makes them, up to the first pipe or redirection. */
function shellWords(line: string): string[] {
  const words = line.match(/'[^']*'|[^\s']+/g) ?? [];
  const stop = words.findIndex((word) => /^[|<>]$/.test(word));
  return words.slice(0, stop < 0 ? undefined : stop).map((word) => word.replaceAll("'", ""));
}
