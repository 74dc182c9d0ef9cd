// The worker reads and writes the terminal of an attached client itself (docs/decisions/0013). What must hold all the
// same: every key in its order, the detach key, the terminal for whoever is in its foreground, a way out of everything.

import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unwrap } from "../../src/base/errors.ts";
import { spawnPty } from "../../src/pty/pty.ts";
import { screenState } from "../../src/terminal/read-out.ts";
import { kill9, until } from "../lifecycle/processes.ts";
import { TerminalWindow } from "../lifecycle/terminal-window.ts";
import { RandomStream } from "../support/random-streams.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";

setDefaultTimeout(60_000);

const ECHO = ["sh", "-c", "stty raw -echo; echo ready; exec cat"];

/** Less than a terminal types at once, more than waking a thread moves. */
const PIECE = 50;

/** A shell with job control; `attach` writes the client's pid into a file. */
function sitDown(box: Sandbox): TerminalWindow {
  const env = { ...box.env, PS1: "shell> ", BIDE };
  return new TerminalWindow(["bash", "--norc", "--noprofile", "-i"], { env, cwd: box.root });
}

async function attachIn(window: TerminalWindow, box: Sandbox): Promise<number> {
  await window.shows("shell>");
  window.type("sh -c 'echo $$ > client; exec $BIDE attach demo'\r");
  await window.shows("ready");
  return Number(readFileSync(join(box.root, "client"), "utf8"));
}

/** Bytes that a process has read and written with read(2) and write(2), which sockets are not; a woken thread is some. */
function moved(pid: number): number {
  const [, read, written] = /rchar: (\d+)\nwchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, "utf8")) ?? [];
  return Number(read) + Number(written);
}

/** Types this and waits until the window got as much. */
async function echoes(window: TerminalWindow, keys: string): Promise<void> {
  const end = window.received + keys.length;
  window.type(keys);
  await window.until(
    () => window.received >= end,
    () => `${keys.length} keys were not echoed`,
  );
}

/** Resolves once keys and their echo pass the client by. */
async function direct(window: TerminalWindow, client: number): Promise<void> {
  await until("an echo passes the client by", async () => {
    const before = moved(client);
    await echoes(window, "+".repeat(PIECE));
    return moved(client) - before < PIECE;
  });
}

test("keys and output at a terminal, they pass the client by and it is as before at the end", async () => {
  await using box = sandbox();
  await box.start("demo", ECHO);
  await using window = sitDown(box);
  const client = await attachIn(window, box);
  await direct(window, client);
  const before = moved(client);
  for (let count = 0; count < 100; count += 1) await echoes(window, "x".repeat(PIECE));
  expect(moved(client) - before).toBeLessThan(10 * PIECE);
  // Modes that the client did not write itself are undone by it.
  await box.ok(["send", "--force", "demo", "--", "\x1b[?25l\x1b[1;31mred"]);
  await window.shows("red");
  window.type("\x1c");
  await window.shows("[detached from demo]");
  window.type("echo sum-$((40+2))\r");
  await window.shows("sum-42");
  expect(screenState(window.screen).cursor.visible).toBe(true);
});

test("plain keys, sequences and pastes in any cut, the program gets all of them in their order", async () => {
  await using box = sandbox();
  await box.start("demo", ["sh", "-c", "stty raw -echo; echo ready; exec cat > typed"], ["--cwd", box.root]);
  await using window = sitDown(box);
  await attachIn(window, box);
  const random = new RandomStream(20_261_121);
  const pieces = [
    "a",
    "plain text",
    "\r",
    "\t",
    "\x1b[A",
    "\x1bOP",
    "\x1b[200~pasted \x1c key\x1b[201~",
    "é€🙂",
    "\x1b[1;5C",
  ];
  let typed = "";
  for (let count = 0; count < 400; count += 1) typed += random.pick(pieces);
  // A lone Escape waits for its rest; this one gets none.
  typed += "\x1b";
  const bytes = Buffer.from(typed);
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + random.below(40);
    window.type(bytes.subarray(at, at + length));
    at += length;
    if (random.below(3) === 0) await new Promise(setImmediate);
  }
  const file = join(box.root, "typed");
  await until("all of it is typed", () => readFileSync(file).length >= bytes.length);
  expect(readFileSync(file).toString("latin1")).toBe(bytes.toString("latin1"));
});

