// Faults D2 and D3 for JSON files: old or new, never neither; corrupt is reported and kept.

import { afterAll, expect, test } from "bun:test";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unwrap } from "../base/errors.ts";
import { withUmask } from "../base/private-umask.ts";
import { sweepTemporaries } from "./atomic-file.ts";
import { quarantine, readJson, writeJson } from "./atomic-json.ts";

const here = mkdtempSync(join(tmpdir(), "bide-json-"));
afterAll(() => rmSync(here, { recursive: true, force: true }));
const value = { name: "b\u2028\ud83d\ude00", list: [1, null], deep: { empty: {} } };

test("written under umask 000, read back the same, 0600 and nothing beside it", () => {
  const directory = join(here, "one");
  mkdirSync(directory);
  const path = join(directory, "meta.json");
  unwrap(withUmask(0, () => writeJson(path, { old: true })));
  unwrap(writeJson(path, value, { durable: false }));
  expect(readJson(path)).toEqual({ ok: true, value: { kind: "value", value } });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(directory)).toEqual(["meta.json"]);
});

test("cut at every byte, corrupt or the whole value, never an exception", () => {
  const path = join(here, "cut.json");
  unwrap(writeJson(path, value));
  const whole = readFileSync(path);
  for (let length = 0; length < whole.length; length += 1) {
    writeFileSync(path, whole.subarray(0, length));
    const read = unwrap(readJson(path));
    // Only the line end is missing in the last one.
    expect(read.kind).toBe(length === whole.length - 1 ? "value" : "corrupt");
  }
});

test("bytes that are not UTF-8, corrupt and not quietly replaced", () => {
  const path = join(here, "latin1.json");
  writeFileSync(path, Buffer.from([0x22, 0xff, 0x22]));
  expect(unwrap(readJson(path)).kind).toBe("corrupt");
});

test("no file, absent; a link or a directory, refused", () => {
  expect(unwrap(readJson(join(here, "none.json"))).kind).toBe("absent");
  symlinkSync("/etc/passwd", join(here, "link.json"));
  expect(readJson(join(here, "link.json"))).toMatchObject({ ok: false, code: "unsafe_file" });
  expect(readJson(here)).toMatchObject({ ok: false, code: "unsafe_file" });
});

test("two corrupt files of one name, both kept aside", () => {
  const path = join(here, "bad.json");
  const kept = ["{", "["].map((text) => {
    writeFileSync(path, text);
    return unwrap(quarantine(path));
  });
  expect(kept.map((aside) => readFileSync(aside, "utf8"))).toEqual(["{", "["]);
  expect(unwrap(readJson(path)).kind).toBe("absent");
});

test("the directory is gone, a failure and no exception", () => {
  expect(writeJson(join(here, "gone/meta.json"), value).ok).toBe(false);
  expect(quarantine(join(here, "gone/meta.json")).ok).toBe(false);
});

test("the path is a directory, a failure that leaves no temporary file", () => {
  mkdirSync(join(here, "box/meta.json"), { recursive: true });
  expect(writeJson(join(here, "box/meta.json"), value).ok).toBe(false);
  expect(readdirSync(join(here, "box"))).toEqual(["meta.json"]);
});

test("the writer killed in the middle of rewriting, the file is whole and its leftovers are swept", async () => {
  const directory = join(here, "killed");
  mkdirSync(directory);
  const path = join(directory, "meta.json");
  const program = join(import.meta.dir, "../../test/programs/replace-json-forever.ts");
  for (let round = 0; round < 3; round += 1) {
    const child = Bun.spawn([process.execPath, program, path], { stdout: "pipe" });
    const reader = child.stdout.getReader();
    await reader.read();
    child.kill("SIGKILL");
    await child.exited;
    await reader.cancel();
    const read = unwrap(readJson(path));
    expect(read.kind === "value" && String((read.value as { filler: string }).filler).length).toBe(50_000);
    sweepTemporaries(directory, () => false);
    expect(readdirSync(directory)).toEqual(["meta.json"]);
  }
});

test("the temporary file of a live process, not swept", () => {
  const directory = join(here, "live");
  mkdirSync(directory);
  writeFileSync(join(directory, `meta.json.${process.pid}.tmp`), "");
  expect(sweepTemporaries(directory, (pid) => pid === process.pid)).toEqual([]);
});
