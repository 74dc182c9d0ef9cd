// Fault D6: 2,000 ended sessions, one with a log of 5 GB and 100,000 events (a fifth of both in `npm test`). What is
// asserted is how much the host reads (as the kernel counts it), because that does not depend on how busy the machine is.

import { expect, setDefaultTimeout, test } from "bun:test";
import { appendFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gone, until } from "../lifecycle/processes.ts";
import { amount } from "../support/amounts.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(120_000);

const SESSIONS = amount(400, 2000);
const EVENTS = amount(20_000, 100_000);
const LOG_BYTES = 5 * 1024 ** 3;
const LAST_LINES = Array.from({ length: 50 }, (_, line) => `line ${line} of the end`);
const KIB = 1024;

/** Bytes that a process has read from files so far. */
function bytesRead(pid: number): number {
  return Number(/rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, "utf8"))?.[1]);
}

async function hostPid(box: Sandbox): Promise<number> {
  return (await box.json(["host", "status"])).host.pid;
}

/** How much the host reads for a command, and the command's output. */
async function reading(box: Sandbox, args: readonly string[]): Promise<{ bytes: number; output: string }> {
  const pid = await hostPid(box);
  const before = bytesRead(pid);
  const output = await box.ok(args);
  return { bytes: bytesRead(pid) - before, output };
}

/** An event as docs/files.md describes it. */
function eventLine(sessionId: string, seq: number): string {
  const event = {
    seq,
    time: new Date(seq).toISOString(),
    session_id: sessionId,
    event: "output",
    offset: seq,
    length: 1,
  };
  const body = JSON.stringify(event).slice(0, -1);
  return `${body},"crc":"${Bun.hash.crc32(body).toString(16).padStart(8, "0")}"}\n`;
}

/** A state directory with all that in it; returns the bytes of one record. */
async function fill(box: Sandbox): Promise<number> {
  await box.start("old", ["true"]);
  const { session, paths } = await until("it has ended", async () => {
    const inspected = await box.inspect("old");
    return inspected.session.worker_pid === null && inspected;
  });
  const pid = await hostPid(box);
  await box.ok(["host", "stop"]);
  await gone(pid);
  const meta = readFileSync(paths.meta, "utf8");
  for (let count = 1; count < SESSIONS; count += 1) {
    const id = crypto.randomUUID();
    const directory = join(box.stateDir, "sessions", id);
    mkdirSync(directory, { mode: 0o700 });
    const name = `"name": "${count === 1 ? "large" : `old-${count}`}"`;
    const own = meta.replaceAll(session.session_id, id).replace('"name": "old"', name).replace('"%0"', `"%${count}"`);
    writeFileSync(join(directory, "meta.json"), own, { mode: 0o600 });
    if (count !== 1) continue;
    const log = join(directory, "pty.log");
    writeFileSync(log, "", { mode: 0o600 });
    truncateSync(log, LOG_BYTES);
    appendFileSync(log, `\r\n${LAST_LINES.join("\r\n")}\r\n`);
    const events = Array.from({ length: EVENTS }, (_, index) => eventLine(id, index + 1));
    writeFileSync(join(directory, "events.jsonl"), events.join(""), { mode: 0o600 });
  }
  return meta.length;
}

test(`${SESSIONS} ended sessions, a log of 5 GB and ${EVENTS} events, every answer reads little more than it says`, async () => {
  await using box = sandbox();
  await box.ok(["list"]);
  const empty = bytesRead(await hostPid(box));
  const record = await fill(box);

  expect((await box.ok(["list", "--all", "--short"])).split("\n")).toHaveLength(SESSIONS + 1);
  // A new host has read each record once, and no log and no journal; its own code it read before, too.
  expect(bytesRead(await hostPid(box)) - empty).toBeLessThan(SESSIONS * record * 1.5 + 2048 * KIB);

  const list = await reading(box, ["list", "--all", "--json"]);
  expect(JSON.parse(list.output).sessions).toHaveLength(SESSIONS);
  expect(list.bytes).toBeLessThan(64 * KIB);

  const status = await reading(box, ["status", "large"]);
  expect(status.bytes).toBeLessThan(64 * KIB);

  const tail = await reading(box, ["logs", "large", "--tail", "10"]);
  expect(tail.output.trimEnd().split("\n")).toEqual(LAST_LINES.slice(-10));
  expect(tail.bytes).toBeLessThan(4096 * KIB);

  const events = await reading(box, ["events", "large", "--tail", "3", "--json"]);
  const seqs = events.output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).seq);
  expect(seqs).toEqual([EVENTS - 2, EVENTS - 1, EVENTS]);
  expect(events.bytes).toBeLessThan(2048 * KIB);
});
