// Fault D2 for the event journal: cut at every byte and flipped at every bit, it opens to its last good record.

import { afterAll, expect, test } from "bun:test";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { unwrap } from "../base/errors.ts";
import { withUmask } from "../base/private-umask.ts";
import { openJournal } from "./journal.ts";
import { readEventsPage } from "./journal-page.ts";
import { positionOfSeq, readJournal, tailJournal } from "./journal-reader.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";

const here = mkdtempSync(join(tmpdir(), "bide-journal-"));
afterAll(() => rmSync(here, { recursive: true, force: true }));
const fresh = () => join(mkdtempSync(join(here, "session-")), "events.jsonl");

/** A journal of these events, closed again. */
function journalOf(events: readonly object[]): string {
  const path = fresh();
  const journal = unwrap(openJournal(path));
  for (const event of events) unwrap(journal.append(event));
  journal.dispose();
  return path;
}

const recordsOf = (path: string) => unwrap(readJournal(path, 0)).records;
const tornOf = (path: string) => readdirSync(dirname(path)).filter((name) => name.startsWith("events.jsonl.torn-"));
const events = [
  { event: "created", seq: 77 },
  { event: "output", text: "ü\u2028\n\ud83d\ude00", crc: "own" },
  { event: "exited" },
];
const stored = [
  { seq: 1, event: "created" },
  { seq: 2, event: "output", text: "ü\u2028\n\ud83d\ude00", crc: "own" },
  { seq: 3, event: "exited" },
];

test("events appended, numbered from 1, one line of JSON each, 0600; opened again, the numbers go on", () => {
  const path = withUmask(0, () => journalOf(events));
  expect(recordsOf(path) as unknown).toEqual(stored);
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).seq)).toEqual([1, 2, 3]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const journal = unwrap(openJournal(path));
  expect(journal.append({ event: "again" }, { durable: true })).toEqual({ ok: true, value: 4 });
  expect([journal.seq, journal.dropped, journal.torn]).toEqual([4, 0, undefined]);
  journal.dispose();
  expect(journal.append({ event: "late" }).ok).toBe(false);
});

test("cut at every byte, the whole records before it, the tail kept aside, and the next number follows", () => {
  const whole = readFileSync(journalOf(events));
  const path = fresh();
  for (let length = 0; length < whole.length; length += 1) {
    const cut = whole.subarray(0, length);
    const kept = cut.lastIndexOf(10) + 1;
    const good = stored.slice(0, cut.filter((byte) => byte === 10).length);
    writeFileSync(path, cut);
    expect(recordsOf(path) as unknown).toEqual(good);
    const journal = unwrap(openJournal(path));
    expect(unwrap(journal.append({ event: "next" }))).toBe(good.length + 1);
    journal.dispose();
    expect(recordsOf(path) as unknown).toEqual([...good, { seq: good.length + 1, event: "next" }]);
    expect(journal.torn !== undefined).toBe(kept < length);
    if (journal.torn !== undefined) {
      expect(readFileSync(journal.torn)).toEqual(cut.subarray(kept));
      expect(statSync(journal.torn).mode & 0o777).toBe(0o600);
      rmSync(journal.torn);
    }
  }
});

test("any single bit flipped, no record is changed or invented, and appending goes on", () => {
  const whole = readFileSync(journalOf(events));
  const path = fresh();
  for (let bit = 0; bit < whole.length * 8; bit += 1) {
    const flipped = Buffer.from(whole);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    writeFileSync(path, flipped);
    const journal = unwrap(openJournal(path));
    const seq = unwrap(journal.append({ event: "next" }));
    journal.dispose();
    const records: unknown[] = recordsOf(path).slice();
    expect(records.pop()).toEqual({ seq, event: "next" });
    // What is left is a selection of what was stored, in order; a flipped line feed costs two records.
    expect(stored.filter((record) => records.some((other) => Bun.deepEquals(other, record)))).toEqual(
      records as typeof stored,
    );
    expect(records.length).toBeGreaterThanOrEqual(1);
    for (const torn of tornOf(path)) rmSync(join(dirname(path), torn));
  }
});

