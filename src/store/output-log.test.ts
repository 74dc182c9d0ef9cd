// The writer of the output log: offsets, segments, retention, and foreign hands in the files (fault D5).

import { afterAll, expect, test } from "bun:test";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unwrap } from "../base/errors.ts";
import { withUmask } from "../base/private-umask.ts";
import { openOutputLog } from "./output-log.ts";
import { openLog } from "./output-log-reader.ts";

const here = mkdtempSync(join(tmpdir(), "bide-log-"));
afterAll(() => rmSync(here, { recursive: true, force: true }));
const directory = () => mkdtempSync(join(here, "session-"));
const bytes = (text: string) => new TextEncoder().encode(text);

/** Everything a reader gets, gaps as `<n>`. */
function contentOf(path: string): string {
  const reader = unwrap(openLog(path));
  let all = "";
  for (let at = 0; ; ) {
    const { bytes: some, next, gap } = unwrap(reader.read(at));
    if (some.length === 0) break;
    all += (gap > 0 ? `<${gap}>` : "") + new TextDecoder().decode(some);
    at = next;
  }
  reader.dispose();
  return all;
}

test("pieces appended, one file with all of them, 0600, and the right offsets", () => {
  const path = directory();
  const log = withUmask(0, () => unwrap(openOutputLog({ directory: path })));
  expect([log.append(bytes("one ")), log.append(bytes("")), log.append(bytes("two")), log.offset]).toEqual([
    0, 4, 4, 7,
  ]);
  log.flush();
  expect(readFileSync(join(path, "pty.log"), "utf8")).toBe("one two");
  expect(statSync(join(path, "pty.log")).mode & 0o777).toBe(0o600);
  log.dispose();
});

test("the caller reuses its buffer after append, the log has what was in it", () => {
  const path = directory();
  const log = unwrap(openOutputLog({ directory: path }));
  const reused = bytes("first");
  log.append(reused);
  reused.fill(0x78);
  log.dispose();
  expect(contentOf(path)).toBe("first");
});

test("appended and left alone, in the file without a flush", async () => {
  const path = directory();
  const log = unwrap(openOutputLog({ directory: path }));
  const changed = new Promise<void>((seen) => {
    const watcher = watch(join(path, "pty.log"), () => {
      watcher.close();
      seen();
    });
  });
  log.append(bytes("soon"));
  expect(contentOf(path)).toBe("");
  await changed;
  expect(contentOf(path)).toBe("soon");
  log.dispose();
});

test("256 KiB appended in pieces or at once, written without waiting", () => {
  const path = directory();
  const log = unwrap(openOutputLog({ directory: path }));
  for (let piece = 0; piece < 5; piece += 1) log.append(new Uint8Array(64 * 1024));
  expect(statSync(join(path, "pty.log")).size).toBe(256 * 1024);
  log.append(new Uint8Array(300 * 1024));
  expect(statSync(join(path, "pty.log")).size).toBe(620 * 1024);
  log.dispose();
});

test("opened again, goes on at its end; opened at a later offset, leaves a gap; at an earlier one, ignores it", () => {
  const path = directory();
  for (const [startAt, text] of [
    [undefined, "aaa"],
    [undefined, "bbb"],
    [10, "ccc"],
    [4, "ddd"],
  ] as const) {
    const log = unwrap(openOutputLog({ directory: path, startAt }));
    log.append(bytes(text));
    log.dispose();
  }
  expect(contentOf(path)).toBe("aaabbb<4>cccddd");
  expect(readdirSync(path).sort()).toEqual(["pty.log", "pty.log.10"]);
});

test("more than a segment, cut exactly at its size wherever the pieces end", () => {
  const path = directory();
  const log = unwrap(openOutputLog({ directory: path, segmentBytes: 10 }));
  log.append(bytes("0123456"));
  log.flush();
  log.append(bytes("789abcdefghijklmnopqrs"));
  log.dispose();
  expect(readdirSync(path).sort()).toEqual(["pty.log", "pty.log.10", "pty.log.20"]);
  expect(contentOf(path)).toBe("0123456789abcdefghijklmnopqrs");
});

