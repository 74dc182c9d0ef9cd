// Faults C1 and C2: a client that stops reading, or reads slowly, costs nobody anything. The program prints at full
// speed, other clients see everything live, the worker's memory stays flat, and the slow one gets the screen as it is
// when it reads again. Whoever reads the log loses nothing at any speed.

import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Session } from "../../src/protocol/session.ts";
import { stateOf, until } from "../lifecycle/processes.ts";
import { TerminalWindow } from "../lifecycle/terminal-window.ts";
import { amount } from "../support/amounts.ts";
import { BIDE, type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";
import { LibraryClient } from "./library-client.ts";

setDefaultTimeout(120_000);

const shared = sharedSandbox();

const MB = 1_000_000;
const FLOOD = amount(15, 500) * MB;

/** A session that prints so many bytes, and `END`, each time it reads their number; nothing else comes before that. */
async function startFlood(box: Sandbox): Promise<Session> {
  const script = `stty -echo -onlcr; echo ready
    while read n; do yes "$(printf 'a line of a flood, quite short\\r')" | head -c $n; printf 'END\\r\\n'; done`;
  const session = await box.start("flood", ["sh", "-c", script], ["--size", "80x24"]);
  await box.printed("flood", "ready\n");
  return session;
}

/** In pieces that a client cannot fall behind in, so that `client` gets all of it even on a busy machine. */
async function flood(client: LibraryClient, bytes: number, piece = MB / 2): Promise<void> {
  for (let done = 0; done < bytes; done += piece) {
    const end = client.offset + piece + 5;
    client.type(`${piece}\n`);
    await client.until(() => client.offset === end);
  }
}

/** KiB that the process had at most since `forgetPeak`. */
function peakOf(pid: number): number {
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

test("two clients stopped during a flood, the worker grows by less than 8 MB for each and everybody else sees all of it live", async () => {
  await using box = sandbox();
  const worker = (await startFlood(box)).worker_pid ?? 0;
  using live = await LibraryClient.attach(box, "flood");
  using paused = await LibraryClient.attach(box, "flood");
  await using window = new TerminalWindow([BIDE, "attach", "flood"], { env: box.env, cwd: box.root });
  await window.shows("ready");
  // What the worker needs for such a flood with everybody reading: its peak goes up and down by 10 MB.
  await flood(live, FLOOD / 6);
  const usual = peakOf(worker);
  forgetPeak(worker);

  process.kill(window.pid, "SIGSTOP");
  await until("the client is stopped", () => stateOf(window.pid) === "T");
  paused.attachment.pause();
  const shown = window.received;
  const start = live.offset;
  await flood(live, FLOOD);
  // Two clients, 8 MB for each, and what the peak goes up and down by itself.
  expect(peakOf(worker) - usual).toBeLessThan((2 * 8 + 10) * 1024);
  expect(live).toMatchObject({ complaints: [], gaps: 0, offset: start + FLOOD + (FLOOD / MB) * 10 });
  expect(stateOf(window.pid)).toBe("T");

  process.kill(window.pid, "SIGCONT");
  paused.attachment.resume();
  await paused.until(() => paused.offset === live.offset);
  expect(paused).toMatchObject({ complaints: [], gaps: 1 });
  expect(paused.skipped + paused.received).toBe(live.received);
  expect(paused.skipped).toBeGreaterThan(FLOOD - 8 * MB);

  live.type("3\n");
  await window.shows("a lEND");
  expect(window.received - shown).toBeLessThan(8 * MB);
  const lines = Array(21).fill("a line of a flood, quite short");
  expect(window.text.split("\n").slice(0, 23)).toEqual([...lines, "END", "a lEND"]);
});

test("a client that reads a little now and then, every gap is told exactly and it ends at the same screen", async () => {
  await using box = shared();
  await startFlood(box);
  using live = await LibraryClient.attach(box, "flood");
  using slow = await LibraryClient.attach(box, "flood");
  // Reads one piece, then nothing until 2 MB more have been printed.
  slow.onOutput = () => slow.attachment.pause();
  slow.attachment.pause();
  for (let round = 0; round < amount(3, 6); round += 1) {
    await flood(live, 2 * MB);
    slow.attachment.resume();
  }
  expect(slow.gaps).toBeGreaterThan(0);
  slow.onOutput = () => {};
  slow.attachment.resume();
  await slow.until(() => slow.offset === live.offset);
  expect(slow.complaints).toEqual([]);
  expect(slow.skipped + slow.received).toBe(live.received);
  expect(slow.tail).toContain("a line of a flood, quite short");
});

test("a reader of the log that stops during a flood, it gets every byte when it reads on", async () => {
  await using box = sandbox();
  await startFlood(box);
  using live = await LibraryClient.attach(box, "flood");
  const script = `"$0" logs flood --follow --raw | sh -c 'echo $$ > reader; exec cat > copy'`;
  const shell = Bun.spawn(["sh", "-c", script, BIDE], { env: box.env, cwd: box.root });
  const copy = join(box.root, "copy");
  await until("the reader reads", () => existsSync(copy) && readFileSync(copy).length > 0);
  const reader = Number(readFileSync(join(box.root, "reader"), "utf8"));
  process.kill(reader, "SIGSTOP");
  await flood(live, 5 * MB);
  process.kill(reader, "SIGCONT");
  await box.kill("flood");
  expect(await shell.exited).toBe(0);
  const { paths } = await box.inspect("flood");
  expect(readFileSync(copy).length).toBe(live.offset);
  expect(readFileSync(copy).equals(readFileSync(paths.log))).toBe(true);
});
