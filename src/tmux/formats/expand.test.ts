// What the real tmux of the tests cannot be asked: newer modifiers, loops over clients, jobs, limits, times.

import { expect, test } from "bun:test";
import { parseColour, printColour } from "./colour.ts";
import { expandFormat, isTrue } from "./expand.ts";
import { globMatches } from "./match.ts";
import type { FormatScope } from "./scope.ts";
import { asciiTime, prettyTime, strftime } from "./strftime.ts";
import { FORMAT_VARIABLES } from "./variables.ts";

const EMPTY: FormatScope = { variable: () => undefined };

function scope(values: Readonly<Record<string, string>>): FormatScope {
  return { variable: (name) => values[name] };
}

test("modifiers of newer versions, are known", () => {
  expect(expandFormat("#{!:0}#{!:1}#{!!:x}|#{R:ab,3}", EMPTY)).toBe("101|ababab");
  const clients = [scope({ client_name: "a" }), scope({ client_name: "b" })];
  const loop = () => clients.map((one) => ({ scope: one, current: false }));
  expect(expandFormat("#{L:#{client_name} }", { ...EMPTY, loop })).toBe("a b ");
});

test("a command in a format, is asked for unless it is forbidden", () => {
  const asked: string[] = [];
  const told: FormatScope = {
    ...scope({ x: "y" }),
    command: (text) => {
      asked.push(text);
      return "result";
    },
  };
  expect(expandFormat("<#(a (b) #{x})>", told)).toBe("<result>");
  expect(expandFormat("<#(a)>", told, { withoutCommands: true })).toBe("<>");
  expect(asked).toEqual(["a (b) y"]);
});

test("a format that contains itself, comes to an end", () => {
  const option = (name: string) => (name === "@me" ? "x#{E:@me}" : name === "@two" ? "#{E:@two}#{E:@two}" : undefined);
  const own: FormatScope = { variable: () => undefined, option };
  expect(expandFormat("#{E:@me}", own)).toBe("x".repeat(99));
  expect(expandFormat("#{E:@two}", own)).toBe("");
});

test("a search, gives the line that the pane says", () => {
  const found: FormatScope = { ...EMPTY, search: (pattern, flags) => (pattern === "^x" && flags === "ri" ? 7 : 0) };
  expect(expandFormat("#{C/ri:^x}#{C:nothing}", found)).toBe("70");
});

test("strftime, only where it is asked for, at the moment given", () => {
  const now = new Date(2026, 0, 4, 9, 5, 3).getTime();
  expect(expandFormat("%Y #{x}", scope({ x: "%Y" }), { time: true, now })).toBe("2026 %Y");
  expect(expandFormat("%Y", EMPTY, { now })).toBe("%Y");
  expect(strftime("%a %A %b %B %d %e %D %F %H %I %j %k %l %m %M %p %S %T %R %u %w %y %C %h %r %%", now)).toBe(
    "Sun Sunday Jan January 04  4 01/04/26 2026-01-04 09 09 004  9  9 01 05 AM 03 09:05:03 09:05 7 0 26 20 Jan " +
      "09:05:03 AM %",
  );
  expect(strftime("%-d|%_d|%0e|%^a|%0p", now)).toBe("4| 4|04|SUN|AM");
  expect(strftime("%G-W%V %g %U %W %Q", now)).toBe("2026-W01 26 01 00 %Q");
});

test("times in the past, get shorter with their age", () => {
  const now = new Date(2026, 10, 21, 12).getTime();
  const ago = (days: number) => prettyTime(now / 1000 - days * 86_400, now);
  expect([ago(0), ago(3), ago(25), ago(100), ago(1000)]).toEqual(["12:00", "Wed18", "Tue27", "13Aug", "Feb24"]);
  expect(asciiTime(new Date(2015, 9, 25, 9, 25, 2).getTime() / 1000)).toBe("Sun Oct 25 09:25:02 2015");
});

test("patterns, match as fnmatch does", () => {
  expect(globMatches("a*/[b-d]?", "ax/y/cz")).toBe(true);
  expect(globMatches("[]a]", "]")).toBe(true);
  expect(globMatches("[a", "[a")).toBe(true);
  expect(globMatches("A*", "abc", true)).toBe(true);
  expect(["a*b*b", "*b*", "ab*b", "*", "**b", "?*?"].map((pattern) => globMatches(pattern, "aabb"))).toEqual([
    true,
    true,
    false,
    true,
    true,
    true,
  ]);
  expect(globMatches(`${"*a".repeat(100)}*b`, "a".repeat(10_000))).toBe(false);
});

test("colours, are printed as show-options prints them", () => {
  const printed = (text: string) => {
    const colour = parseColour(text);
    return colour === undefined ? undefined : printColour(colour);
  };
  expect(["red", "93", "color9", "#ABCDEF", "gray50", "default"].map(printed)).toEqual([
    "red",
    "brightyellow",
    "colour9",
    "#abcdef",
    "#7f7f7f",
    "default",
  ]);
  expect(["nosuch", "colour256", "#12", ""].map(printed)).toEqual([undefined, undefined, undefined, undefined]);
});

test("truth, is anything but nothing and zero", () => {
  expect(["", "0", "00", "x"].map(isTrue)).toEqual([false, false, true, true]);
});

test("the list of variables, has each name of tmux 3.4 once", () => {
  const names = FORMAT_VARIABLES.map((variable) => variable.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain("window_visible_layout");
});
