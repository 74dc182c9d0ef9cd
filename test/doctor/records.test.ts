// Doctor on records that are damaged, missing, doubled or in the wrong place (fault D2).

import { afterEach, beforeEach, expect, test } from "bun:test";
import { chmodSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Session } from "../../src/protocol/session.ts";
import { archivedPaths } from "../../src/store/session-paths.ts";
import { Place } from "./place.ts";

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.end());

/** A session that has ended, with the host ended too. */
async function endedSession(name = "done"): Promise<Session> {
  const session = await place.ended(name, "echo", "text");
  await place.killHost();
  rmSync(place.paths.hostSocket);
  return session;
}

test("meta.json cut or flipped anywhere, critical or unchanged, and the file is kept", async () => {
  const session = await endedSession();
  const { meta } = place.pathsOf(session);
  const whole = readFileSync(meta);
  const step = Math.ceil(whole.length / 25);
  for (let at = 0; at < whole.length - 2; at += step) {
    writeFileSync(meta, whole.subarray(0, at));
    const found = (await place.doctor()).the("meta_corrupt");
    expect(found).toMatchObject({ severity: "critical", path: meta, session_id: session.session_id });
    expect(readFileSync(meta).equals(whole.subarray(0, at))).toBe(true);
    const flipped = Buffer.from(whole);
    flipped[at] = (flipped[at] ?? 0) ^ 0x80;
    writeFileSync(meta, flipped);
    expect((await place.doctor()).codes).toEqual(["meta_corrupt"]);
  }
});

test("meta.json missing or of another session, critical, and a living worker is named", async () => {
  const session = await place.start("live", "sleep", "1000");
  const { meta } = place.pathsOf(session);
  const text = readFileSync(meta, "utf8");
  writeFileSync(meta, text.replaceAll(session.session_id, crypto.randomUUID()));
  expect((await place.doctor()).the("meta_corrupt").message).toContain("that of another session");
  rmSync(meta);
  const found = (await place.doctor()).the("meta_missing");
  expect(found.severity).toBe("critical");
  expect(found.message).toContain(`pid ${session.worker_pid}`);
  writeFileSync(meta, text, { mode: 0o600 });
});

test("a directory that has just been made for a session, no finding", async () => {
  mkdirSync(join(place.paths.sessions, crypto.randomUUID()), { recursive: true, mode: 0o700 });
  chmodSync(place.paths.stateRoot, 0o700);
  expect((await place.doctor()).codes).toEqual([]);
});

test("worker.json of a live session damaged or gone, told; of an ended one, only a warning", async () => {
  const live = await place.start("live", "sleep", "1000");
  const { worker } = place.pathsOf(live);
  const text = readFileSync(worker);
  writeFileSync(worker, "{}");
  expect((await place.doctor()).the("worker_record_corrupt").severity).toBe("critical");
  rmSync(worker);
  expect((await place.doctor()).codes).toEqual(["worker_record_missing"]);
  writeFileSync(worker, text, { mode: 0o600 });
  const ended = await place.ended("done", "true");
  writeFileSync(place.pathsOf(ended).worker, "");
  expect((await place.doctor()).the("ended_worker_record_corrupt").session_id).toBe(ended.session_id);
});

test("a session's directory open to others or a link, critical and not looked into", async () => {
  const session = await endedSession();
  const { root } = place.pathsOf(session);
  chmodSync(root, 0o750);
  expect((await place.doctor()).the("session_directory_unsafe").message).toContain("mode 0750");
  renameSync(root, join(place.directory, "moved"));
  symlinkSync(join(place.directory, "moved"), root);
  const seen = await place.doctor();
  expect(seen.codes).toEqual(["session_directory_unsafe"]);
  expect(seen.status).toBe("critical");
});

test("something that is no session among the sessions, information", async () => {
  mkdirSync(join(place.paths.sessions, "my notes"), { recursive: true, mode: 0o700 });
  chmodSync(place.paths.stateRoot, 0o700);
  const seen = await place.doctor();
  expect(seen.the("stray_entry").path).toBe(join(place.paths.sessions, "my notes"));
  expect(seen.status).toBe("ok");
});

test("an archived record damaged, missing, or doubled among the sessions, told", async () => {
  const session = await place.ended("old", "true");
  const host = await place.host();
  await host.request("session.delete", { selectors: [{ text: "old" }] });
  const { root, meta } = archivedPaths(place.paths, session.session_id);
  expect((await place.doctor()).codes).toEqual([]);
  cpSync(root, place.pathsOf(session).root, { recursive: true });
  expect((await place.doctor()).the("duplicate_record").session_id).toBe(session.session_id);
  rmSync(place.pathsOf(session).root, { recursive: true });
  writeFileSync(meta, "\0");
  expect((await place.doctor()).codes).toEqual(["archived_meta_corrupt"]);
  rmSync(meta);
  expect((await place.doctor()).the("archived_meta_corrupt").message).toContain("is missing");
});
