// The worker reads and writes the terminal of an attached client itself (docs/decisions/0013). What must hold all the
// same: every key in its order, the detach key, the terminal for whoever is in its foreground, a way out of everything.

import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unwrap } from "../../src/base/errors.ts";
import { spawnPty } from "../../src/pty/pty.ts";
import { screenState } from "../../src/terminal/read-out.ts";
import { kill9, stateOf, until } from "../lifecycle/processes.ts";
import { TerminalWindow } from "../lifecycle/terminal-window.ts";
import { amount } from "../support/amounts.ts";
import { RandomStream } from "../support/random-streams.ts";
import { BIDE, type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";

setDefaultTimeout(60_000);

const shared = sharedSandbox();

const ECHO = ["sh", "-c", "stty raw -echo; echo ready; exec cat"];

/** What has been printed: enough to be in the middle of it. */
const MUCH = 300_000;

/** Less than a terminal types at once, more than waking a thread moves. */
const PIECE = 50;

/** A window with a shell in it, which has job control and in which `demo` is attached. */
class Seat extends TerminalWindow {
  readonly #box: Sandbox;

  constructor(box: Sandbox) {
    const env = { ...box.env, PS1: "shell> ", BIDE };
    super(["bash", "--norc", "--noprofile", "-i"], { env, cwd: box.root });
    this.#box = box;
  }

  /** Resolves to the pid of the client once the program in the session says that it is ready. */
  async attach(): Promise<number> {
    await this.shows("shell>");
    this.type("sh -c 'echo $$ > client; exec $BIDE attach demo'\r");
    await this.shows("ready");
    return Number(readFileSync(join(this.#box.root, "client"), "utf8"));
  }

  /** The same, once keys and their echo pass the client by. */
  async attachDirectly(): Promise<number> {
    const client = await this.attach();
    await until("an echo passes the client by", async () => {
      const before = moved(client);
      await this.echoes("+".repeat(PIECE));
      return moved(client) - before < PIECE;
    });
    return client;
  }

  /** Types this and waits until the window got as much. */
  async echoes(keys: string): Promise<void> {
    const end = this.received + keys.length;
    this.type(keys);
    await this.until(
      () => this.received >= end,
      () => `${keys.length} keys were not echoed`,
    );
  }

  /** What is typed is the shell's. */
  async isAtShell(): Promise<void> {
    this.type("echo sum-$((40+2))\r");
    await this.shows("sum-42");
  }
}

/** Bytes that a process has read and written with read(2) and write(2), which sockets are not; a woken thread is some. */
function moved(pid: number): number {
  const [, read, written] = /rchar: (\d+)\nwchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, "utf8")) ?? [];
  return Number(read) + Number(written);
}

test("keys and output at a terminal, they pass the client by and it is as before at the end", async () => {
  await using box = shared();
  await box.start("demo", ECHO);
  await using window = new Seat(box);
  const client = await window.attachDirectly();
  const before = moved(client);
  for (let count = 0; count < 100; count += 1) await window.echoes("x".repeat(PIECE));
  expect(moved(client) - before).toBeLessThan(10 * PIECE);
  // Modes that the client did not write itself are undone by it.
  await box.ok(["send", "--force", "demo", "--", "\x1b[?25l\x1b[1;31mred"]);
  await window.shows("red");
  window.type("\x1c");
  await window.shows("[detached from demo]");
  await window.isAtShell();
  expect(screenState(window.screen).cursor.visible).toBe(true);
});

test("plain keys, sequences and pastes in any cut, the program gets all of them in their order", async () => {
  await using box = sandbox();
  await box.start("demo", ["sh", "-c", "stty raw -echo; echo ready; exec cat > typed"], ["--cwd", box.root]);
  await using window = new Seat(box);
  await window.attach();
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

test("a flood of text at a terminal that reads, it passes the client by", async () => {
  await using box = sandbox();
  const go = join(box.root, "go");
  Bun.spawnSync(["mkfifo", go]);
  // What is typed is echoed meanwhile, from a copy of standard input: sh gives a job in the background an empty one.
  const program = `stty raw -echo; exec 3<&0 4<>'${go}'; cat <&3 & echo ready; while read -r _ <&4; do seq 1 100000; done`;
  await box.start("demo", ["sh", "-c", program]);
  await using window = new Seat(box);
  const client = await window.attachDirectly();
  const flood = Array.from({ length: 100_000 }, (_, number) => `${number + 1}\n`).join("").length;
  // A terminal that is not read for 20 ms leaves the rest to the client: a busy machine may need several floods.
  await until("a flood passes the client by", async () => {
    const [before, end] = [moved(client), window.received + flood];
    writeFileSync(go, "\n");
    await window.until(
      () => window.received >= end,
      () => "a flood is not whole",
    );
    return moved(client) - before < flood / 2;
  });
});

/** The first goes through the client, the second waits in the worker as long as the terminal reads. */
for (const [kind, line] of [
  ["styled", (number: number) => `${number} \x1b[3${number % 8}m${"é".repeat(30)}\x1b[m\n`],
  ["plain", (number: number) => `${number} ${"é".repeat(35)}\n`],
] as const)
  test(`little is printed while the terminal is behind with much that is ${kind}, it gets every byte once and in order`, async () => {
    await using box = sandbox();
    const file = join(box.root, "text");
    writeFileSync(file, Array.from({ length: 12_000 }, (_, number) => line(number)).join(""));
    const much = readFileSync(file);
    // What waits is never so much that the client is behind.
    expect(much.length).toBeLessThan(1024 * 1024);
    const little = Buffer.from(Array.from({ length: 500 }, (_, line) => `line ${line}\n`).join(""));
    const print = `case $what in much) cat '${file}';; *) for n in $(seq 0 499); do echo line $n; done;; esac`;
    await box.start("demo", ["sh", "-c", `stty raw -echo; echo ready; while read -r what; do ${print}; done`]);
    const chunks: Buffer[] = [];
    let received = 0;
    const pty = unwrap(
      spawnPty(
        { argv: [BIDE, "attach", "demo"], env: { ...box.env }, cwd: box.root, umask: 0o022, rows: 24, cols: 80 },
        {
          data: (bytes) => {
            chunks.push(Buffer.from(bytes));
            received += bytes.length;
          },
          exited: () => {},
          closed: () => {},
        },
      ),
    );
    const type = (keys: string) => pty.write(Buffer.from(keys));
    const shown = (text: string) => until(text, () => Buffer.concat(chunks.slice(-50)).includes(text));
    await shown("ready");
    let printed = "ready\n".length;
    for (let round = 0; round < amount(2, 3); round += 1) {
      const before = received;
      pty.pause();
      type("much\n");
      printed += much.length;
      // The program is through with it; the terminal has had 12 KiB of it at most.
      await until("much is printed", async () => (await box.session("demo")).output_bytes >= printed);
      type("little\n");
      printed += little.length;
      pty.resume();
      await until("all of it is there", () => received >= before + much.length + little.length);
      expect(
        Buffer.concat(chunks)
          .subarray(before)
          .equals(Buffer.concat([much, little])),
      ).toBe(true);
    }
    type("\x1c");
    await shown("[detached from demo]");
    pty.close();
  });

test("a client stopped in its shell, the keys are the shell's and nothing of the session is printed until it goes on", async () => {
  await using box = sandbox();
  await box.start("demo", ECHO);
  await using window = new Seat(box);
  const client = await window.attachDirectly();
  process.kill(client, "SIGSTOP");
  await window.shows(/Stopped[\s\S]*shell>/);
  await box.ok(["send", "--force", "demo", "--", "meanwhile"]);
  await box.ok(["wait", "demo", "--contains", "meanwhile"]);
  await window.isAtShell();
  expect(window.text).not.toContain("meanwhile");
  window.type("fg\r");
  await window.shows("meanwhile");
  window.type(" on it goes");
  await window.shows("on it goes");
  expect(await box.ok(["screen", "demo"])).not.toContain("sum");
});

test("a client stopped in the middle of a flood, the shell has its terminal for itself until it goes on", async () => {
  await using box = sandbox();
  await box.start("demo", ["sh", "-c", "stty raw -echo; echo ready; read -r _; exec seq 1 1000000000"]);
  await using window = new Seat(box);
  const client = await window.attach();
  const grows = (bytes: number) => {
    const end = window.received + bytes;
    return window.until(
      () => window.received >= end,
      () => "the flood does not go on",
    );
  };
  const printed = async () => (await box.session("demo")).output_bytes;
  window.type("\n");
  await grows(MUCH);
  process.kill(client, "SIGSTOP");
  await until("the client is stopped", () => stateOf(client) === "T");
  // The worker may take the client for present for 10 ms, which is two looks; what is typed meanwhile is the program's.
  await until("what is typed is the shell's", () => {
    window.type("\r");
    return /(shell>\s+){4}$/.test(`${window.text}\n`);
  });
  await window.isAtShell();
  await window.shows(/sum-42\s+shell>\s*$/);
  const [seen, before] = [window.received, await printed()];
  await until("the flood goes on unseen", async () => (await printed()) > before + 5 * MUCH);
  expect(window.received).toBe(seen);
  window.type("fg\r");
  await grows(MUCH);
  window.type("\x1c");
  await window.shows("[detached from demo]");
  await window.isAtShell();
});

test("a client killed, the shell gets every key from then on", async () => {
  await using box = sandbox();
  await box.start("demo", ECHO);
  await using window = new Seat(box);
  const client = await window.attachDirectly();
  await kill9(client);
  await window.shows(/Killed[\s\S]*shell>/);
  await window.isAtShell();
  expect(await box.ok(["screen", "demo"])).not.toContain("sum");
});

test("a worker that hangs, the detach key works and what was typed before it is not lost", async () => {
  await using box = sandbox();
  const { worker_pid } = await box.start("demo", ECHO);
  if (worker_pid === null) throw new Error("no worker");
  await using window = new Seat(box);
  await window.attachDirectly();
  process.kill(worker_pid, "SIGSTOP");
  try {
    window.type("typed blindly\x1c");
    await window.shows("[detached from demo]");
    await window.isAtShell();
  } finally {
    process.kill(worker_pid, "SIGCONT");
  }
  await box.ok(["wait", "demo", "--contains", "typed blindly"]);
  window.type("echo sum-$((50+3))\r");
  await window.shows("sum-53");
  expect(await box.ok(["screen", "demo"])).not.toContain("sum");
});
