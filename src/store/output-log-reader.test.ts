// Reading by offset and by line: beside a writer, over rotation and gaps, and at the end of a huge log.

import { afterAll, expect, test } from "bun:test";
import { closeSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unwrap } from "../base/errors.ts";
import { LineScanner, type LogLine, skipLines } from "./log-lines.ts";
import { findTail } from "./log-tail.ts";
import { openOutputLog } from "./output-log.ts";
import { type LogReader, openLog } from "./output-log-reader.ts";

const here = mkdtempSync(join(tmpdir(), "bide-reader-"));
afterAll(() => rmSync(here, { recursive: true, force: true }));
const directory = () => mkdtempSync(join(here, "session-"));

/** A directory whose log has these segments, and a reader on it. */
function logOf(segments: Record<number, string>): LogReader {
  const path = directory();
  for (const [start, text] of Object.entries(segments)) {
    writeFileSync(join(path, start === "0" ? "pty.log" : `pty.log.${start}`), text);
  }
  return unwrap(openLog(path));
}

/** All lines from an offset: `text@offset`, with `<gap>` before and `~` behind an incomplete one. */
function linesOf(reader: LogReader, from = 0, until?: number): string[] {
  const scanner = new LineScanner(reader, from, until);
  const show = (line: LogLine) =>
    `${line.gap > 0 ? `<${line.gap}>` : ""}${new TextDecoder().decode(line.bytes)}@${line.offset}${line.complete ? "" : "~"}`;
  const lines: string[] = [];
  for (let line = unwrap(scanner.next()); line !== undefined; line = unwrap(scanner.next())) lines.push(show(line));
  const rest = scanner.rest();
  return rest === undefined ? lines : [...lines, show(rest)];
}

/** Follows until the writer has ended, checking each byte against its offset; returns the bytes and the gaps seen. */
async function follow(reader: LogReader, writer: { exited: Promise<unknown> }): Promise<{ end: number; gaps: number }> {
  let ended = false;
  const exited = writer.exited.then(() => {
    ended = true;
  });
  let gaps = 0;
  for (let at = 0; ; ) {
    const endedBefore = ended;
    const { offset, bytes, next, gap } = unwrap(reader.read(at, 10_007));
    gaps += gap;
    expect(bytes.every((byte, index) => byte === (offset + index) % 251)).toBe(true);
    if (bytes.length === 0 && endedBefore) {
      await exited;
      return { end: at, gaps };
    }
    if (bytes.length === 0) await new Promise(setImmediate);
    at = next;
  }
}

test("a reader beside a writer that rotates 40 times, every byte once and no gap", async () => {
  const path = directory();
  unwrap(openOutputLog({ directory: path })).dispose();
  const program = join(import.meta.dir, "../../test/programs/write-counted-log.ts");
  const total = 4_000_003;
  const writer = Bun.spawn([process.execPath, program, path, String(total), "100000"]);
  const readers = [unwrap(openLog(path)), unwrap(openLog(path))];
  for (const seen of await Promise.all(readers.map((reader) => follow(reader, writer)))) {
    expect(seen).toEqual({ end: total, gaps: 0 });
  }
  for (const reader of readers) {
    expect([reader.start, reader.end]).toEqual([0, total]);
    reader.dispose();
  }
});

test("a reader slower than retention, a gap that it is told and then the right bytes", () => {
  const path = directory();
  const log = unwrap(openOutputLog({ directory: path, segmentBytes: 10, retentionBytes: 30 }));
  const reader = unwrap(openLog(path));
  const append = (text: string) => {
    log.append(new TextEncoder().encode(text));
    log.flush();
  };
  append("0123456789");
  const first = unwrap(reader.read(0, 4));
  append("abcdefghijklmnopqrstuvwxyzABCDEFGHIJ");
  // The segment that the reader has open is removed, and still readable.
  const rest = unwrap(reader.read(first.next));
  expect(new TextDecoder().decode(rest.bytes)).toBe("456789");
  const after = unwrap(reader.read(rest.next));
  expect([after.offset, after.gap, new TextDecoder().decode(after.bytes)]).toEqual([20, 10, "klmnopqrst"]);
  expect(reader.start).toBe(20);
  reader.dispose();
  log.dispose();
});

test("nothing printed, or asked behind the end: empty, and the same offset again", () => {
  const empty = unwrap(openLog(directory()));
  expect([empty.start, empty.end, unwrap(empty.read(0)).bytes.length]).toEqual([0, 0, 0]);
  const log = logOf({ 0: "abc" });
  expect(unwrap(log.read(9))).toMatchObject({ offset: 9, next: 9, gap: 0 });
  log.dispose();
});

test("the directory gone, a failure; moved to the archive, readable there", () => {
  const path = directory();
  writeFileSync(join(path, "pty.log"), "kept");
  renameSync(path, join(here, "archived"));
  expect(openLog(path).ok).toBe(false);
  const reader = unwrap(openLog(join(here, "archived")));
  expect(new TextDecoder().decode(unwrap(reader.read(0)).bytes)).toBe("kept");
  reader.dispose();
});

