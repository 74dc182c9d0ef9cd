// Fault P7: a program that never reads what is typed. `send` says so after its timeout, an attached client is slowed,
// memory and processor stay flat, and once the program reads, what was taken arrives exactly and in order.

import { expect, setDefaultTimeout, test } from "bun:test";
import { resolve } from "node:path";
import { residentKib, ticksOf, until } from "../lifecycle/processes.ts";
import { sandbox } from "../support/sandbox.ts";
import { LibraryClient } from "./library-client.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const MB = 1_000_000;
const NEVER_READS = resolve(import.meta.dir, "../programs/pty-never-reads.sh");

test("40 MB sent to a program that never reads, refused with 75 and a count, the worker bounded and at rest", async () => {
  await using box = sandbox();
  const worker = (await box.start("x", [NEVER_READS])).worker_pid ?? 0;
  await box.printed("x", "ready");
  const memory = residentKib(worker);
  const sent = await box.run(["send", "x", "--timeout", "500ms", "-"], { input: "x".repeat(40 * MB) });
  expect(sent.code).toBe(75);
  expect(sent.stderr).toMatch(/does not read: \d+ of \d+ bytes were taken/);
  // The 1 MB that waits, and what the runtime needs beside it; kept whole it would be 40 MB.
  expect(residentKib(worker) - memory).toBeLessThan(20 * 1024);
  // The next one waits for its whole second: 100 ticks of a processor, of which 2 % are allowed and 5 tolerated.
  const before = ticksOf(worker);
  expect((await box.run(["send", "x", "--timeout", "1s", "y".repeat(100_000)])).code).toBe(75);
  expect(ticksOf(worker) - before).toBeLessThan(6);
  // Still in charge of it.
  await box.kill("x");
});

test("an attached client types 10 MB into a program that does not read, it is slowed; when it reads, all arrives", async () => {
  await using box = sandbox();
  const lines = 'stty raw -echo; printf ready; head -c 1 < go > /dev/null; head -c "$1" | cksum; exec sleep 1000';
  Bun.spawnSync(["mkfifo", `${box.root}/go`]);
  const session = await box.start("x", ["sh", "-c", lines, "sh", String(10 * MB)]);
  const worker = session.worker_pid ?? 0;
  using client = await LibraryClient.attach(box, "x");
  await client.shows("ready");
  const bytes = Buffer.from(Array.from({ length: MB }, (_, index) => `${String(index).padStart(9, "0")},`).join(""));
  expect(bytes.length).toBe(10 * MB);
  const memory = residentKib(worker);
  client.attachment.write(bytes);
  // An answer shows that the worker has seen what it was going to take for now.
  using witness = await LibraryClient.attach(box, "x", { read_only: true });
  await witness.connection.request("session.status", {});
  expect(client.attachment.pendingBytes).toBeGreaterThan(5 * MB);
  expect(residentKib(worker) - memory).toBeLessThan(12 * 1024);
  await Bun.write(`${box.root}/go`, "!");
  const sum = Bun.spawnSync(["cksum"], { stdin: bytes }).stdout.toString().trim();
  await until("everything has been typed", () => client.attachment.pendingBytes === 0);
  await witness.shows(sum);
});
