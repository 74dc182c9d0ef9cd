// What holds for the doctor as a whole: it changes nothing, starts nothing, and every finding it can have is real.

import { afterEach, beforeEach, expect, test } from "bun:test";
import { chmodSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FINDINGS } from "../../src/host/doctor/findings.ts";
import { lookAtLock } from "../../src/host/doctor/host-checks.ts";
import { Place } from "./place.ts";

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.end());

/** Everything below a directory with its mode, size and times. */
function picture(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => {
      const stats = lstatSync(join(directory, name));
      return [name, stats.ino, stats.mode, stats.size, stats.mtimeMs, stats.ctimeMs].join(" ");
    });
}

test("a state directory with everything wrong, looked at twice, unchanged to the last time stamp", async () => {
  const live = await place.start("live", "sleep", "1000");
  const dead = await place.start("dead", "sleep", "1000");
  const broken = await place.ended("broken", "echo", "text");
  await place.killHost();
  await place.killWorker(dead);
  await place.killProgram(dead);
  writeFileSync(place.pathsOf(broken).meta, "{");
  chmodSync(place.pathsOf(broken).env, 0o644);
  rmSync(place.pathsOf(live).socket);
  const before = picture(place.directory);
  const first = await place.doctor();
  const second = await place.doctor();
  expect(first.codes).toEqual(second.codes);
  expect([...first.codes].sort()).toEqual(
    ["file_open", "host_socket_dead", "meta_corrupt", "worker_dead", "worker_socket_missing"].sort(),
  );
  expect(picture(place.directory)).toEqual(before);
  expect(lookAtLock(place.paths.hostLock)).toEqual({ ok: true, value: "free" });
});

test("a hostile name and hostile text in a record, a report that is still one JSON value", async () => {
  const session = await place.ended("evil", "true");
  const { meta } = place.pathsOf(session);
  const text = readFileSync(meta, "utf8");
  writeFileSync(
    meta,
    text.replace('"name": "evil"', '"name": "\\u001b[2J\\u202e__proto__"').replace('"exited"', '"lost"'),
  );
  const seen = await place.doctor();
  expect(JSON.parse(JSON.stringify(seen.report))).toEqual(seen.report);
  expect(seen.the("session_lost").session_id).toBe(session.session_id);
});

test("every code in the table, provoked by a test of this folder", () => {
  const tests = readdirSync(import.meta.dir)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(import.meta.dir, name), "utf8"))
    .join("\n");
  expect(Object.keys(FINDINGS).filter((code) => !tests.includes(`"${code}"`))).toEqual([]);
  for (const [code, [severity, meaning]] of Object.entries(FINDINGS)) {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(["info", "warning", "critical"]).toContain(severity);
    expect(meaning).not.toBe("");
  }
});
