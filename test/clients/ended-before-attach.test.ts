// A program that has ended before `open` could attach: its terminal is as after any attach all the same.

import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { screenState } from "../../src/terminal/read-out.ts";
import { TerminalWindow } from "../lifecycle/terminal-window.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";

setDefaultTimeout(60_000);

/** Asks who the terminal is and where its cursor is, switches much on, and is gone. */
const PROGRAM =
  "stty -echo; printf '\\033]2;mine\\007\\033[c\\033[6n\\033[>q\\033[?1h\\033[?1000;1006;2004h\\033[5 q\\033[4;31mred'; exit 3";

/**
 * Answers the client, which reads its configuration before it starts the session and again before it attaches: the second
 * time when the program has ended.
 */
async function attachAfterEnd(box: Sandbox, config: string, name: string): Promise<void> {
  for (let isStarted = false; !isStarted; ) {
    // Resolves when the client reads.
    const reading = await open(config, "w");
    isStarted = await box.session(name).then(
      () => true,
      () => false,
    );
    if (isStarted) await box.event(name, ({ event }) => event === "exited");
    await reading.close();
  }
}

test("a program that asks, switches modes on and has ended, nothing is asked again and the terminal is given back", async () => {
  await using box = sandbox();
  await box.ok(["list"]);
  mkdirSync(join(box.home, ".config/bide"), { recursive: true });
  const config = join(box.home, ".config/bide/config.toml");
  expect(Bun.spawnSync(["mkfifo", config]).exitCode).toBe(0);
  for (const words of [
    ["open", "x"],
    ["start", "--attach", "--name", "y"],
  ]) {
    const name = words.at(-1) ?? "";
    const options = { env: box.env, cwd: box.home };
    await using window = new TerminalWindow([BIDE, ...words, "--", "sh", "-c", PROGRAM], options);
    const fresh = screenState(window.screen);
    await attachAfterEnd(box, config, name);
    expect(await window.exited).toMatchObject({ code: 3 });
    await window.shows("ended");
    expect(window.text.trim().split("\n")).toEqual(["red", `[${name} ended: exit 3]`]);
    const { modes, cursor, title } = screenState(window.screen);
    expect({ modes, title, shape: cursor.shape }).toEqual({ modes: fresh.modes, title: "", shape: fresh.cursor.shape });
  }
});

test("its output to something else than a terminal, the bytes as they are and nothing more", async () => {
  await using box = sandbox();
  const opened = await box.run(["open", "x", "--", "sh", "-c", "printf 'a\\033[31mb'; exit 3"]);
  expect([opened.code, opened.stdout]).toEqual([3, "a\x1b[31mb"]);
});
