import { expect, test } from "bun:test";
import { Input } from "./input.ts";

/** A PTY writer with room for `limit` bytes, emptied by `read`. */
function writer(limit: number) {
  const taken: number[] = [];
  let waiting: { bytes: number; run: () => void }[] = [];
  let pending = 0;
  return {
    taken,
    closed: false,
    write(bytes: Uint8Array): boolean {
      if (pending + bytes.length > limit) return false;
      pending += bytes.length;
      taken.push(...bytes);
      return true;
    },
    whenRoom(bytes: number, run: () => void) {
      const waiter = { bytes, run };
      waiting.push(waiter);
      return {
        dispose() {
          waiting = waiting.filter((other) => other !== waiter);
        },
      };
    },
    read() {
      pending = 0;
      const ready = waiting;
      waiting = [];
      for (const { run } of ready) run();
    },
  };
}

const bytes = (length: number, start = 0) => Uint8Array.from({ length }, (_, index) => (start + index) % 251);

test("more than the writer ever holds, typed in order to the last byte and resumed once", () => {
  const pty = writer(100_000);
  const input = new Input(pty);
  const calls: string[] = [];
  input.type(
    bytes(350_000),
    () => calls.push("pause 1"),
    () => calls.push("resume 1"),
  );
  input.type(
    bytes(10, 7),
    () => calls.push("pause 2"),
    () => calls.push("resume 2"),
  );
  expect(calls).toEqual(["pause 1", "pause 2"]);
  for (let round = 0; round < 10; round += 1) pty.read();
  expect(calls).toEqual(["pause 1", "pause 2", "resume 1", "resume 2"]);
  expect(Uint8Array.from(pty.taken)).toEqual(Uint8Array.from([...bytes(350_000), ...bytes(10, 7)]));
});

test("room at once, nobody is paused", () => {
  const pty = writer(100);
  new Input(pty).type(
    bytes(50),
    () => expect.unreachable(),
    () => expect.unreachable(),
  );
  expect(pty.taken).toHaveLength(50);
});

test("a program that ends while input waits, its client is read again and nothing hangs", () => {
  const pty = writer(10);
  const input = new Input(pty);
  let resumed = false;
  input.type(
    bytes(50),
    () => {},
    () => {
      resumed = true;
    },
  );
  expect(resumed).toBe(false);
  pty.closed = true;
  pty.read();
  expect(resumed).toBe(true);
});

test("a program that does not read, send says busy and how much was taken", async () => {
  const input = new Input(writer(64 * 1024));
  const sent = await input.send(bytes(100_000), 5);
  expect(sent).toMatchObject({ ok: false, code: "busy", message: expect.stringContaining("65536 of 100000") });
});

test("two sends at once, one after the other and never mixed", async () => {
  const pty = writer(70_000);
  const input = new Input(pty);
  const first = input.send(bytes(100_000), 5_000);
  const second = input.send(bytes(5, 100), 5_000);
  await Promise.resolve();
  for (let round = 0; round < 5; round += 1) {
    await Promise.resolve();
    pty.read();
  }
  expect(await first).toEqual({ ok: true, value: 100_000 });
  pty.read();
  expect(await second).toEqual({ ok: true, value: 5 });
  expect(pty.taken.slice(-5)).toEqual([...bytes(5, 100)]);
});