test("rubbish of every kind for a whole file, no exception and nothing lost", () => {
  for (const rubbish of ["\n\n\n", "{}\n", "null\n", "\0".repeat(200_000), `${"x".repeat(2_500_000)}\n`]) {
    const path = fresh();
    writeFileSync(path, rubbish);
    expect(recordsOf(path)).toEqual([]);
    expect(unwrap(tailJournal(path, 5)).records).toEqual([]);
    const journal = unwrap(openJournal(path));
    expect(unwrap(journal.append({ event: "first" }))).toBe(1);
    journal.dispose();
    expect(readFileSync(join(dirname(path), tornOf(path)[0] ?? ""), "utf8")).toBe(rubbish);
  }
});

test("damage in the middle, skipped and counted, also when it is longer than any record", () => {
  const [one = "", two = ""] = [1, 2].map((seq) => Buffer.from(unwrap(encodeRecord(seq, { event: "e" }))).toString());
  for (const damage of ["{torn}\n", `${"x".repeat(3_000_000)}\n`]) {
    const path = fresh();
    writeFileSync(path, one + damage + two);
    const seen: number[] = [];
    let damaged = 0;
    for (let position = 0, more = true; more; ) {
      const page = unwrap(readJournal(path, position));
      seen.push(...page.records.map(({ seq }) => seq));
      damaged += page.damaged;
      ({ position, more } = page);
    }
    expect(seen).toEqual([1, 2]);
    expect(damaged).toBeGreaterThanOrEqual(1);
    expect(unwrap(tailJournal(path, 2)).records.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(unwrap(positionOfSeq(path, 2))).toBe(one.length + damage.length);
  }
});

test.each([
  ["removed", (path: string) => rmSync(path), [3]],
  ["cut", (path: string) => truncateSync(path, statSync(path).size - 3), [1, 3]],
  ["appended to", (path: string) => writeFileSync(path, "intruder\n", { flag: "a" }), [1, 2, 3]],
])("the file %s while it is open, the numbers go on and the journal is whole", (_, tamper, left) => {
  const path = fresh();
  const journal = unwrap(openJournal(path));
  journal.append({ event: "a" });
  journal.append({ event: "b" });
  tamper(path);
  expect(unwrap(journal.append({ event: "c" }))).toBe(3);
  journal.dispose();
  expect(recordsOf(path).map(({ seq }) => seq)).toEqual(left);
});

test("no directory, a link or a directory in its place: refused; no file to read: empty", () => {
  const path = fresh();
  expect(openJournal(join(path, "deeper")).ok).toBe(false);
  symlinkSync("elsewhere", path);
  expect(openJournal(path)).toMatchObject({ ok: false, code: "unsafe_file" });
  rmSync(path);
  expect(unwrap(tailJournal(path, 3))).toMatchObject({ records: [], position: 0 });
  expect(unwrap(positionOfSeq(path, 3))).toBe(0);
  mkdirSync(path);
  expect(openJournal(path)).toMatchObject({ ok: false, code: "unsafe_file" });
  expect(basename(path)).toBe("events.jsonl");
});

test("an event larger than any record may be, refused and counted, and the next one says so", () => {
  const path = fresh();
  const journal = unwrap(openJournal(path));
  expect(journal.append({ event: "x".repeat(1024 * 1024) })).toMatchObject({ ok: false, code: "bad_value" });
  unwrap(journal.append({ event: "small" }));
  journal.dispose();
  expect(recordsOf(path) as unknown).toEqual([{ seq: 1, event: "small", dropped: 1 }]);
});

test("ten thousand events, found from the end, by number and by position, each once", () => {
  const path = journalOf(Array.from({ length: 10_000 }, (_, at) => ({ event: "output", text: "o".repeat(at % 97) })));
  expect(unwrap(tailJournal(path, 3)).records.map(({ seq }) => seq)).toEqual([9_998, 9_999, 10_000]);
  expect(unwrap(tailJournal(path, 3)).position).toBe(statSync(path).size);
  for (const seq of [1, 2, 777, 5_000, 9_999, 10_000]) {
    const position = unwrap(positionOfSeq(path, seq));
    expect(unwrap(readJournal(path, position)).records[0]?.seq).toBe(seq);
  }
  expect(unwrap(positionOfSeq(path, 10_001))).toBe(statSync(path).size);
  expect(unwrap(positionOfSeq(path, 0))).toBe(0);
  const seen: number[] = [];
  for (let position = 0, more = true; more; ) {
    const page = unwrap(readJournal(path, position));
    seen.push(...page.records.map(({ seq }) => seq));
    ({ position, more } = page);
  }
  expect(seen).toEqual(Array.from({ length: 10_000 }, (_, at) => at + 1));
});

test("followed by position, half a line is not told until it is whole; a shorter file is read anew", () => {
  const path = fresh();
  const [first, second] = [1, 2].map((seq) => unwrap(encodeRecord(seq, { event: "e" })));
  writeFileSync(path, first ?? "");
  const { position } = unwrap(readJournal(path, 0));
  writeFileSync(path, second?.subarray(0, 9) ?? "", { flag: "a" });
  expect(unwrap(readJournal(path, position))).toMatchObject({ records: [], position, more: false });
  expect(unwrap(tailJournal(path, 1))).toMatchObject({ position });
  writeFileSync(path, second?.subarray(9) ?? "", { flag: "a" });
  const page = unwrap(readJournal(path, position));
  expect(page.records.map(({ seq }) => seq)).toEqual([2]);
  writeFileSync(path, first ?? "");
  expect(unwrap(readJournal(path, page.position))).toMatchObject({ restarted: true, records: [{ seq: 1 }] });
});

test("a record with hostile keys, kept as data", () => {
  const hostile = JSON.parse('{"__proto__":{"seq":9},"constructor":1,"lone":"\\ud800"}');
  const line = unwrap(encodeRecord(5, hostile));
  const record = decodeRecord(line.subarray(0, -1));
  expect(record?.seq).toBe(5);
  expect(Object.keys(record ?? {})).toEqual(["seq", "__proto__", "constructor", "lone"]);
});

test("a hole of 10 GB behind the events, every read refused and the file kept aside whole, soon", () => {
  const path = journalOf(events);
  const whole = readFileSync(path);
  const size = 10 * 1024 ** 3;
  truncateSync(path, size);
  const before = bytesRead();
  for (const read of [tailJournal(path, 1), positionOfSeq(path, 1000), readEventsPage(path, PAGE)]) {
    expect(read).toMatchObject({ ok: false, code: "failed", message: expect.stringContaining(`${path}: 64 MiB`) });
  }
  const journal = unwrap(openJournal(path));
  expect(bytesRead() - before).toBeLessThan(8 * 64 * 1024 ** 2);
  expect(unwrap(journal.append({ event: "again" }))).toBe(1);
  journal.dispose();
  expect(recordsOf(path) as unknown).toEqual([{ seq: 1, event: "again" }]);
  const [torn = ""] = tornOf(path);
  expect([tornOf(path).length, journal.torn]).toEqual([1, join(dirname(path), torn)]);
  expect(statSync(journal.torn ?? "").size).toBe(size);
  const fd = openSync(journal.torn ?? "", "r");
  const start = Buffer.alloc(whole.length);
  readSync(fd, start);
  closeSync(fd);
  expect(start).toEqual(whole);
});

test("a hole of 10 GB that grows behind a journal in use, kept aside with what was before it and the numbers go on", () => {
  const path = fresh();
  const journal = unwrap(openJournal(path));
  unwrap(journal.append({ event: "before" }));
  truncateSync(path, 10 * 1024 ** 3);
  expect(unwrap(journal.append({ event: "after" }))).toBe(2);
  journal.dispose();
  expect(recordsOf(path) as unknown).toEqual([{ seq: 2, event: "after" }]);
  expect(tornOf(path)).toHaveLength(1);
});

const PAGE = { after_seq: 0, tail: null, max: 1000 };

/** By this process, from files. */
function bytesRead(): number {
  return Number(/rchar: (\d+)/.exec(readFileSync("/proc/self/io", "utf8"))?.[1]);
}
