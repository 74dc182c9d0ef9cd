// bind-key, unbind-key and list-keys by the real tmux and by src/tmux/keys: the same texts, columns and order.

import { expect } from "bun:test";
import { parseArguments } from "../../src/tmux/argv/parse-commands.ts";
import { KeyTables, listKeys } from "../../src/tmux/keys/key-tables.ts";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { RealTmux } from "./real-tmux.ts";

const CALLS: readonly (readonly string[])[] = [
  ["bind-key", "x", "list-sessions"],
  ["bind-key", "-n", "WheelUpPane", "if-shell", "-Ft=", "#{pane_in_mode}", "send-keys -M", "copy-mode -e"],
  ["bind-key", "-T", "copy-mode", "MouseDragEnd1Pane", "send-keys", "-X", "copy-selection-and-cancel"],
  ["bind-key", "-r", "-T", "mine", "M-n", "next-window", "\\;", "display-message", "a b"],
  ["bind-key", "-N", "a note", "y", "display 'x y' ; ls"],
  ["bind-key", "-T", "mine", "z", "run-shell", "echo '#{session_name}' | grep x"],
  ["bind-key", "nosuchkey", "ls"],
  ["bind-key", "q", "nosuch"],
  ["bind-key", "q", "ls", "-Q"],
  ["unbind-key"],
  ["unbind-key", "nosuchkey"],
  ["unbind-key", "-T", "nosuch", "x"],
  ["unbind-key", "-a", "-T", "nosuch"],
  ["unbind-key", "-a", "x"],
  ["unbind-key", "x"],
  ["unbind-key", "-n", "WheelDownStatus"],
  ["unbind-key", "-a", "-T", "copy-mode-vi"],
];

needs("tmux")("keys bound and unbound one after the other, are listed as tmux lists them", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box);
  const tables = KeyTables.withDefaults();
  // bide has no menus: what opens one is left out of its first tables.
  for (const line of tmux.run("list-keys").stdout.split("\n")) {
    const [, table, key] = /^bind-key\s+(?:-r )?-T (\S+)\s+(\S+)\s+display-menu/.exec(line) ?? [];
    if (table !== undefined && key !== undefined) tmux.run("unbind-key", "-T", table, key.replace(/^\\/, ""));
  }
  tmux.run("unbind-key", "-n", "MouseDown3Pane");
  for (const call of CALLS) {
    const real = tmux.run(...call);
    const list = parseArguments(call);
    const command = list.ok ? list.value[0]?.[0] : undefined;
    if (command === undefined) throw new Error(`not understood: ${call.join(" ")}`);
    const done = command.entry.name === "bind-key" ? tables.bind(command.arguments) : tables.unbind(command.arguments);
    expect([call, done.ok ? "" : `${done.message}\n`]).toEqual([call, real.stderr]);
    expect(listKeys(tables).join("\n")).toBe(tmux.run("list-keys").stdout.trimEnd());
  }
  expect(listKeys(tables, { table: "mine" }).join("\n")).toBe(tmux.run("list-keys", "-T", "mine").stdout.trimEnd());
  expect(listKeys(tables, { table: "prefix", key: "c" }).join("\n")).toBe(
    tmux.run("list-keys", "-T", "prefix", "c").stdout.trimEnd(),
  );
  const again = new KeyTables();
  again.load(JSON.parse(JSON.stringify(tables)));
  expect(listKeys(again)).toEqual(listKeys(tables));
  expect(again.find("prefix", "y")?.note).toBe("a note");
});