test("a terminal that stops reading now and then, it gets every byte once and in order on whichever way", async () => {
  await using box = sandbox();
  const text = join(box.root, "text");
  const random = new RandomStream(7);
  writeFileSync(
    text,
    Array.from({ length: 12_000 }, (_, line) => `${line} \x1b[3${line % 8}m${"é".repeat(30)}\x1b[m\n`).join(""),
  );
  const printed = readFileSync(text);
  // What waits is never so much that the client is behind.
  expect(printed.length).toBeLessThan(1024 * 1024);
  await box.start("demo", ["sh", "-c", `stty raw -echo; echo ready; while read -r _; do cat '${text}'; done`]);
  const chunks: Buffer[] = [];
  const got = () => Buffer.concat(chunks);
  const pty = unwrap(
    spawnPty(
      { argv: [BIDE, "attach", "demo"], env: { ...box.env }, cwd: box.root, umask: 0o022, rows: 24, cols: 80 },
      {
        data: (bytes) => {
          chunks.push(Buffer.from(bytes));
          if (random.below(20) > 0) return;
          pty.pause();
          setTimeout(() => pty.resume(), random.below(8));
        },
        exited: () => {},
        closed: () => {},
      },
    ),
  );
  await until("attached", () => got().includes("ready"));
  for (let round = 0; round < 5; round += 1) {
    const before = got().length;
    pty.write(Buffer.from("\n"));
    await until("all of it is there", () => got().length >= before + printed.length);
    expect(got().subarray(before).equals(printed)).toBe(true);
  }
  pty.write(Buffer.from("\x1c"));
  await until("detached", () => got().includes("[detached from demo]"));
  pty.close();
});

test("a client stopped in its shell, the keys are the shell's and nothing of the session is printed until it goes on", async () => {
  await using box = sandbox();
  await box.start("demo", ECHO);
  await using window = sitDown(box);
  const client = await attachIn(window, box);
  await direct(window, client);
  process.kill(client, "SIGSTOP");
  await window.shows(/Stopped[\s\S]*shell>/);
  await box.ok(["send", "--force", "demo", "--", "meanwhile"]);
  await box.ok(["wait", "demo", "--contains", "meanwhile"]);
  window.type("echo sum-$((40+2))\r");
  await window.shows("sum-42");
  expect(window.text).not.toContain("meanwhile");
  window.type("fg\r");
  await window.shows("meanwhile");
  window.type(" on it goes");
  await window.shows("on it goes");
  expect(await box.ok(["screen", "demo"])).not.toContain("sum");
});

test("a client killed, the shell gets every key from then on", async () => {
  await using box = sandbox();
  await box.start("demo", ECHO);
  await using window = sitDown(box);
  const client = await attachIn(window, box);
  await direct(window, client);
  await kill9(client);
  await window.shows(/Killed[\s\S]*shell>/);
  window.type("echo sum-$((40+2))\r");
  await window.shows("sum-42");
  expect(await box.ok(["screen", "demo"])).not.toContain("sum");
});

test("a worker that hangs, the detach key works and what was typed before it is not lost", async () => {
  await using box = sandbox();
  const { worker_pid } = await box.start("demo", ECHO);
  if (worker_pid === null) throw new Error("no worker");
  await using window = sitDown(box);
  const client = await attachIn(window, box);
  await direct(window, client);
  process.kill(worker_pid, "SIGSTOP");
  try {
    window.type("typed blindly\x1c");
    await window.shows("[detached from demo]");
    window.type("echo sum-$((40+2))\r");
    await window.shows("sum-42");
  } finally {
    process.kill(worker_pid, "SIGCONT");
  }
  await box.ok(["wait", "demo", "--contains", "typed blindly"]);
  window.type("echo sum-$((50+3))\r");
  await window.shows("sum-53");
  expect(await box.ok(["screen", "demo"])).not.toContain("sum");
});
