// Command text read by the real tmux (source-file) and by src/tmux/argv: the same texts are refused with the same
// words at the same line, the others mean the same commands, as list-keys prints them.

import { expect } from "bun:test";
import { COMMANDS, describeCommand } from "../../src/tmux/argv/command-table.ts";
import { type ParseContext, parseArguments, parseText } from "../../src/tmux/argv/parse-commands.ts";
import { printCommands } from "../../src/tmux/argv/print-command.ts";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { RealTmux } from "./real-tmux.ts";

const D = "display-message -p ";

const TEXTS = [
  `${D}"a\n   b"`,
  `${D}'a\n   b\n  # c\n d'`,
  `${D}"a`,
  `${D}"a\nb"\nnosuch`,
  `${D}a\\\nb\nnosuch`,
  `${D}"a\n# x\nb"\nnosuch`,
  `${D}a"b"'c'`,
  `${D}a\\\nb`,
  `${D}"a\\\n   b"`,
  `${D}$HOME`,
  `${D}\${HOME}x`,
  `${D}\${HOME`,
  `${D}"$HOME $NOPE."`,
  `${D}$`,
  `${D}a$ b`,
  `${D}~`,
  `${D}~/x`,
  `${D}~nosuchuser/x`,
  `${D}a~`,
  `${D}"~"`,
  `${D}a"~"`,
  `${D}'~'`,
  `${D}\\101`,
  `${D}\\501`,
  `${D}\\19`,
  `${D}\\u00e9`,
  `${D}\\u00g9`,
  `${D}\\U0001f600`,
  `${D}\\ta`,
  `${D}\\a\\e`,
  `${D}%foo`,
  `${D}%1`,
  `${D}%%`,
  `${D}#foo`,
  `${D}a#foo`,
  `${D}{ a }`,
  `${D}a{`,
  `${D}a}`,
  `${D}}`,
  `;${D}a`,
  `${D}a;`,
  `${D}a ; ${D}b`,
  `${D}a\n\n${D}b`,
  `${D}a\nnosuch\n${D}b`,
  `FOO=bar\n${D}$FOO`,
  `FOO=bar ${D}$FOO`,
  `${D}FOO=bar`,
  `%hidden X=1\n${D}$X`,
  `%if 1\n${D}a\n%else\n${D}b\n%endif`,
  `%if 0\n${D}a\n%elif 1\n${D}b\n%endif`,
  `%if 1\n${D}a`,
  "%endif",
  "%nosuch a",
  `if -F 1 { ${D}a }`,
  `if -F 1 {\n${D}a\n${D}b\n}`,
  "if -F 1 { ",
  "if -F 1 { nosuch }",
  "new-session -Q",
  "nosuch",
  "lis",
  "kill-session x",
  "rename-session",
  "display-message -!",
  `${D}\\`,
  `${D}a\\;b`,
  `${D}"\\$HOME"`,
  `${D}'\\$HOME'`,
  "'' x",
  "x=1;ls",
  "1x=1",
  "kill-session -t nope ; nosuch",
  `${D}a\\\n;b`,
  "{ a }",
  "set-option -g @x 'it''s'",
  "bind-key -T t x { ls ; lsw }",
  'send-keys -l "a\\"b" \'c"d\' e\\\'f',
];

needs("tmux")("command texts, are refused or understood as by tmux", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box);
  const context: ParseContext = {
    environment: (name) => (name === "HOME" ? box.home : undefined),
    home: (user) => (user === "" ? box.home : undefined),
  };
  for (const text of TEXTS) {
    const real = tmux.source(["unbind-key -aq -T probe", `bind-key -T probe x {\n${text}\n}`]);
    const said = /:(\d+): (.*)\n/.exec(real.stdout + real.stderr);
    const ours = parseText(`unbind-key -aq -T probe\nbind-key -T probe x {\n${text}\n}\n`, { ...context, file: "f" });
    const refused = ours.ok ? undefined : ours.message.slice(2);
    expect([text, refused]).toEqual([text, said === null ? undefined : `${said[1]}: ${said[2]}`]);
    const bound = ours.ok ? ours.value.commands[1]?.[0]?.arguments.values[1] : undefined;
    if (bound?.kind !== "commands") continue;
    const listed = /^bind-key\s+-T probe\s+x\s+(.*)$/m.exec(tmux.run("list-keys", "-T", "probe").stdout)?.[1] ?? "";
    expect([text, printCommands(bound.commands, true)]).toEqual([text, listed]);
  }
});

needs("tmux")("flags and counts of every command, are refused with tmux's words", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box);
  const lines = COMMANDS.flatMap(({ name }) => [
    `${name} -Q`,
    `${name} -!`,
    `${name} -- a b c d e f g h ; nosuch`,
    `${name} ; nosuch`,
  ]);
  // In control mode one process answers all of them. What would run is stopped by the unknown command behind it.
  const answers = tmux.control(lines.filter((line) => !line.endsWith("-Q") || !/^(?:set-hook|bind-key)/.test(line)));
  const asked = lines.filter((line) => !line.endsWith("-Q") || !/^(?:set-hook|bind-key)/.test(line));
  for (const [index, line] of asked.entries()) {
    const ours = parseText(line);
    expect([line, `parse error: ${ours.ok ? "" : ours.message}`]).toEqual([line, answers[index] ?? ""]);
  }
});

needs("tmux")("list-commands, has the commands of tmux in its order", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box);
  const real = tmux.run("list-commands").stdout.trimEnd().split("\n");
  const name = (line: string) => line.replace(/\[.*/, "");
  expect(COMMANDS.map(describeCommand).map(name)).toEqual(real.map(name));
  for (const short of ["neww", "splitw", "lsp", "ls", "a", "at", "display", "set", "setw", "show", "send", "killp"]) {
    const ours = parseArguments([short, "-?"]);
    const said = tmux.run(short, "-?").stderr.trim();
    // Usages differ from 3.3a to 3.4, the command does not.
    expect(ours.ok ? "" : ours.message.split(" ").slice(0, 2)).toEqual(said.split(" ").slice(0, 2));
  }
});
