// Random changes of a window, made by the real tmux and by src/tmux/layout: after each step both must have the same
// layout string and the same place and size of every pane.

import { expect } from "bun:test";
import { paneGeometries } from "../../src/tmux/layout/geometry.ts";
import {
  type BorderStatus,
  type Direction,
  type Layout,
  panesOf,
  singlePane,
  visibleLayout,
} from "../../src/tmux/layout/layout.ts";
import { applyLayoutString, printLayout } from "../../src/tmux/layout/layout-string.ts";
import { neighbourOf, paneAt, type Side } from "../../src/tmux/layout/neighbours.ts";
import { applyPreset, findPreset, nextPreset, PRESETS, type Preset } from "../../src/tmux/layout/presets.ts";
import { replacePane, rotatePanes, swapPanes } from "../../src/tmux/layout/rearrange.ts";
import { resizeLayout, resizePane, resizePaneTo, spreadOut } from "../../src/tmux/layout/resize.ts";
import { removePane, splitPane } from "../../src/tmux/layout/split.ts";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { dice } from "./dice.ts";
import { RealTmux } from "./real-tmux.ts";

const FACTS =
  "#{window_layout}#{P: #{pane_id} #{pane_left} #{pane_top} #{pane_width} #{pane_height} #{pane_right} " +
  "#{pane_bottom} #{pane_at_left}#{pane_at_right}#{pane_at_top}#{pane_at_bottom}}";

function factsOf(layout: Layout, border: BorderStatus): string {
  const panes = paneGeometries(layout, border).map((pane) =>
    [
      ` %${pane.pane}`,
      pane.left,
      pane.top,
      pane.width,
      pane.height,
      pane.right,
      pane.bottom,
      [pane.atLeft, pane.atRight, pane.atTop, pane.atBottom].map(Number).join(""),
    ].join(" "),
  );
  return printLayout(layout) + panes.join("");
}

interface Window {
  layout: Layout;
  nextPane: number;
  last: Preset | undefined;
}

/** One random change: made to the model, and the same as a command of tmux. */
function step(roll: (sides: number) => number, window: Window, target: string, border: BorderStatus): string {
  const panes = panesOf(window.layout);
  const index = roll(panes.length);
  const pane = panes[index] ?? 0;
  const at = `${target}.${index}`;
  const direction: Direction = roll(2) === 0 ? "columns" : "rows";
  const flag = direction === "columns" ? "h" : "v";
  switch (roll(16)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4: {
      const [before, full, sized] = [roll(3) === 0, roll(4) === 0, roll(2) === 0];
      const size = sized ? roll(40) : undefined;
      const split = splitPane(window.layout, { pane, added: window.nextPane, direction, size, before, full, border });
      if (split !== undefined) {
        window.layout = split;
        window.nextPane++;
      }
      return `split-window -d -${flag}${before ? "b" : ""}${full ? "f" : ""} ${sized ? `-l ${size}` : ""} -t ${at} cat`;
    }
    case 5:
      if (panes.length === 1) return "";
      window.layout = removePane(window.layout, pane, border) ?? window.layout;
      return `kill-pane -t ${at}`;
    case 6:
    case 7:
    case 8: {
      const change = 1 + roll(12);
      const back = roll(2) === 0;
      window.layout = resizePane(window.layout, pane, direction, back ? -change : change, border);
      const letter = direction === "columns" ? (back ? "L" : "R") : back ? "U" : "D";
      return `resize-pane -${letter} -t ${at} ${change}`;
    }
    case 9: {
      const size = 1 + roll(60);
      // Rows are those of the program: tmux adds the one for the border status where it is at the edge.
      const geometry = paneGeometries(window.layout, border)[index];
      const touches = border === "top" ? geometry?.top === 1 : border === "bottom" && geometry?.atBottom === true;
      const more = direction === "rows" && touches ? 1 : 0;
      window.layout = resizePaneTo(window.layout, pane, direction, size + more, border);
      return `resize-pane -${direction === "columns" ? "x" : "y"} ${size} -t ${at}`;
    }
    case 10: {
      const [width, height] = [10 + roll(200), 5 + roll(60)];
      window.layout = resizeLayout(window.layout, width, height, border);
      return `resize-window -t ${target} -x ${width} -y ${height}`;
    }
    case 11: {
      const preset = PRESETS[roll(PRESETS.length)] ?? "tiled";
      window.layout = applyPreset(window.layout, preset, { border, mainWidth: "30%", mainHeight: "7" });
      window.last = preset;
      return `select-layout -t ${at} ${preset}`;
    }
    case 12: {
      const forward = roll(2) === 0;
      window.last = nextPreset(window.last, forward ? 1 : -1);
      window.layout = applyPreset(window.layout, window.last, { border, mainWidth: "30%", mainHeight: "7" });
      return `select-layout -${forward ? "n" : "p"} -t ${at}`;
    }
    case 13:
      window.layout = spreadOut(window.layout, pane, border);
      return `select-layout -E -t ${at}`;
    case 14: {
      const other = roll(panes.length);
      window.layout = swapPanes(window.layout, pane, panes[other] ?? 0);
      return `swap-pane -d -s ${at} -t ${target}.${other}`;
    }
    default: {
      const up = roll(2) === 0;
      window.layout = rotatePanes(window.layout, up ? "up" : "down");
      return `rotate-window -${up ? "U" : "D"} -t ${target}`;
    }
  }
}

