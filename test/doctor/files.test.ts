// Doctor on what a session stored: logs, journals, modes, leftovers (faults D1, D2, D5 and S5).

import { afterEach, beforeEach, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { unwrap } from "../../src/base/errors.ts";
import type { Session } from "../../src/protocol/session.ts";
import { openJournal } from "../../src/store/journal.ts";
import type { SessionPaths } from "../../src/store/session-paths.ts";
import { needs } from "../support/needs.ts";
import { killed, Place } from "./place.ts";

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.end());

/** A session that printed six bytes and ended. */
async function printed(): Promise<{ session: Session; paths: SessionPaths }> {
  const session = await place.ended("done", "printf", "123456");
  return { session, paths: place.pathsOf(session) };
}

test("a log removed or cut after the end, told with both lengths", async () => {
  const { session, paths } = await printed();
  truncateSync(paths.log, 2);
  const cut = (await place.doctor()).the("log_cut");
  expect(cut).toMatchObject({ session_id: session.session_id, path: paths.log });
  expect(cut.message).toContain("printed 6 bytes, and its log ends at 2");
  rmSync(paths.log);
  expect((await place.doctor()).codes).toEqual(["log_missing"]);
});

test("the log of a live session removed, told although the record was written before the output", async () => {
  const session = await place.start("live", "sh", "-c", "echo hello; exec sleep 1000");
  const connection = await (await place.host()).session("live");
  await connection.request("events.read", { after_seq: 2, wait_ms: 10_000 });
  connection.close();
  rmSync(place.pathsOf(session).log);
  expect((await place.doctor()).codes).toEqual(["log_missing"]);
});

needs("root")("the disk full under a live log, told that output is not stored", async () => {
  const disk = join(place.directory, "state");
  mkdirSync(disk);
  expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs", disk]).stderr.toString()).toBe("");
  try {
    await place.start("flood", "sh", "-c", "yes | head -c 400000; exec sleep 1000");
    const connection = await (await place.host()).session("flood");
    for (let seq = 0; ; ) {
      const { events } = await connection.request("events.read", { after_seq: seq, wait_ms: 10_000 });
      if (events.some((event) => event.event === "log_suspended")) break;
      seq = events.at(-1)?.seq ?? seq;
    }
    connection.close();
    const seen = await place.doctor();
    expect(seen.the("log_suspended").message).toContain("no space is left");
    expect(seen.all("disk_full")).toHaveLength(1);
  } finally {
    await place.killHost();
    for (const name of ["worker", "child"] as const) await killed(JSON.parse(onlyRecord(disk))[name]);
    spawnSync("umount", [disk]);
  }
});

test("a log suspended before the end of the session, told; resumed, not", async () => {
  const { session, paths } = await printed();
  const journal = unwrap(openJournal(paths.events));
  const at = { time: new Date().toISOString(), session_id: session.session_id, offset: 3 };
  journal.append({ ...at, event: "log_suspended", reason: "no space" });
  expect((await place.doctor()).the("log_suspended").message).toContain("was not stored from offset 3 on: no space");
  journal.append({ ...at, event: "log_resumed" });
  journal.dispose();
  expect((await place.doctor()).codes).toEqual([]);
});

test("a log suspended to the end of an earlier life, no word of it once the session was restarted", async () => {
  const { session, paths } = await printed();
  const journal = unwrap(openJournal(paths.events));
  const at = { time: new Date().toISOString(), session_id: session.session_id };
  journal.append({ ...at, offset: 3, event: "log_suspended", reason: "no space" });
  journal.append({ ...at, event: "restarted" });
  expect((await place.doctor()).codes).toEqual([]);
  journal.append({ ...at, offset: 5, event: "log_suspended", reason: "no space" });
  journal.dispose();
  expect((await place.doctor()).the("log_suspended").message).toContain("from offset 5 on");
});

test("a log that ends early with a journal that lost events, no space told and not that somebody cut it", async () => {
  const { session, paths } = await printed();
  truncateSync(paths.log, 4);
  const journal = unwrap(openJournal(paths.events));
  journal.append({ time: new Date().toISOString(), session_id: session.session_id, event: "labelled", dropped: 2 });
  journal.dispose();
  const seen = await place.doctor();
  expect(seen.the("log_suspended").message).toContain("was not stored from offset 4 on: there was no space");
  expect(seen.all("log_cut")).toEqual([]);
});

test.each(["pty.log", "env.json", "session.lock", "scrollback.snapshot"])(
  "a directory in the place of %s, told",
  async (name) => {
    const { paths } = await printed();
    const path = join(paths.root, name);
    rmSync(path);
    mkdirSync(path, { mode: 0o700 });
    const seen = await place.doctor();
    expect(seen.the("file_unsafe").message).toBe(`${path}: expected a regular file of ours, got a directory`);
  },
);

test("a journal with a flipped byte, a cut end, or a link in its place, told and left as it is", async () => {
  const { paths } = await printed();
  const whole = readFileSync(paths.events);
  const flipped = Buffer.from(whole);
  flipped[12] = (flipped[12] ?? 0) ^ 1;
  writeFileSync(paths.events, flipped);
  expect((await place.doctor()).the("journal_damaged").message).toContain("1 lines");
  writeFileSync(paths.events, whole.subarray(0, whole.length - 10));
  expect((await place.doctor()).codes).toEqual(["journal_torn"]);
  expect(readFileSync(paths.events).length).toBe(whole.length - 10);
  rmSync(paths.events);
  symlinkSync("/nowhere", paths.events);
  expect((await place.doctor()).codes).toEqual(["journal_unreadable", "file_unsafe"]);
});

test("a torn end that was kept aside, information with its name", async () => {
  const { paths } = await printed();
  appendFileSync(paths.events, "half an ev");
  const journal = unwrap(openJournal(paths.events));
  journal.dispose();
  const seen = await place.doctor();
  expect(seen.the("kept_aside").path).toBe(journal.torn ?? "");
  expect(seen.status).toBe("ok");
});

test("a file open to others, told with its mode and not chmodded", async () => {
  const { paths } = await printed();
  chmodSync(paths.env, 0o644);
  const found = (await place.doctor()).the("file_open");
  expect(found.path).toBe(paths.env);
  expect(found.message).toContain("got 0644");
  expect((await place.doctor()).all("file_open")).toHaveLength(1);
});

test("a temporary file of a process that is gone, information; of a living one, nothing", async () => {
  const { session, paths } = await printed();
  const past = Bun.spawn(["true"]);
  await past.exited;
  const left = `${paths.meta}.${past.pid}.tmp`;
  writeFileSync(left, "", { mode: 0o600 });
  writeFileSync(`${paths.meta}.${process.pid}.tmp`, "", { mode: 0o600 });
  expect((await place.doctor()).the("leftover_temporary")).toMatchObject({
    path: left,
    session_id: session.session_id,
  });
});

test("a worker that wrote down an error of its own, told", async () => {
  const { paths } = await printed();
  writeFileSync(join(paths.root, "worker.errors"), "stack\n", { mode: 0o600 });
  expect((await place.doctor()).codes).toEqual(["worker_errors"]);
});

/** worker.json of the only session. */
function onlyRecord(stateRoot: string): string {
  const found = spawnSync("sh", ["-c", `cat "${stateRoot}"/sessions/*/worker.json`]);
  return found.stdout.toString();
}
