// vttest's menus 1, 2 and 8 directly and through bide in two terminals of one tmux: every screen of them is equal, what
// what tmux itself does differently from a VT100 included, and so is every screen after a re-attach to it.

import { expect, setDefaultTimeout } from "bun:test";
import { readFileSync } from "node:fs";
import { screenText } from "../../src/terminal/read-out.ts";
import { Screen } from "../../src/terminal/screen.ts";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { DirectAndThrough, SIZE } from "./direct-and-through.ts";
import { TmuxPanes } from "./tmux-panes.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const MENU = "Enter choice number (0 - 12):";
const WAITS = /Push\s+<RETURN>/;
/**
 * How many screens a menu has at least, and which of them tmux draws otherwise than a VT100 when a program is run in it
 * directly: a session restores those as a VT100 has them, so only their text is looked at after a re-attach. The last
 * test shows the two reasons in tmux alone; test/streams/vttest.bin has the same screens for the other tests.
 */
const MENUS = [
  // Moves that begin where the cursor waits behind the last column.
  { choice: "1", atLeast: 6, tmuxDiffers: [2, 3, 4] },
  // A scrolling region set in origin mode.
  { choice: "2", atLeast: 10, tmuxDiffers: [11] },
  { choice: "8", atLeast: 3, tmuxDiffers: [] },
];

for (const { choice, atLeast, tmuxDiffers } of MENUS) {
  needs("tmux", "vttest")(
    `vttest's menu ${choice}, every screen is the same directly and through bide, also after a re-attach`,
    async () => {
      await using box = sandbox();
      using both = await DirectAndThrough.open({ box, argv: ["vttest"], cwd: box.home, ready: MENU });
      const { session } = await box.json(["status", "twice"]);
      const pids = [both.directPid, session.child_pid];
      await both.agree(MENU);
      let written = pids.map(bytesWritten);
      both.do({ text: choice, press: ["Enter"] });
      let screens = 0;
      for (;;) {
        let before: number[] = [];
        // Screens may look the same one after the other: both programs have printed, and print no more.
        const shown = await both.agree((shown) => {
          const now = pids.map(bytesWritten);
          const rests = now.every((count, at) => count > (written[at] ?? 0) && count === before[at]);
          before = now;
          return rests && (WAITS.test(shown) || shown.includes("Enter choice number"));
        });
        if (shown.includes(MENU)) break;
        screens += 1;
        await both.reattach();
        if (tmuxDiffers.some((screen) => screen === screens)) await both.throughShows(WAITS);
        else await both.agree((now) => now === shown);
        written = before;
        both.do({ press: ["Enter"] });
      }
      expect(screens).toBeGreaterThanOrEqual(atLeast);
    },
  );
}

needs("tmux")(
  "what tmux alone does otherwise than a VT100: a waiting cursor goes back too little, a region in origin mode too far up",
  async () => {
    await using box = sandbox();
    using panes = new TmuxPanes(box);
    const rows = async (pane: string, program: string) => {
      panes.open(pane, ["sh", "-c", `printf '${program}\\033[20;1Hend'; read a`], SIZE, box.home);
      let rows: string[] = [];
      await panes.until(pane, (shown) => {
        rows = shown.split("\n").slice(1);
        return shown.includes("end");
      });
      const model = new Screen({ rows: SIZE.rows, cols: SIZE.cols });
      model.write(new TextEncoder().encode(program.replaceAll("\\033", "\x1b")));
      return [rows, screenText(model).split("\n")];
    };
    const [waiting = [], asMeant = []] = await rows("waiting", "\\033[1;80Ha\\033[Db");
    expect([waiting[0], asMeant[0]]).toEqual([`${" ".repeat(79)}b`, `${" ".repeat(78)}ba`]);
    const [region = [], regionAsMeant = []] = await rows("region", "\\033[?6h\\033[5;10rx\\033[?6l\\033[r");
    expect([region[0], regionAsMeant[4]]).toEqual(["x", "x"]);
  },
);

function bytesWritten(pid: number): number {
  return Number(/wchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, "utf8"))?.[1]);
}