needs("tmux")("20 windows changed 25 times at random, the layouts are those of tmux at every step", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box);
  const borders: BorderStatus[] = ["off", "off", "top", "bottom"];
  let nextPane = 1;
  for (let seed = 1; seed <= 20; seed++) {
    const roll = dice(seed);
    const border = borders[seed % borders.length] ?? "off";
    const [width, height] = [20 + roll(200), 10 + roll(50)];
    const window: Window = { layout: singlePane(nextPane, width, height), nextPane: nextPane + 1, last: undefined };
    const target = `w${seed}:0`;
    const lines = [
      `new-session -d -s w${seed} -x ${width} -y ${height} cat`,
      `set -w -t ${target} pane-border-status ${border}`,
      `set -w -t ${target} main-pane-width 30%`,
      `set -w -t ${target} main-pane-height 7`,
    ];
    const steps: string[] = [];
    const expected: string[] = [];
    for (let count = 0; count < 25; count++) {
      steps.push(step(roll, window, target, border));
      expected.push(factsOf(window.layout, border));
    }
    const shown = steps.flatMap((command) => [command, `display-message -p -t ${target} '${FACTS}'`]);
    const facts = tmux.source([...lines, ...shown, `kill-session -t w${seed}`]).stdout.split("\n");
    for (const [index, command] of steps.entries()) {
      const history = `seed ${seed}, ${border}: ${steps.slice(Math.max(0, index - 4), index).join(" | ")} >> ${command}`;
      expect(`${history}\n${expected[index]}`).toBe(`${history}\n${facts[index]}`);
    }
    nextPane = window.nextPane;
  }
});

needs("tmux")("a layout string, is taken and refused as tmux does", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box, 200, 50);
  tmux.source(["split-window -d -t first:0 cat", "split-window -d -h -t first:0 cat"]);
  let layout: Layout = singlePane(0, 200, 50);
  layout = splitPane(layout, { pane: 0, added: 1, direction: "rows" }) ?? layout;
  layout = splitPane(layout, { pane: 0, added: 2, direction: "columns" }) ?? layout;
  const four = splitPane(layout, { pane: 1, added: 3, direction: "columns" }) ?? layout;
  const texts = [
    "0000,159x48,0,0",
    printLayout(layout),
    printLayout(four),
    printLayout(resizeLayout(layout, 81, 24)),
    printLayout(applyPreset(layout, "tiled")),
    printLayout(singlePane(9, 10, 10)),
    "bb62,159x48,0,0{79x48,0,0,79x48,80,0}",
  ];
  // 3.3a itself dies of it.
  expect(applyLayoutString(layout, "nonsense")).toEqual({ ok: false, message: "invalid layout" });
  for (const text of texts) {
    const answer = tmux.run("select-layout", "-t", "first:0", text);
    const ours = applyLayoutString(layout, text);
    if (ours.ok) layout = ours.value;
    expect([text, ours.ok ? "" : ours.message]).toEqual([
      text,
      answer.stderr.trim().replace(/: [0-9a-f]{4},.*|: nonsense/, ""),
    ]);
    expect([text, printLayout(layout)]).toEqual([text, tmux.expand(["#{window_layout}"], "first:0")[0] ?? ""]);
  }
});