test("more than the retention, the oldest whole segments are gone and never more than it is kept", () => {
  const path = directory();
  const log = unwrap(openOutputLog({ directory: path, segmentBytes: 10, retentionBytes: 35 }));
  for (let line = 0; line < 40; line += 1) {
    log.append(bytes(`${String(line).padStart(6)}\n`));
    log.flush();
    const total = readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
    expect(total).toBeLessThanOrEqual(35);
  }
  log.dispose();
  expect(readdirSync(path).sort()).toEqual(["pty.log.250", "pty.log.260", "pty.log.270"]);
  expect(contentOf(path)).toStartWith("<250>");
  const again = unwrap(openOutputLog({ directory: path }));
  expect(again.offset).toBe(280);
  again.dispose();
});

test("a retention smaller than two segments, smaller segments", () => {
  const path = directory();
  const log = unwrap(openOutputLog({ directory: path, retentionBytes: 20 }));
  log.append(bytes("0123456789".repeat(5)));
  log.dispose();
  expect(contentOf(path)).toBe("<30>01234567890123456789");
});

/** Another file of the same name and length; the old one is moved, so that its inode number stays taken. */
function replaceBy(text: string): (file: string) => void {
  return (file) => {
    renameSync(file, `${file}.old`);
    writeFileSync(file, text);
  };
}

const tamperings: Array<[how: string, tamper: (file: string) => void, left: string]> = [
  ["removed", (file) => rmSync(file), "<6>after"],
  ["moved away", (file) => renameSync(file, `${file}.old`), "<6>after"],
  ["cut to nothing", (file) => truncateSync(file, 0), "<6>after"],
  ["cut in the middle", (file) => truncateSync(file, 3), "bef<3>after"],
  ["appended to", (file) => writeFileSync(file, "intruder", { flag: "a" }), "beforeafter"],
  ["replaced", replaceBy("before"), "beforeafter"],
];
test.each(tamperings)("the active segment %s by somebody, a new one starts and no offset shifts", (_, tamper, left) => {
  const path = directory();
  const log = unwrap(openOutputLog({ directory: path }));
  log.append(bytes("before"));
  log.flush();
  tamper(join(path, "pty.log"));
  expect(log.append(bytes("after"))).toBe(6);
  log.dispose();
  expect(readdirSync(path)).toContain("pty.log.6");
  expect(contentOf(path)).toBe(left);
});

test("the whole directory removed while running, suspended with the offset; there again, resumed", () => {
  const path = directory();
  let now = 0;
  const said: string[] = [];
  const log = unwrap(
    openOutputLog({
      directory: path,
      now: () => now,
      onSuspended: (offset, reason) => said.push(`suspended ${offset} ${reason.ok}`),
      onResumed: (offset) => said.push(`resumed ${offset}`),
    }),
  );
  rmSync(path, { recursive: true });
  log.append(bytes("lost"));
  log.flush();
  expect(log.suspendedAt).toBe(0);
  unwrap(openOutputLog({ directory: here })).dispose(); // Another session is not concerned.
  writeFileSync(path, "in the way");
  now = 1_000;
  log.append(bytes("lost"));
  log.flush();
  rmSync(path);
  const fresh = directory();
  renameSync(fresh, path);
  now = 1_999; // The second try is two seconds after the first.
  log.append(bytes("lost"));
  log.flush();
  now = 3_000;
  log.append(bytes("kept"));
  log.dispose();
  expect(said).toEqual(["suspended 0 false", "resumed 12"]);
  expect(contentOf(path)).toBe("<12>kept");
});

test("a link in the log's place, refused", () => {
  const path = directory();
  writeFileSync(join(path, "victim"), "precious");
  symlinkSync("victim", join(path, "pty.log"));
  expect(openOutputLog({ directory: path })).toMatchObject({ ok: false, code: "unsafe_file" });
  expect(readFileSync(join(path, "victim"), "utf8")).toBe("precious");
});

test("disposed, what comes later is counted and dropped", () => {
  const path = directory();
  const log = unwrap(openOutputLog({ directory: path }));
  log.append(bytes("in"));
  log.dispose();
  log.dispose();
  log.append(bytes("out"));
  log.flush();
  expect(log.offset).toBe(5);
  expect(contentOf(path)).toBe("in");
});
