// Fault D1 on a real full disk: a tmpfs of 256 KiB. Mounting needs root, so for anybody else the file runs
// itself again in a user and mount namespace of its own (`unshare -rm`), where we may.

import { afterAll, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unwrap } from "../base/errors.ts";
import { readJson, writeJson } from "./atomic-json.ts";
import { openJournal } from "./journal.ts";
import { readJournal } from "./journal-reader.ts";
import { openOutputLog } from "./output-log.ts";
import { openLog } from "./output-log-reader.ts";

const isRoot = process.geteuid?.() === 0;
const disks: string[] = [];
afterAll(() => {
  for (const disk of disks) {
    spawnSync("umount", [disk]);
    rmSync(disk, { recursive: true, force: true });
  }
});

function tinyDisk(): string {
  const disk = mkdtempSync(join(tmpdir(), "bide-disk-"));
  disks.push(disk);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", disk]);
  expect(mounted.stderr.toString()).toBe("");
  return disk;
}

/** Takes all space but `pages` pages of 4 KiB; returns how to give it back. */
function fill(disk: string, pages = 0): () => void {
  const filler = join(disk, "filler");
  const reserve = join(disk, "reserve");
  writeFileSync(reserve, new Uint8Array(pages * 4096));
  try {
    for (;;) writeFileSync(filler, new Uint8Array(4096), { flag: "a" });
  } catch {
    // Full, which is what we want.
  }
  rmSync(reserve);
  return () => rmSync(filler);
}

const onTinyDisk = (isRoot ? test : () => {}) as typeof test;
const elsewhere = (isRoot ? () => {} : test) as typeof test;

elsewhere("not root, the same tests in a namespace of our own", () => {
  const again = spawnSync("unshare", ["-rm", process.execPath, "test", import.meta.path], { encoding: "utf8" });
  expect(again.stderr).toContain(" 0 fail");
  expect(again.status).toBe(0);
});

onTinyDisk(
  "the disk full under the log, suspended at the first lost byte; with space again, resumed after a gap",
  () => {
    const disk = tinyDisk();
    let now = 0;
    const said: Array<[string, number]> = [];
    const log = unwrap(
      openOutputLog({
        directory: disk,
        now: () => now,
        onSuspended: (offset, reason) => said.push([reason.code, offset]),
        onResumed: (offset) => said.push(["resumed", offset]),
      }),
    );
    const append = (count: number) => {
      log.append(Uint8Array.from({ length: count }, (_, at) => (log.offset + at) % 251));
      log.flush();
    };
    append(1_000);
    const release = fill(disk, 2);
    append(20_000); // A short write: the rest of a page and two more fit.
    const lostFrom = log.suspendedAt ?? -1;
    expect(lostFrom).toBeGreaterThan(1_000);
    expect(lostFrom).toBeLessThan(21_000);
    now = 1_000;
    append(5_000); // Tried again, and nothing of the trial stays.
    expect(readdirSync(disk).sort()).toEqual(["filler", "pty.log"]);
    release();
    append(5_000); // Too early for another try: dropped.
    now = 60_000;
    append(7_000);
    log.dispose();
    expect(said).toEqual([
      ["disk_full", lostFrom],
      ["resumed", 31_000],
    ]);
    const reader = unwrap(openLog(disk));
    expect(reader.extents()).toEqual([
      { start: 0, end: lostFrom },
      { start: 31_000, end: 38_000 },
    ]);
    for (let at = 0; at < 38_000; ) {
      const { offset, bytes, next } = unwrap(reader.read(at));
      expect(bytes.every((byte, index) => byte === (offset + index) % 251)).toBe(true);
      at = next;
    }
    reader.dispose();
  },
);

onTinyDisk("the disk full under a JSON file, refused, the old value and no temporary file", () => {
  const disk = tinyDisk();
  const path = join(disk, "meta.json");
  unwrap(writeJson(path, { old: true }));
  const release = fill(disk, 1);
  expect(writeJson(path, { text: "x".repeat(20_000) })).toMatchObject({ ok: false, code: "disk_full" });
  expect(readJson(path)).toEqual({ ok: true, value: { kind: "value", value: { old: true } } });
  expect(readdirSync(disk).sort()).toEqual(["filler", "meta.json"]);
  release();
  expect(writeJson(path, { text: "x".repeat(20_000) }).ok).toBe(true);
});

onTinyDisk("the disk full under the journal, events dropped and counted, and the next stored one says so", () => {
  const disk = tinyDisk();
  const path = join(disk, "events.jsonl");
  const journal = unwrap(openJournal(path));
  unwrap(journal.append({ event: "created" }));
  const release = fill(disk);
  let stored = 1;
  while (journal.append({ event: "output", text: "x".repeat(900) }).ok) stored += 1;
  expect(journal.append({ event: "output", text: "x".repeat(900) }, { durable: true })).toMatchObject({
    ok: false,
    code: "disk_full",
  });
  expect(readFileSync(path).at(-1)).toBe(10);
  release();
  expect(unwrap(journal.append({ event: "exited" }))).toBe(stored + 1);
  journal.dispose();
  const { records, damaged } = unwrap(readJournal(path, 0));
  expect(damaged).toBe(0);
  expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: stored + 1 }, (_, at) => at + 1));
  expect(records.at(-1)).toEqual({ seq: stored + 1, event: "exited", dropped: 2 });
});

onTinyDisk("a torn journal on a full disk, opened all the same; recovered when there is space", () => {
  const disk = tinyDisk();
  const path = join(disk, "events.jsonl");
  const before = unwrap(openJournal(path));
  unwrap(before.append({ event: "created" }));
  before.dispose();
  writeFileSync(path, '{"torn', { flag: "a" });
  const release = fill(disk);
  const journal = unwrap(openJournal(path));
  expect(journal.append({ event: "lost" })).toMatchObject({ ok: false, code: "disk_full" });
  expect(readFileSync(path, "utf8")).toEndWith('{"torn');
  expect(readdirSync(disk).sort()).toEqual(["events.jsonl", "filler"]);
  release();
  expect(unwrap(journal.append({ event: "kept" }))).toBe(2);
  expect(readFileSync(journal.torn ?? "", "utf8")).toBe('{"torn');
  journal.dispose();
  expect(unwrap(readJournal(path, 0)).records).toEqual([
    { seq: 1, event: "created" },
    { seq: 2, event: "kept", dropped: 1 },
  ]);
});
