// Titles through two real terminals: the one that a program sets, puts away and takes back is the terminal's own at every
// moment, after a re-attach too; and when the session is left, the terminal has the title that it had before.

import { expect, setDefaultTimeout } from "bun:test";
import { needs } from "../support/needs.ts";
import { BIDE, sandbox } from "../support/sandbox.ts";
import { DirectAndThrough } from "./direct-and-through.ts";
import { TmuxPanes } from "./tmux-panes.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const TITLED =
  "printf '\\033]2;first\\007\\033[22;0t\\033]2;second 漢字\\007ready'; read a; printf '\\033[22;2t\\033]0;third\\007 a'; read a; " +
  "printf '\\033[23;2t b'; read a; printf '\\033[23;0t c'; read a";

needs("tmux")(
  "a program that puts titles away and takes them back, the terminal's title is its own all the time",
  async () => {
    await using box = sandbox();
    using both = await DirectAndThrough.open({ box, argv: ["sh", "-c", TITLED], cwd: box.home, ready: "ready" });
    const next = async (title: string, shows: string) => {
      const shown = await both.agree(shows);
      expect(shown).toContain(`title ${title}\n`);
      await both.reattach();
      expect(await both.agree(shows)).toBe(shown);
      both.do({ press: ["Enter"] });
    };
    await next("second 漢字", "ready");
    await next("third", " a");
    await next("second 漢字", " b");
    await next("first", " c");
  },
);

needs("tmux")("a session with a title is left, the terminal's title is the one that it had", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", TITLED], ["--size", "80x24"]);
  await box.start("plain", ["sh", "-c", "echo plain; read a"], ["--size", "80x24"]);
  using panes = new TmuxPanes(box);
  const program = `printf '\\033]2;my own\\007'; "$0" attach x; echo left; read a; "$0" attach plain; read a`;
  panes.open("outer", ["sh", "-c", program, BIDE], { cols: 80, rows: 24 }, box.home);
  await panes.until("outer", (shown) => shown.includes("title second 漢字\n"));
  panes.press("outer", "C-\\");
  await panes.until("outer", (shown) => shown.includes("left") && shown.includes("title my own\n"));
  // A program that sets no title leaves the terminal's alone.
  panes.press("outer", "Enter");
  await panes.until("outer", (shown) => shown.includes("\nplain\n") && shown.includes("title my own\n"));
  panes.press("outer", "C-\\");
  await panes.until("outer", (shown) => shown.includes("[detached from plain]") && shown.includes("title my own\n"));
});
