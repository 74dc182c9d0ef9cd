// Faults P3 and P4: whatever a program prints in the instant before it ends is in the log, to the last byte, and its
// exit code is its own; also when nobody could read at that moment. BIDE_TEST_FULL=1 does all hundred rounds.

import { expect, setDefaultTimeout, test } from "bun:test";
import { resolve } from "node:path";
import { type Bide, connect } from "../../src/client/index.ts";
import { processTable } from "../../src/pty/process-table.ts";
import { stateOf, until } from "../lifecycle/processes.ts";
import { amount } from "../support/amounts.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";

const PRINTS = resolve(import.meta.dir, "../programs/pty-print-numbers.sh");

setDefaultTimeout(amount(240_000, 900_000));

/** Numbers up to this make so many bytes with their line ends. */
const SIZES = [
  { what: "5 KB", numbers: 1000, rounds: 4 },
  { what: "200 KB", numbers: 30_000, rounds: 2 },
  { what: "3 MB", numbers: 400_000, rounds: 1 },
];

for (const { what, numbers, rounds } of SIZES) {
  const count = amount(rounds, 100);
  test(`programs that print ${what} and end at once, ${count} times, every byte in the log and the code exact`, async () => {
    await using box = sandbox();
    const expected = printed(numbers);
    const bide = await connectTo(box);
    for (let round = 0; round < count; round += 1) {
      const code = round % 256;
      const argv = [PRINTS, String(numbers), String(code)];
      const { session } = await bide.request("session.start", { ...given(box), argv, name: `x${round}` });
      const selector = { text: session.session_id };
      const ended = await until("it has ended", async () => {
        const { session: now } = await bide.request("session.resolve", { selector });
        return now.state !== "running" && now;
      });
      expect(ended).toMatchObject({ state: "exited", exit_code: code, output_bytes: expected.length });
      // As a whole: a failed comparison of megabytes would be printed.
      expect((await logOf(bide, session.session_id)).equals(expected)).toBe(true);
    }
    bide.close();
  });
}

test("a program that prints and ends while its worker is stopped, every byte and the code are there afterwards", async () => {
  await using box = sandbox();
  const fifo = `${box.root}/go`;
  Bun.spawnSync(["mkfifo", fifo]);
  for (const numbers of [1, 700]) {
    const name = `x${numbers}`;
    const argv = ["sh", "-c", `read go < ${fifo}; exec ${PRINTS} ${numbers} 42`];
    const { worker_pid, child_pid } = await box.start(name, argv);
    process.kill(worker_pid ?? 0, "SIGSTOP");
    await until("the worker stands still", () => stateOf(worker_pid ?? 0) === "T");
    await go(fifo);
    // The terminal holds what was printed; nobody has read it yet.
    await until("the program has ended", () => stateOf(child_pid ?? 0) === "Z");
    process.kill(worker_pid ?? 0, "SIGCONT");
    expect(await box.event(name, (event) => event.event === "exited")).toMatchObject({ exit_code: 42 });
    expect(await box.ok(["logs", name, "--raw"])).toBe(printed(numbers).toString());
  }
});

test("a program that prints more than its terminal holds while the worker is stopped, it waits and loses nothing", async () => {
  await using box = sandbox();
  const fifo = `${box.root}/go`;
  Bun.spawnSync(["mkfifo", fifo]);
  const argv = ["sh", "-c", `read go < ${fifo}; exec ${PRINTS} 100000 9`];
  const { worker_pid, child_pid } = await box.start("x", argv);
  process.kill(worker_pid ?? 0, "SIGSTOP");
  await until("the worker stands still", () => stateOf(worker_pid ?? 0) === "T");
  await go(fifo);
  // It prints without a pause: that it sleeps means that its terminal takes no more.
  await until("the program waits for its terminal", () => {
    const printing = processTable().find((row) => row.ppid === child_pid && row.command.startsWith("seq"));
    return printing !== undefined && stateOf(printing.pid) === "S";
  });
  process.kill(worker_pid ?? 0, "SIGCONT");
  for (let round = 0; round < 5; round += 1) {
    process.kill(worker_pid ?? 0, "SIGSTOP");
    process.kill(worker_pid ?? 0, "SIGCONT");
  }
  expect(await box.event("x", (event) => event.event === "exited")).toMatchObject({ exit_code: 9 });
  expect(await box.ok(["logs", "x", "--raw"])).toBe(printed(100_000).toString());
  expect(stateOf(child_pid ?? 0)).toBeUndefined();
});

/** Lets the program go on that reads the fifo, also when it has not come that far: a shell waits for a reader. */
async function go(fifo: string): Promise<void> {
  await Bun.spawn(["sh", "-c", 'echo go > "$0"', fifo]).exited;
}

async function connectTo(box: Sandbox): Promise<Bide> {
  await box.ok(["list"]);
  return connect({ env: box.env });
}

function given(box: Sandbox) {
  return { env: box.env, cwd: "/", umask: 0o22, rows: 24, cols: 80 };
}

/** Every byte that the host reads from the files of an ended session. */
async function logOf(bide: Bide, session_id: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let offset = 0; ; ) {
    const read = await bide.request("session.log_read", { session_id, offset });
    if (read.data === "") return Buffer.concat(pieces);
    pieces.push(Buffer.from(read.data, "base64"));
    offset = read.next;
  }
}

function printed(numbers: number): Buffer {
  return Buffer.from(Array.from({ length: numbers }, (_, index) => `${index + 1}\r\n`).join(""));
}
