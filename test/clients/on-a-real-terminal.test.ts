// Attach end to end, as a person sees it: real sessions in a terminal that is not ours (tmux), with its own scrollback
// and its own idea of every sequence. What is asserted is what stands on that terminal afterwards.

import { expect, setDefaultTimeout, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";
import { OuterTmux } from "./outer-tmux.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

/** Modes of a terminal that nobody has changed; the region is the whole screen of 24 rows. */
const UNTOUCHED = "0 1 00 0 0 0 1 0-23";

/** A session with a plain shell in it. */
async function shell(box: Sandbox): Promise<void> {
  await box.start("demo", ["env", "PS1=$ ", "ENV=", "sh"], ["--size", "80x24"]);
}

test("vim quit after a re-attach, the shell's lines and cursor are right and typing goes on below them", async () => {
  await using box = sandbox();
  using outer = new OuterTmux(box);
  writeFileSync(join(box.root, "letter.txt"), "Dear reader,\nsecond line\n");
  await shell(box);
  await outer.prompts(0);
  outer.enter("$BIDE attach demo");
  await outer.shows((screen) => screen.at(-1) === "$");
  outer.enter("echo above");
  await outer.shows((screen) => screen.at(-2) === "above");
  outer.enter("vim -u NONE -N -i NONE letter.txt");
  await outer.shows((screen) => screen[0] === "Dear reader," && screen[2] === "~");
  outer.press("C-\\");
  await outer.prompts(0);
  outer.enter("$BIDE attach demo");
  await outer.shows((screen) => screen[0] === "Dear reader," && screen[2] === "~");
  outer.press("j");
  await outer.shows(() => outer.cursor.row === 1);
  outer.enter(":q");
  await outer.shows((screen) => screen.at(-1) === "$");
  expect(outer.screen).toEqual(["$ echo above", "above", "$ vim -u NONE -N -i NONE letter.txt", "$"]);
  expect(outer.cursor).toEqual({ row: 3, col: 2 });
  outer.enter("echo below");
  await outer.shows((screen) => screen.at(-1) === "$" && screen.includes("below"));
  expect(outer.screen.slice(3)).toEqual(["$ echo below", "below", "$"]);
  outer.press("C-\\");
  await outer.prompts(0);
  expect(outer.screen.slice(3)).toEqual(["$ echo below", "below", "$", "[detached from demo]", "[0] >"]);
  expect(outer.modes).toBe(UNTOUCHED);
});

test("a status row through re-attaches, clears and floods, it never gets into the scrollback", async () => {
  await using box = shared();
  using outer = new OuterTmux(box);
  await shell(box);
  await outer.prompts(0);
  for (const round of ["first", "second", "third"]) {
    outer.enter("$BIDE attach --status demo");
    await outer.shows((screen) => / demo {2}running {2}1 client {2}owner .*detaches$/.test(screen[23] ?? ""));
    outer.enter(`seq 40; echo ${round}`);
    await outer.shows((screen) => screen[21] === round);
    // Without E3, which would throw the scrollback away.
    outer.enter("printf '\\033[H\\033[2J'");
    await outer.shows((screen) => screen[0] === "$" && screen[22] === "" && (screen[23] ?? "").includes("detaches"));
    outer.press("C-\\");
    await outer.prompts(0);
    expect(outer.screen).toEqual(["$", "[detached from demo]", "[0] >"]);
    expect(outer.modes).toBe(UNTOUCHED);
  }
  const { lines } = outer;
  expect(lines.filter((line) => line.includes("detaches"))).toEqual([]);
  for (const round of ["first", "second", "third"]) expect(lines).toContain(round);
  expect(lines.filter((line) => line.endsWith("attach --status demo"))).toHaveLength(3);
});

test("attached and detached, what the terminal showed before is in its scrollback and the prompt is clean", async () => {
  await using box = shared();
  using outer = new OuterTmux(box);
  await box.start("demo", ["sh", "-c", "printf 'one\\ntwo\\nthree\\033[1;31m\\033[?25l\\033[H'; exec sleep 1000"]);
  await outer.prompts(0);
  outer.enter("seq 30");
  await outer.shows((screen) => screen.at(-2) === "30" && screen.at(-1) === "[0] >");
  outer.enter("$BIDE attach demo");
  await outer.shows((screen) => screen.join() === "one,two,three");
  outer.press("C-\\");
  await outer.prompts(0);
  expect(outer.screen).toEqual(["one", "two", "three", "[detached from demo]", "[0] >"]);
  expect(outer.cursor).toEqual({ row: 4, col: 6 });
  expect(outer.modes).toBe(UNTOUCHED);
  const before = outer.lines.slice(0, outer.lines.indexOf("[0] > $BIDE attach demo"));
  expect(before).toEqual(["[0] > seq 30", ...Array.from({ length: 30 }, (_, index) => String(index + 1))]);
  // The pen is plain again.
  expect(outer.colouredScreen.at(-1)).toBe("[0] >");
});

test.each([
  ["exits with 3", "read line; exit 3", "[demo ended: exit 3]", 3],
  ["is killed by a signal", "read line; kill -TERM $$", "[demo ended: SIGTERM]", 143],
])("a program that %s while attached, it is said and the code is the command's", async (_what, script, line, code) => {
  await using box = shared();
  using outer = new OuterTmux(box);
  await box.start("demo", ["sh", "-c", `stty -echo; printf '\\033[?1049hfull screen'; ${script}`]);
  await outer.prompts(0);
  outer.enter("$BIDE attach demo");
  await outer.shows((screen) => screen[0] === "full screen");
  outer.press("Enter");
  await outer.prompts(code);
  expect(outer.screen.slice(-2)).toEqual([line, `[${code}] >`]);
  expect(outer.modes).toBe(UNTOUCHED);
});