test("names that are almost those of segments, ignored; overlapping ones, cut at the next start", () => {
  const reader = logOf({ 0: "0123456789", 4: "abcd" });
  const directoryOf = directory();
  for (const name of ["pty.log.0", "pty.log.01", "pty.log.x", "pty.log.10.old"])
    writeFileSync(join(directoryOf, name), "x");
  expect(unwrap(openLog(directoryOf)).extents()).toEqual([]);
  expect(reader.extents()).toEqual([
    { start: 0, end: 4 },
    { start: 4, end: 8 },
  ]);
  expect(linesOf(reader)).toEqual(["0123abcd@0~"]);
  reader.dispose();
});

test("lines over segments, gaps, empty ones and an unfinished one, each with its offset", () => {
  const reader = logOf({ 0: "a\n\nb", 4: "c\nlost", 20: "tail\nlast" });
  expect(linesOf(reader)).toEqual(["a@0", "@2", "bc@3", "lost@6~", "<10>tail@20", "last@25~"]);
  expect(linesOf(reader, 2, 6)).toEqual(["@2", "bc@3"]);
  expect(unwrap(skipLines(reader, 0, 2))).toEqual({ offset: 3, skipped: 2 });
  expect(unwrap(skipLines(reader, 0, 99))).toEqual({ offset: 29, skipped: 4 });
  reader.dispose();
});

test("a line longer than a mebibyte, in pieces that say so", () => {
  const reader = logOf({ 0: `${"x".repeat(1024 * 1024 + 5)}\nend\n` });
  const scanner = new LineScanner(reader, 0);
  const lengths = [1, 2, 3].map(() => unwrap(scanner.next())).map((line) => [line?.bytes.length, line?.complete]);
  expect(lengths).toEqual([
    [1024 * 1024, false],
    [5, true],
    [3, true],
  ]);
  reader.dispose();
});

test("a log that grows, each line once when it is finished", () => {
  const path = directory();
  const log = unwrap(openOutputLog({ directory: path }));
  const reader = unwrap(openLog(path));
  const scanner = new LineScanner(reader, 0);
  const seen: string[] = [];
  for (const piece of ["on", "e\ntw", "o", "\n", "three"]) {
    log.append(new TextEncoder().encode(piece));
    log.flush();
    for (let line = unwrap(scanner.next()); line; line = unwrap(scanner.next())) {
      seen.push(new TextDecoder().decode(line.bytes));
    }
  }
  expect(seen).toEqual(["one", "two"]);
  expect(scanner.rest()?.offset).toBe(8);
  reader.dispose();
  log.dispose();
});

test("the last lines of every kind of log, the same as counting from the front", () => {
  const long = "y".repeat(70_000);
  const logs: Array<Record<number, string>> = [
    {},
    { 0: "\n" },
    { 0: "x" },
    { 0: "a\nb\nc\n" },
    { 0: "a\nb\nc" },
    { 0: "\n\n\na\n\n" },
    { 0: `${long}\n${long}\n\n${long}` },
    { 0: "a\nb", 3: "c\nd", 10: "\ne\n", 40: "f" },
    { 7: "a\n", 9: "", 12: "b\n", 30: "" },
  ];
  for (const segments of logs) {
    const reader = logOf(segments);
    const starts = linesOf(reader).map((line) => Number(line.slice(line.lastIndexOf("@") + 1).replace("~", "")));
    for (let lines = 1; lines <= starts.length + 1; lines += 1) {
      const wanted = starts[Math.max(0, starts.length - lines)] ?? 0;
      expect(unwrap(findTail(reader, lines))).toEqual({
        offset: wanted,
        lines: Math.min(lines, starts.length),
        cut: false,
      });
    }
    reader.dispose();
  }
});

test("the last lines before an offset, and of a log without line feeds: bounded", () => {
  const reader = logOf({ 0: "a\nb\nc\n" });
  expect(unwrap(findTail(reader, 1, { end: 4 }))).toMatchObject({ offset: 2, lines: 1 });
  expect(unwrap(findTail(reader, 1, { end: 3 }))).toMatchObject({ offset: 2, lines: 1 });
  reader.dispose();
  const endless = logOf({ 0: "z".repeat(500_000) });
  expect(unwrap(findTail(endless, 3, { maxBytes: 100_000 }))).toMatchObject({ lines: 0, cut: true });
  endless.dispose();
});

test("a log of 5 GB, its last lines found by reading its end only", () => {
  const path = directory();
  const fd = openSync(join(path, "pty.log"), "w");
  const size = 5_000_000_000;
  writeSync(fd, "\nfirst\nsecond\nthird\n", size);
  closeSync(fd);
  const readBefore = bytesReadByUs();
  const reader = unwrap(openLog(path));
  const tail = unwrap(findTail(reader, 2));
  expect(tail).toEqual({ offset: size + 7, lines: 2, cut: false });
  expect(linesOf(reader, tail.offset)).toEqual([`second@${size + 7}`, `third@${size + 14}`]);
  reader.dispose();
  expect(bytesReadByUs() - readBefore).toBeLessThan(1_000_000);
});

/** What this process has read so far, from the kernel's own count (Linux; elsewhere 0). */
function bytesReadByUs(): number {
  if (process.platform !== "linux") return 0;
  return Number(/rchar: (\d+)/.exec(readFileSync("/proc/self/io", "utf8"))?.[1] ?? 0);
}
