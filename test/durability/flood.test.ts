// The main job under load: a build prints 8 MB (100 MB with BIDE_TEST_FULL=1) while its host is killed, a client is
// killed and a window is closed. Nothing is missing from the log, and who attaches sees what was printed last.

import { expect, setDefaultTimeout, test } from "bun:test";
import { resolve } from "node:path";
import { Screen } from "../../src/terminal/screen.ts";
import { attachWindow, killHost, rawLog } from "../lifecycle/bide-commands.ts";
import { SIZE, seen, type TerminalWindow } from "../lifecycle/terminal-window.ts";
import { amount } from "../support/amounts.ts";
import { BIDE, sandbox } from "../support/sandbox.ts";

setDefaultTimeout(240_000);

const FLOOD = resolve(import.meta.dir, "../programs/flood-build-log.sh");
const MB = 1_000_000;
const WANTED = amount(8, 100) * MB;

test("a flood while the host is killed, a client is killed and a window closed, no byte missing and the screen right", async () => {
  await using box = sandbox();
  const expected = floodOf(WANTED);
  const started = await box.start("x", [FLOOD, String(expected.lines)], ["--size", "80x24"]);
  const follower = Bun.spawn([BIDE, "logs", "x", "--follow", "--raw"], { env: box.env, stdout: "pipe" });
  const followed = follower.stdout.bytes();
  await using constant = attachWindow(box, "x");
  await using killed = attachWindow(box, "x");
  await using closed = attachWindow(box, "x");
  for (const window of [constant, killed, closed]) await window.shows("waiting");
  killed.type("go\r");

  // A window that falls behind is given no more than this for certain: the rest of the flood may be over by then.
  await got(killed, 0.2 * MB);
  await killHost(box);
  await killed.kill();
  await got(closed, 0.4 * MB);
  await closed.close();
  await using late = attachWindow(box, "x", "--read-only");
  await late.until(
    () => late.received > 0,
    () => "nothing was shown",
  );
  await killHost(box);

  for (const window of [constant, late]) await window.shows(/^built$/m);
  const session = await box.session("x");
  const { child_pid, worker_pid } = started;
  expect(session).toMatchObject({ state: "running", child_pid, worker_pid, output_bytes: expected.bytes.length });
  expect(Buffer.from(await rawLog(box, "x")).equals(expected.bytes)).toBe(true);

  const uninterrupted = new Screen(SIZE);
  uninterrupted.write(expected.bytes.subarray(-MB));
  await using newest = attachWindow(box, "x");
  await newest.shows(/^built$/m);
  const { history, ...screen } = seen(uninterrupted);
  for (const window of [constant, late, newest]) expect(seen(window.screen)).toMatchObject(screen);
  // The whole of the scrollback that an attach brings is right, too.
  const lines = seen(newest.screen).history.split("\n");
  expect(lines.length).toBeGreaterThan(900);
  expect(history).toEndWith(lines.slice(-900).join("\n"));
  uninterrupted.dispose();

  await box.kill("x");
  expect(Buffer.from(await followed).equals(expected.bytes)).toBe(true);
  expect(await follower.exited).toBe(0);
});

/** What the program prints, from its first byte to `built`, with the echo of the line that starts it. */
function floodOf(wanted: number): { lines: number; bytes: Buffer } {
  const line = (n: number) =>
    `\x1b[32m[${String(n).padStart(7)}]\x1b[0m Building CXX object src/module-${n % 97}/CMakeFiles/file-${n}.cpp.o\r\n`;
  const lines = Math.ceil(wanted / line(wanted / 100).length);
  const pieces = ["waiting\r\ngo\r\n"];
  for (let n = 1; n <= lines; n += 1) pieces.push(line(n));
  pieces.push("built\r\n");
  return { lines, bytes: Buffer.from(pieces.join("")) };
}

function got(window: TerminalWindow, bytes: number): Promise<void> {
  return window.until(
    () => window.received > bytes,
    () => `only ${window.received} bytes came`,
  );
}
