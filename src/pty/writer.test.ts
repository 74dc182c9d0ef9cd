import { afterAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { amount } from "../../test/support/amounts.ts";
import { end, fixture, startProgram, temporaryDirectory } from "./program-under-test.ts";
import type { PtyProcess } from "./pty.ts";
import { WRITE_QUEUE_LIMIT } from "./writer.ts";

const directory = temporaryDirectory();
afterAll(directory.remove);

const PIECE = 64 * 1024;

/** Writes all of `bytes`, waiting for room where there is none. */
async function writeAll(pty: PtyProcess, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    while (!pty.write(piece)) await new Promise<void>((resolve) => pty.whenRoom(piece.length, resolve));
  }
}

/** Far more than a terminal and the queue hold. */
const MB = amount(3, 10);

async function sendToFile(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  const file = join(directory.path, name);
  const program = startProgram([fixture("pty-read-exactly.sh"), String(bytes.length), file]);
  await program.printed("ready");
  await writeAll(program.pty, bytes);
  expect(await program.exited).toEqual({ code: 0, signal: null });
  return readFileSync(file);
}

test(`${MB} MB of every byte value are written to a raw terminal, they arrive exactly`, async () => {
  const bytes = new Uint8Array(MB * 1_000_000).map((_, index) => (index * 7 + (index >> 8)) & 0xff);
  expect(Buffer.compare(await sendToFile(bytes, "binary"), bytes)).toBe(0);
}, 30_000);

test("1 MB of multi-byte text is pasted with its marks, it arrives exactly", async () => {
  const text = `\x1b[200~${"grüße ☃ 家族 👨‍👩‍👧 \u0301e\n".repeat(25_000)}\x1b[201~`;
  const bytes = Buffer.from(text);
  expect(bytes.length).toBeGreaterThan(1_000_000);
  expect(Buffer.from(await sendToFile(bytes, "text")).toString() === text).toBe(true);
});

test("a program never reads, the queue takes 1 MiB, refuses the rest whole and wakes its waiters at the end", async () => {
  const program = startProgram([fixture("pty-never-reads.sh")]);
  await program.printed("ready");
  const piece = new Uint8Array(PIECE).fill(120);
  let taken = 0;
  while (program.pty.write(piece)) taken += piece.length;
  expect(taken).toBeGreaterThan(WRITE_QUEUE_LIMIT - PIECE);
  expect(program.pty.pending).toBeLessThanOrEqual(WRITE_QUEUE_LIMIT);
  const pending = program.pty.pending;
  expect(program.pty.write(piece)).toBe(false);
  expect(program.pty.pending).toBe(pending);
  const woken = new Promise<void>((resolve) => program.pty.whenRoom(piece.length, resolve));
  program.pty.whenRoom(1, () => expect.unreachable("it was withdrawn")).dispose();
  await end(program);
  await woken;
  expect(program.pty.room).toBe(0);
  expect(program.pty.write(piece)).toBe(false);
});

test("the caller reuses its array after write, what waits is not changed by it", async () => {
  const file = join(directory.path, "reused");
  const size = 300_000;
  const program = startProgram([fixture("pty-read-exactly.sh"), String(size), file]);
  await program.printed("ready");
  const piece = new Uint8Array(size).fill(97);
  expect(program.pty.write(piece)).toBe(true);
  piece.fill(98);
  await program.exited;
  expect(readFileSync(file).every((byte) => byte === 97)).toBe(true);
});