needs("tmux")("panes by their place and side, are those of tmux", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box, 100, 40);
  let layout: Layout = singlePane(0, 100, 40);
  for (const [pane, added, direction] of [
    [0, 1, "columns"],
    [1, 2, "rows"],
    [0, 3, "rows"],
    [3, 4, "columns"],
    [2, 5, "columns"],
  ] as const) {
    layout = splitPane(layout, { pane, added, direction }) ?? layout;
    tmux.run("split-window", "-d", direction === "columns" ? "-h" : "-v", "-t", `%${pane}`, "cat");
  }
  for (const border of ["off", "top", "bottom"] as const) {
    tmux.run("set", "-w", "pane-border-status", border);
    for (const place of ["top", "bottom", "left", "right", "top-left", "top-right", "bottom-left", "bottom-right"]) {
      expect([border, place, `%${paneAt(layout, place, border)}`]).toEqual([
        border,
        place,
        tmux.expand(["#{pane_id}"], `first:0.{${place}}`)[0] ?? "",
      ]);
    }
    // Nobody was active yet but %0: of several that touch, the first is taken.
    for (const pane of panesOf(layout)) {
      for (const [side, flag] of [
        ["up", "U"],
        ["down", "D"],
        ["left", "L"],
        ["right", "R"],
      ] as const satisfies readonly (readonly [Side, string])[]) {
        const active = new Map<number, number>();
        const lines = panesOf(layout)
          .toReversed()
          .concat(pane)
          .map((one, time) => {
            active.set(one, time);
            return `select-pane -t %${one}`;
          });
        tmux.source([...lines, `select-pane -${flag} -t %${pane}`]);
        const ours = neighbourOf(layout, pane, side, (one) => active.get(one) ?? -1, border) ?? pane;
        expect([border, pane, side, `%${ours}`]).toEqual([border, pane, side, tmux.expand(["#{pane_id}"])[0] ?? ""]);
      }
    }
  }
  expect(paneAt(layout, "nowhere")).toBeUndefined();
});

needs("tmux")("a zoomed pane, has the window, and the layout comes back after", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box, 100, 40);
  tmux.run("split-window", "-d", "-h", "-l", "70%", "-t", "%0", "cat");
  const layout = splitPane(singlePane(0, 100, 40), { pane: 0, added: 1, direction: "columns", size: 70 });
  if (layout === undefined) return expect.unreachable();
  tmux.run("resize-pane", "-Z", "-t", "%1");
  expect(tmux.expand(["#{window_layout} #{window_visible_layout} #{pane_width}"])).toEqual([
    `${printLayout(layout)} ${printLayout(visibleLayout(layout, 1))} 100`,
  ]);
  expect(visibleLayout(layout, undefined)).toBe(layout);
  expect(panesOf(replacePane(layout, 1, 7))).toEqual([0, 7]);
});

needs("tmux")("a preset's name, may be cut short while it is the only one", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box);
  for (const name of ["even-h", "t", "main-v", "tiled"]) {
    expect([name, findPreset(name) !== undefined]).toEqual([name, tmux.run("select-layout", name).code === 0]);
  }
  // Asked for any of these, 3.3a itself dies.
  expect(["even", "main", "tiledx"].map(findPreset)).toEqual([undefined, undefined, undefined]);
  expect(findPreset("main-vertical-mirrored")).toBe("main-vertical-mirrored");
});
