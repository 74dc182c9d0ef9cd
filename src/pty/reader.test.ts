import { afterAll, expect, test } from "bun:test";
import { closeSync, constants, openSync } from "node:fs";
import { join } from "node:path";
import { amount } from "../../test/support/amounts.ts";
import { unwrap } from "../base/errors.ts";
import { identify, isAlive } from "./identity.ts";
import type { IdleMode } from "./master.ts";
import { end, fixture, ORDINARY, startProgram, temporaryDirectory } from "./program-under-test.ts";
import { spawnPty } from "./pty.ts";
import { membersOfSession } from "./session-members.ts";

const MODES: readonly IdleMode[] = process.platform === "linux" ? ["signal", "blocking-read"] : ["blocking-read"];
const directory = temporaryDirectory();
afterAll(directory.remove);

/** What pty-print-numbers.sh prints, as the terminal passes it on. */
function numbers(count: number): string {
  return Array.from({ length: count }, (_, index) => `${index + 1}\r\n`).join("");
}

for (const idleMode of MODES) {
  // [what it is called, lines, runs]
  for (const [size, count, runs] of [
    ["5 KB", 1_000, amount(20, 100)],
    ["200 KB", 34_000, amount(5, 100)],
    ["3 MB", 420_000, amount(1, 10)],
  ] as const) {
    test(`a program exits right after printing ${size} (${idleMode}), no byte is lost and the code is exact`, async () => {
      const expected = numbers(count);
      for (let run = 0; run < runs; run++) {
        const program = startProgram([fixture("pty-print-numbers.sh"), String(count), String(run % 200)], { idleMode });
        let seen: string | undefined;
        const status = await program.exited.finally(() => {
          seen = program.output();
        });
        expect(status).toEqual({ code: run % 200, signal: null });
        expect(seen === expected).toBe(true);
        await program.closed;
      }
    }, 120_000);
  }

  test(`a program exits while the PTY is paused (${idleMode}), everything is delivered before the exit`, async () => {
    for (let run = 0; run < 20; run++) {
      const program = startProgram([fixture("pty-print-numbers.sh"), "500", "9"], { idleMode });
      program.pty.pause();
      expect(await program.exited).toEqual({ code: 9, signal: null });
      expect(program.output()).toBe(numbers(500));
      program.pty.resume();
      await program.closed;
    }
  });

  test(`a PTY is paused and gives memory back in a flood (${idleMode}), the program stops and nothing is lost`, async () => {
    const program = startProgram([fixture("pty-print-numbers.sh"), "200000", "0"], { idleMode });
    for (const mark of ["\n1000\r", "\n50000\r", "\n120000\r"]) {
      await program.printed(mark);
      program.pty.pause();
      program.pty.rest();
      const held = program.output();
      // The program is far from its end, and many turns of the event loop bring nothing more.
      for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
      expect(program.output().length).toBe(held.length);
      program.pty.resume();
    }
    await program.exited;
    expect(program.output() === numbers(200_000)).toBe(true);
  });
}

test("output is paused by the consumer from inside data, it gets no second call", async () => {
  const done = Promise.withResolvers<void>();
  let calls = 0;
  let bytes = 0;
  const pty = unwrap(
    spawnPty(
      { ...ORDINARY, argv: [fixture("pty-print-numbers.sh"), "100000", "0"] },
      {
        data: (chunk) => {
          expect(pty.paused).toBe(false);
          calls += 1;
          pty.rest();
          bytes += chunk.length;
          pty.pause();
          setImmediate(() => pty.resume());
        },
        exited: () => {},
        closed: done.resolve,
      },
    ),
  );
  await done.promise;
  expect(bytes).toBe(numbers(100_000).length);
  expect(calls).toBeGreaterThan(1);
});

test.if(process.platform === "linux")(
  "a grandchild holds the terminal, the exit comes at once and its late output is delivered until it is gone",
  async () => {
    const fifo = join(directory.path, "late");
    Bun.spawnSync(["mkfifo", fifo]);
    const program = startProgram([fixture("pty-leave-grandchild.sh"), fifo]);
    expect(await program.exited).toEqual({ code: 3, signal: null });
    expect(program.output()).toBe("early\r\n");
    expect(program.pty.closed).toBe(false);
    const gate = openSync(fifo, constants.O_RDWR);
    await Bun.write(Bun.file(gate), "go\n");
    await program.closed;
    closeSync(gate);
    expect(program.output()).toBe("early\r\nlate\r\n");
  },
);

test.if(process.platform === "linux")("a grandchild holds the terminal, close ends it all with a hang-up", async () => {
  const fifo = join(directory.path, "never");
  Bun.spawnSync(["mkfifo", fifo]);
  const program = startProgram([fixture("pty-leave-grandchild.sh"), fifo]);
  await program.exited;
  const orphans = membersOfSession("none", program.pty.identity).flatMap((one) => identify(one.pid) ?? []);
  expect(orphans).toHaveLength(1);
  program.dispose();
  await program.closed;
  // It ignores the hang-up; releasing it lets it find its terminal gone and end.
  const gate = openSync(fifo, constants.O_RDWR);
  await Bun.write(Bun.file(gate), "go\n");
  while (orphans.some(isAlive)) await new Promise((resolve) => setImmediate(resolve));
  closeSync(gate);
});

test("the PTY is closed while the last bytes are handed over, the exit is reported all the same", async () => {
  const order: string[] = [];
  const done = Promise.withResolvers<void>();
  const pty = unwrap(
    spawnPty(
      { ...ORDINARY, argv: [fixture("pty-print-numbers.sh"), "100", "6"] },
      {
        data: () => pty.close(),
        exited: (status) => {
          order.push(`exited ${status.code}${status.signal}`);
          done.resolve();
        },
        closed: () => order.push("closed"),
      },
    ),
  );
  pty.pause(); // so that the first byte comes when the program has ended
  await done.promise;
  expect(order.toSorted()).toEqual(["closed", "exited 6null"]);
});

test("the leader lives when the PTY is closed, closed comes at once and the exit follows", async () => {
  for (const idleMode of MODES) {
    const program = startProgram([fixture("pty-never-reads.sh")], { idleMode });
    await program.printed("ready");
    program.pty.close();
    await program.closed;
    expect(await end(program)).toEqual({ code: null, signal: "SIGHUP" });
  }
});
