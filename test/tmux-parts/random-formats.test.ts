// Formats put together at random, mostly nonsense, expanded by the real tmux and by src/tmux/formats: what tmux makes of
// a wrong format is part of what tools have got used to.

import { expect } from "bun:test";
import { expandFormat } from "../../src/tmux/formats/expand.ts";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { dice } from "./dice.ts";
import { RealTmux } from "./real-tmux.ts";

const OPTIONS: Readonly<Record<string, string>> = {
  "@a": "alpha",
  "@b": "a,b",
  "@e": "",
  "@f": "#{@a}#,x",
  "@w": "日本 x",
  "@p": "/usr/lo cal/x",
  "@s": "#[fg=red]ab#[bold]c##",
  "@z": "0",
  "@n": "42",
};

const VARIABLES = ["pane_id", "pane_width", "session_name", "window_index", "pane_index"];
const NAMES = [...Object.keys(OPTIONS), "pane_id", "pane_width", "nosuch", "session_name", "x y", ""];
const PLAIN = "a al # ## #, #} , : ; { } #[x] ##[y] 0 1 5 %% - * 日 #S #I #P #D #Q".split(" ");
const PAIRS = "== != m && || e|+ e|- < >= m/r".split(" ");
const MODIFIERS = (
  "b d n w q q/e E T l =3 =-3 =/2/.. =/-2/#{@a} p8 p-8 s/a/X/ s/[a-c]+/<\\0>/ t a c e|+ e|/|f e|*|f|3 m m/r m/i == != " +
  "< > <= >= || && ? x = p s s/a e"
).split(" ");

function randomFormat(roll: (sides: number) => number, depth: number): string {
  const pick = (list: readonly string[]) => list[roll(list.length)] ?? "";
  const part = () => randomFormat(roll, depth - 1);
  switch (roll(depth > 0 ? 8 : 3)) {
    case 0:
      return pick(PLAIN);
    case 1:
      return pick(NAMES);
    case 2:
      return `#{${pick(NAMES)}}`;
    case 3:
      return `#{${pick(MODIFIERS)};${pick(MODIFIERS)}:${pick(NAMES)}}`;
    case 4:
      return `#{${pick(MODIFIERS)}:${pick(NAMES)}}`;
    case 5:
      return `#{${pick(MODIFIERS)}:${part()}${part()}}`;
    case 6:
      return `#{${pick(PAIRS)}:${part()},${part()}}`;
    default:
      return `#{?${part()},${part()},${part()}}`;
  }
}

needs("tmux")("2000 formats put together at random, are what tmux prints", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box, 120, 40);
  for (const [name, value] of Object.entries(OPTIONS)) tmux.run("set-option", "-g", name, value);
  const told = tmux.expand(VARIABLES.map((name) => `#{${name}}`));
  const variables = new Map(VARIABLES.map((name, index) => [name, told[index] ?? ""]));
  const roll = dice(3);
  const formats = Array.from({ length: 2000 }, () => randomFormat(roll, 3) + randomFormat(roll, 2));
  const expected = tmux.expand(formats);
  for (const [index, format] of formats.entries()) {
    const ours = expandFormat(
      format,
      { variable: (name) => variables.get(name), option: (name) => OPTIONS[name] },
      { time: true },
    );
    expect([format, ours]).toEqual([format, expected[index] ?? ""]);
  }
});
