// Words and texts to commands, and back: every expected line was printed by the real tmux.

import { expect, test } from "bun:test";
import { type ParseContext, parseArguments, parseText, splitAtSemicolons } from "./parse-commands.ts";
import { printCommands } from "./print-command.ts";

const ALIASES: Readonly<Record<string, string>> = { splitp: "split-window", info: "show-messages -JT" };

const CONTEXT: ParseContext = {
  alias: (name) => ALIASES[name],
  environment: (name) => ({ HOME: "/root", WORD: "two words" })[name],
  home: (user) => (user === "" || user === "root" ? "/root" : undefined),
  condition: (format) => (format === "#{==:a,b}" ? "0" : format),
};

function printed(text: string): string {
  const list = parseText(text, { ...CONTEXT, file: "f" });
  return list.ok ? printCommands(list.value.commands) : list.message;
}

function printedArguments(...argv: string[]): string {
  const list = parseArguments(argv, CONTEXT);
  return list.ok ? printCommands(list.value) : list.message;
}

test.each([
  [["nosuch"], "unknown command: nosuch"],
  [["LS"], "unknown command: LS"],
  [["list-sessions "], "unknown command: list-sessions "],
  [["set-"], "ambiguous command: set-, could be: set-buffer, set-environment, set-hook, set-option, set-window-option"],
  [["new-session", "-Q"], "command new-session: unknown flag -Q"],
  [["display-message", "-!"], "command display-message: invalid flag -!"],
  [["send-keys", "-t"], "command send-keys: -t expects an argument"],
  [["kill-session", "a"], "command kill-session: too many arguments (need at most 0)"],
  [["rename-session"], "command rename-session: too few arguments (need at least 1)"],
  [["info", "x"], "command show-messages: too many arguments (need at most 0)"],
  [["has-session", "-?"], "usage: has-session [-t target-session]"],
  [["ls", ";", "nosuch"], "unknown command: nosuch"],
])("%j fails with tmux's words", (argv, message) => {
  expect(parseArguments(argv, CONTEXT)).toEqual({ ok: false, message });
});

test.each([
  [["has", "-t=s"], "has-session -t =s"],
  [["splitw", "-l30%", "-dP", "-F#{pane_id}"], 'split-window -Pd -F "#{pane_id}" -l "30%"'],
  [["capturep", "-J", "-pS", "-"], "capture-pane -Jp -S -"],
  [["neww", "-t", "a", "-t", "b"], "new-window -t a -t b"],
  [["send", "-l", "--", "-x"], "send-keys -l -x"],
  [["splitp", "-h"], "split-window -h"],
  [["info"], "show-messages -JT"],
  [["refresh", "-l"], "refresh-client -l"],
  [["display", "-p", "{"], "display-message -p \\{"],
])("%j is understood", (argv, text) => {
  expect(printedArguments(...argv)).toBe(text);
});

test("several -t, the last one counts", () => {
  const list = parseArguments(["kill-pane", "-t", "%1", "-t", "%2"]);
  const command = list.ok ? list.value[0]?.[0] : undefined;
  expect(command?.arguments.value("t")).toBe("%2");
  expect(command?.arguments.valuesOf("t")).toEqual(["%1", "%2"]);
});

test("semicolons at the end of words, split unless escaped", () => {
  expect(splitAtSemicolons(["a;", "b", ";", "c\\;", ";", "d"])).toEqual([["a"], ["b"], ["c;"], ["d"]]);
  expect(splitAtSemicolons([";", ";"])).toEqual([]);
  expect(splitAtSemicolons(["a;b"])).toEqual([["a;b"]]);
});

test.each([
  ["display -p a'b'\"c\"", "display-message -p abc"],
  ["display -p 'a\n   b\n  # c\n d'", "display-message -p a\\nb\\n\\nd"],
  ['display -p "open', "display-message -p open"],
  ["display -p a\\\nb # rest", "display-message -p ab"],
  ["display -p $HOME/$HOME$NOPE.", "display-message -p /root//root."],
  ["display -p $WORD", 'display-message -p "two words"'],
  ["display -p ~root/x", "display-message -p /root/x"],
  ["display -p '~'", "display-message -p \\~"],
  ["display -p \\101\\u00e9\\e", "display-message -p Aé\\033"],
  ["display -p %1", 'display-message -p "%1"'],
  ["display -p a#b", 'display-message -p "a#b"'],
  ["display -p a; display -p b\n\ndisplay -p c", "display-message -p a ; display-message -p b ;; display-message -p c"],
  ["X=1\ndisplay -p $X", "display-message -p 1"],
  ["X=1 display -p $X", "display-message -p 1"],
  ["%if 0\nls\n%elif #{==:a,b}\nlsw\n%else\nlsp\n%endif", "list-panes"],
  ["%if 1 ls %endif", "list-sessions"],
  ["if -F 1 {\nls\nlsw\n}", "if-shell -F 1 { list-sessions ;; list-windows }"],
  ["send-keys -l a\\;", 'send-keys -l "a;"'],
])("the text %j is understood", (text, result) => {
  expect(printed(text)).toBe(result);
});

test.each([
  ["display -p a}", "f:1: syntax error"],
  [";ls", "f:1: syntax error"],
  ["ls\n%if 1\nls", "f:3: syntax error"],
  ["%endif", "f:1: syntax error"],
  ["display -p ${HOME", "f:1: invalid environment variable"],
  ["display -p \\501", "f:1: invalid octal escape"],
  ["display -p \\u00g9", "f:1: invalid \\u argument"],
  ["ls\nnosuch", "f:2: unknown command: nosuch"],
  ["display -p { ls }", 'f:1: command display-message: argument 1 must be "string"'],
  ["if -F 1 { nosuch }", "f:1: unknown command: nosuch"],
])("the text %j fails at its line", (text, message) => {
  expect(printed(text)).toBe(message);
});

test("an assignment, is told to the caller", () => {
  const list = parseText("%hidden A=1\nB=2", CONTEXT);
  expect(list.ok && list.value.assignments).toEqual([
    { name: "A", value: "1", hidden: true },
    { name: "B", value: "2", hidden: false },
  ]);
});
