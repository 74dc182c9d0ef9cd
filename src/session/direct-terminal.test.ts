// The rules of order of a terminal that worker and client share, on a real PTY; the client's answers are the test's.

import { expect, test } from "bun:test";
import { statSync } from "node:fs";
import { unwrap } from "../base/errors.ts";
import { PASSED } from "../protocol/direct-frames.ts";
import { FRAME, FRAME_HEADER_BYTES } from "../protocol/frames.ts";
import type { Outlet } from "../pty/outlet.ts";
import { spawnPty } from "../pty/pty.ts";
import { DirectTerminal } from "./direct-terminal.ts";

const CTRL_BACKSLASH = 0x1c;

/** A terminal with a client in it that does nothing; `did` is what the worker did, in order. */
async function shared(now?: () => number) {
  const did: string[] = [];
  let printed = "";
  const outlets = new Set<Outlet>();
  let news = Promise.withResolvers<void>();
  const exited = Promise.withResolvers<unknown>();
  const tell = (what?: string) => {
    if (what !== undefined) did.push(what);
    news.resolve();
    news = Promise.withResolvers();
  };
  const until = async (holds: () => boolean) => {
    while (!holds()) await news.promise;
  };
  const pty = unwrap(
    spawnPty(
      {
        argv: ["sh", "-c", "stty raw -echo; echo ready; exec sleep 1000"],
        env: { PATH: process.env.PATH ?? "" },
        ...{ cwd: "/", umask: 0o022, rows: 24, cols: 80 },
      },
      {
        data: (bytes) => {
          printed += Buffer.from(bytes).toString();
          // As the reader of the program's PTY does it between two reads.
          for (const outlet of outlets) outlet.drain();
          tell();
        },
        exited: exited.resolve,
        closed: () => {},
      },
    ),
  );
  await until(() => printed.includes("ready"));
  printed = "";
  let passed = "";
  const { dev, ino, rdev } = statSync(pty.ttyPath);
  const names = new Map<number, string>([
    [FRAME.typed, "asked"],
    [FRAME.shown, "shown"],
  ]);
  const direct = DirectTerminal.open(
    { path: pty.ttyPath, dev, ino, rdev, pid: pty.pid, held: [CTRL_BACKSLASH] },
    {
      lookFirst: () => {},
      type: (bytes) => tell(`typed ${Buffer.from(bytes)}`),
      send: (frame, droppable) => {
        const payload = Buffer.from(frame.subarray(FRAME_HEADER_BYTES)).toString();
        if (!droppable) return tell(`${names.get(frame[0] ?? 0)} ${payload}`);
        passed += payload;
        tell("passed on");
      },
      onWaiting: (outlet, waits) => void (waits ? outlets.add(outlet) : outlets.delete(outlet)),
    },
    now,
  );
  if (direct === undefined) throw new Error("not reached");
  direct.listen();
  return {
    did,
    direct,
    until,
    type: (keys: string) => pty.write(Buffer.from(keys)),
    printed: () => printed,
    /** Output that was left to the client. */
    passed: () => passed,
    outlets,
    /** The terminal is not read any more, or again. */
    stuck: (stuck: boolean) => (stuck ? pty.pause() : pty.resume()),
    async [Symbol.asyncDispose]() {
      direct.dispose();
      pty.close();
      await exited.promise;
    },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("plain keys behind a sequence, a paste or the detach key, none is typed before the client has dealt with those", async () => {
  await using terminal = await shared();
  const { did, direct, until, type } = terminal;
  type("a");
  await until(() => did.length === 1);
  type("\x1b[3~");
  await until(() => did.length === 2);
  type("b");
  // The kernel has told of it long before this; nobody may read it.
  for (let count = 0; count < 100; count += 1) await turn();
  expect(did).toEqual(["typed a", "asked \x1b[3~"]);
  direct.passed(PASSED.held);
  expect(did.at(-1)).toBe("asked b");
  direct.passed(PASSED.straight);
  type("c\x1cd");
  await until(() => did.length === 4);
  direct.passed(PASSED.straight);
  type("e");
  await until(() => did.length === 5);
  expect(did).toEqual(["typed a", "asked \x1b[3~", "asked b", "asked c\x1cd", "typed e"]);
});

test("the keyboard is handed over or taken back, the worker reads no more", async () => {
  await using one = await shared();
  one.direct.handOverKeys();
  one.type("a");
  await using other = await shared();
  other.direct.passed(PASSED.mine);
  other.type("b");
  for (let count = 0; count < 100; count += 1) await turn();
  one.direct.look();
  other.direct.look();
  expect(one.did).toEqual(["asked "]);
  expect(other.did).toEqual([]);
});

test("output that the client has not written yet, nothing is printed past it", async () => {
  await using terminal = await shared();
  const { direct, until, printed } = terminal;
  const print = (text: string) => direct.print(Buffer.from(text));
  expect(print("before the first drawn")).toBe(0);
  direct.drawn({ written: 0, followed: 0, ground: true });
  expect(print("one")).toBe(3);
  direct.sent(5);
  expect(print("two")).toBe(0);
  direct.drawn({ written: 4, followed: 0, ground: true });
  expect(print("two")).toBe(0);
  direct.drawn({ written: 1, followed: 0, ground: true });
  expect(print("three")).toBe(5);
  direct.sent(7);
  direct.dropped(7);
  expect(print("four")).toBe(4);
  await until(() => printed().includes("four"));
  expect(printed()).toBe("onethreefour");
});

/** So many lines of text, each another. */
function text(lines: number, from = 0): Buffer {
  return Buffer.from(Array.from({ length: lines }, (_, line) => `${from + line} ${"x".repeat(90)}\n`).join(""));
}

test("a flood of text, what the terminal does not take at once waits for it and none is left to the client", async () => {
  // On a busy machine the test itself may read nothing for so long that the terminal counts as stuck.
  await using terminal = await shared(() => 0);
  const { direct, until, printed, outlets, did } = terminal;
  direct.drawn({ written: 0, followed: 0, ground: true });
  let all = "";
  for (let piece = 0; piece < 40; piece += 1) {
    const bytes = text(600, piece * 600);
    all += bytes;
    expect(direct.print(bytes)).toBe(bytes.length);
    await until(() => printed().length > all.length - 300_000);
  }
  await until(() => printed().length >= all.length);
  expect(printed() === all).toBe(true);
  expect(did).toEqual([]);
  expect(outlets.size).toBe(0);
});

for (const [what, next] of [
  ["styled output", (direct: DirectTerminal) => direct.print(Buffer.from("\x1b[1mbold"))],
  ["more than may wait", (direct: DirectTerminal) => direct.print(Buffer.alloc(512 * 1024, "y"))],
  ["a replay", (direct: DirectTerminal) => direct.sent(100, "replay")],
  ["the end", (direct: DirectTerminal) => direct.dispose()],
] as const) {
  test(`${what} behind text that waits for the terminal, the client gets that text first and all of it`, async () => {
    await using terminal = await shared();
    const { direct, until, printed, passed, did, stuck } = terminal;
    direct.drawn({ written: 0, followed: 0, ground: true });
    stuck(true);
    const bytes = text(1000);
    expect(direct.print(bytes)).toBe(bytes.length);
    expect(passed()).toBe("");
    expect(next(direct) ?? 0).toBe(0);
    const [first, ...rest] = did;
    expect([first?.slice(0, 6), new Set(rest)]).toEqual(["shown ", new Set(["passed on"])]);
    stuck(false);
    await until(() => printed().length + passed().length >= bytes.length);
    expect(printed() + passed() === bytes.toString()).toBe(true);
  });
}

test("a terminal that is not read, text that waits for it is left to the client before long", async () => {
  await using terminal = await shared();
  const { direct, until, printed, passed, outlets, stuck } = terminal;
  direct.drawn({ written: 0, followed: 0, ground: true });
  stuck(true);
  const bytes = text(1000);
  expect(direct.print(bytes)).toBe(bytes.length);
  await until(() => passed() !== "");
  expect(outlets.size).toBe(0);
  expect(direct.print(Buffer.from("more"))).toBe(0);
  stuck(false);
  await until(() => printed().length + passed().length >= bytes.length);
  expect(printed() + passed() === bytes.toString()).toBe(true);
});

test("text alone, the client is told its last byte when something else follows; sequences and what is inside them, all", async () => {
  await using terminal = await shared();
  const { did, direct } = terminal;
  const print = (text: string) => direct.print(Buffer.from(text));
  direct.drawn({ written: 0, followed: 0, ground: true });
  print("plain\n");
  print("text");
  expect(did).toEqual([]);
  print("\x1b]2;ti");
  print("tle");
  expect(did).toEqual(["shown t", "shown \x1b]2;ti", "shown tle"]);
  direct.drawn({ written: 0, followed: 10, ground: false });
  print("\x07");
  direct.drawn({ written: 0, followed: 2, ground: true });
  print("more\n");
  expect(did.slice(3)).toEqual(["shown \x07"]);
  direct.sent(1);
  expect(did.slice(4)).toEqual(["shown \n"]);
});

test("a client that follows nothing, what it is shown is bounded and all else goes through it", async () => {
  await using terminal = await shared();
  const { direct, until, printed } = terminal;
  direct.drawn({ written: 0, followed: 0, ground: true });
  const piece = Buffer.from(`\x1b[m${"x".repeat(1000)}`);
  let all = 0;
  for (let count = piece.length; count > 0; ) {
    count = direct.print(piece);
    all += count;
    await until(() => printed().length >= all);
    expect(all).toBeLessThan(1024 * 1024);
  }
  direct.drawn({ written: 0, followed: all, ground: true });
  expect(direct.print(piece)).toBeGreaterThan(0);
});
