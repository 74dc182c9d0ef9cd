// The main job: work goes on in real programs while clients are killed, windows are closed and hosts die, and whoever
// attaches sees what an uninterrupted terminal shows: the screen, the scrollback, the modes, of the same process.

import { expect, setDefaultTimeout } from "bun:test";
import { Screen } from "../../src/terminal/screen.ts";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { attachWindow, killHost, rawLog } from "./bide-commands.ts";
import { stateOf, until } from "./processes.ts";
import { QUIET, realPrograms, restlessPrograms, type Step, writeNumbered } from "./real-programs.ts";
import { agree, SIZE, seen, TerminalWindow } from "./terminal-window.ts";

setDefaultTimeout(60_000);

for (const { name } of realPrograms("")) {
  needs(name)(
    `${name}, its client and its host killed and its window closed, nobody who attaches can tell`,
    async () => {
      await using box = sandbox();
      const program = realPrograms(writeNumbered(box)).find((one) => one.name === name);
      if (program === undefined) throw new Error(`${name} went away`);
      const env = { ...box.env, ...QUIET };
      const [first, second, third] = program.parts;
      const { session } = await box.json(["start", "--name", name, "--size", "80x24", "--", ...program.argv], {
        env,
        cwd: box.home,
      });
      await using uninterrupted = new TerminalWindow(program.argv, { env, cwd: box.home });

      await using killed = attachWindow(box, name);
      await work([uninterrupted, killed], [["", program.ready], ...first]);
      await killed.kill();
      await killHost(box);

      await using closed = attachWindow(box, name);
      await agree(closed, uninterrupted);
      await work([uninterrupted, closed], second);
      await closed.close();

      await using last = attachWindow(box, name);
      await agree(last, uninterrupted);
      await work([uninterrupted, last], third);

      const now = await box.session(name);
      const { child_pid, worker_pid } = session;
      expect(now).toMatchObject({ state: "running", child_pid, worker_pid, attached_clients: 1 });
      const replayed = new Screen(SIZE);
      replayed.write(await rawLog(box, name));
      expect(seen(replayed)).toEqual(seen(uninterrupted.screen));
      replayed.dispose();
    },
  );
}

for (const { name, argv, shows } of restlessPrograms()) {
  needs(name)(
    `${name}, redrawing all the time, an interrupted client sees what one sees that was there all along`,
    async () => {
      await using box = sandbox();
      const { child_pid } = await box.start(name, argv, ["--size", "80x24"]);
      await using constant = attachWindow(box, name, "--read-only");
      await using killed = attachWindow(box, name);
      await killed.shows(shows);
      await killed.kill();
      await killHost(box);
      await using closed = attachWindow(box, name);
      await closed.shows(shows);
      await closed.close();

      const program = Number(child_pid);
      process.kill(program, "SIGSTOP");
      await until(`${name} stands still`, () => stateOf(program) === "T");
      // It may stand in the middle of a frame; then everybody sees half a frame.
      await using last = attachWindow(box, name);
      await agree(last, constant);

      const received = constant.received;
      process.kill(program, "SIGCONT");
      await constant.until(
        () => constant.received > received,
        () => `${name} did not go on`,
      );
      expect(await box.session(name)).toMatchObject({ state: "running", child_pid });
    },
  );
}

/** Does the same in every window, and waits for each step's effect in all of them. */
async function work(windows: readonly TerminalWindow[], steps: readonly Step[]): Promise<void> {
  for (const [keys, shows] of steps) {
    for (const window of windows) window.type(keys);
    for (const window of windows) await window.shows(shows);
  }
  const [one, ...others] = windows;
  if (one !== undefined) for (const other of others) await agree(one, other);
}
