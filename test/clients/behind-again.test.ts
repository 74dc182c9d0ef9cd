// Fault C2 with stacks: a terminal that falls behind gets a replay, which can only push. However often that happens, its
// title stack and its keyboard stacks are the program's with its own below, and its own alone when it leaves.

import { expect, setDefaultTimeout, test } from "bun:test";
import { Screen } from "../../src/terminal/screen.ts";
import { stateOf, until } from "../lifecycle/processes.ts";
import { TerminalWindow } from "../lifecycle/terminal-window.ts";
import { BIDE, sandbox } from "../support/sandbox.ts";
import { LibraryClient } from "./library-client.ts";

setDefaultTimeout(120_000);

const MB = 1_000_000;
/** Each piece is little enough that a client which reads never falls behind. */
const PIECE = MB / 2;
const FLOOD = 4 * MB;

const TITLES = "\\033]0;one\\007\\033[22;0t\\033]0;two\\007\\033[22;2t\\033]2;three\\007";
const PROGRAM = `stty -echo -onlcr; printf '${TITLES}\\033[>1u\\033[>3u\\033[?1049h\\033[>5u\\033[>7uready'
  while read -r n rest; do yes 'a line of a flood, which changes nothing but the screen' | head -c $n; printf "$rest"; done`;

/** What the program does while the terminal gets nothing, in the end of what is dropped. */
const ROUNDS = [
  // Still the same stacks.
  "round 1",
  // Back on the first screen, with something left behind on the second and one title less.
  "\\033[<1u\\033[?1049l\\033[<1u\\033[23;2tround 2",
  // On the second again, with more of everything.
  "\\033[>1u\\033[?1049h\\033[>9u\\033[22;0t\\033]2;four\\007\\033[22;2tround 3",
];

test("a terminal that falls behind three times, its stacks are the program's each time and its own at the end", async () => {
  await using box = sandbox();
  await box.start("stacks", ["sh", "-c", PROGRAM], ["--size", "80x24"]);
  await box.printed("stacks", "ready");
  using live = await LibraryClient.attach(box, "stacks", { replay: "raw" });
  // The program's terminal as it would be without bide.
  const direct = new Screen({ rows: 24, cols: 80, scrollback: 0 });
  direct.write(Buffer.from(await box.ok(["logs", "stacks", "--raw"])));
  await using window = new TerminalWindow([BIDE, "attach", "stacks"], { env: box.env, cwd: box.root });
  window.screen.write(Buffer.from("\x1b]0;put away\x07\x1b[22;0t\x1b]0;my own\x07\x1b[>0u"));
  const own = stacks(window.screen);
  const agree = () =>
    window.until(
      () => Bun.deepEquals(stacks(window.screen), on(own, stacks(direct))),
      () => `expected ${JSON.stringify(on(own, stacks(direct)))}, got ${JSON.stringify(stacks(window.screen))}`,
    );
  await window.shows("ready");
  await agree();

  for (const [index, round] of ROUNDS.entries()) {
    process.kill(window.pid, "SIGSTOP");
    await until("the client is stopped", () => stateOf(window.pid) === "T");
    const before = window.received;
    for (let done = 0; done < FLOOD; done += PIECE) {
      const end = live.offset + PIECE;
      live.type(`${PIECE}\n`);
      await live.until(() => live.offset === end);
    }
    live.onOutput = (bytes) => void direct.write(bytes);
    live.type(`0 ${round}\n`);
    await live.shows(`round ${index + 1}`);
    live.onOutput = () => {};
    process.kill(window.pid, "SIGCONT");
    await window.shows(`round ${index + 1}`);
    await agree();
    expect(window.received - before).toBeLessThan(FLOOD / 2);
  }
  expect(live).toMatchObject({ gaps: 0, complaints: [] });
  window.type("\x1c");
  await window.shows("[detached from stacks]");
  expect(stacks(window.screen)).toEqual(own);
  direct.dispose();
});

interface Stacks {
  readonly now: unknown;
  readonly titles: readonly unknown[];
  readonly keyboards: readonly (readonly number[])[];
}

/** Of a keyboard, what was pushed with what is in force on top. */
function stacks({ state: { titles, keyboard } }: Screen): Stacks {
  const keyboards = [keyboard.normal, keyboard.alternate].map(({ stack, flags }) => [...stack, flags]);
  return { now: { ...titles.now }, titles: [...titles.stack], keyboards };
}

/** The stacks of a program upon those of the terminal that it runs in, which an attach put its title upon. */
function on(own: Stacks, program: Stacks): Stacks {
  const keyboards = program.keyboards.map((entries, index) => [
    ...(own.keyboards[index] ?? []).slice(0, -1),
    ...entries,
  ]);
  const { title, icon } = own.now as { title: string; icon: string };
  return { now: program.now, titles: [...own.titles, { title, icon }, ...program.titles], keyboards };
}
