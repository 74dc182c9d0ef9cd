// Keys, styles and colours by name: what the real tmux takes and how it prints it, and the same by src/tmux.

import { expect } from "bun:test";
import { colourAsHex } from "../../src/tmux/formats/colour.ts";
import { canonicalKey } from "../../src/tmux/keys/key-name.ts";
import { isStyle } from "../../src/tmux/options/style.ts";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { RealTmux, singleQuoted } from "./real-tmux.ts";

const STYLES = [
  "fg=red bold",
  "bold,,",
  "fill=red",
  "align=left",
  "align=x",
  "list=on",
  "range=left",
  "range=window|3",
  "noattr",
  "none",
  "nobold",
  "bg=#12",
  "#{x}",
  "dim underscore",
  "fg=Colour3",
  "",
  "default",
  "push-default",
  "ignore",
  "fg=",
  "fg=red,",
  " bold",
  "nosuch",
  "fg=nosuch",
  "double-underscore,overline",
  "bold|dim",
  "bright hidden strikethrough",
  "nodim,nobright",
];

const KEYS = (
  "a A C-a c-A ^x C-M-x M-C-x M-a m-A S-Up C-S-M-Left enter Enter C-m C-Space Space Tab BTab C-Tab Escape BSpace DC " +
  "Delete IC insert Home PageUp PgUp PPage NPage pagedown F1 f12 KP0 KPEnter kp* Any None WheelUpPane " +
  "MouseDown1Pane MouseDrag1Border DoubleClick1Status User3 0x41 0xe9 é C-? C-[ C-] C-\\ C-_ C-@ M-Enter C-Up S-F5 " +
  "nosuch C- M- C-nosuch foo FocusIn ; \\ # $ % ~ { } \" ' - S-a C-1 C-S-a"
).split(" ");

needs("tmux")("keys by name, are those of tmux, and printed as tmux prints them", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box);
  for (const [index, key] of KEYS.entries()) {
    const word = key === ";" ? "\\;" : key;
    const refused = tmux.run("bind-key", "-T", `t${index}`, "--", word, "list-keys").code !== 0;
    const line = refused ? "" : tmux.run("list-keys", "-T", `t${index}`).stdout;
    const printed = /^bind-key\s+-T \S+\s+(\S+)\s+list-keys/.exec(line)?.[1];
    expect([key, canonicalKey(key)]).toEqual([key, printed?.replace(/^"(.*)"$/, "$1").replace(/\\(?=.)/, "")]);
  }
});

needs("tmux")("styles, are taken and refused as tmux does", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box);
  for (const style of STYLES) {
    const taken = tmux.run("set-option", "-g", "window-style", style).code === 0;
    expect([style, style.includes("#{") || isStyle(style)]).toEqual([style, taken]);
  }
});

needs("tmux")("colours by name, are those of tmux", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box);
  const names = ["red", "brightblue", "colour17", "color255", "gray50", "grey90", "DarkOrange3", "web green", "x"];
  const expected = tmux.expand(names.map((name) => `#{c:${name}}`));
  expect(names.map((name) => colourAsHex(name) ?? "")).toEqual([...expected]);
  expect(singleQuoted("it's")).toBe(`'it'"'"'s'`);
});
