// `doctor --repair ARCHIVE_STALE`: dead records go to the archive, and nothing that lives is ever touched.

import { afterEach, beforeEach, expect, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { unwrap } from "../../src/base/errors.ts";
import { runDoctor } from "../../src/host/doctor.ts";
import type { Session } from "../../src/protocol/session.ts";
import { identify, isAlive } from "../../src/pty/identity.ts";
import { signalProcess } from "../../src/pty/signals.ts";
import { readEventsPage } from "../../src/store/journal-page.ts";
import { acquireLock } from "../../src/store/lock.ts";
import { archivedPaths, type SessionPaths } from "../../src/store/session-paths.ts";
import { Place } from "./place.ts";

const ARCHIVE = { repair: ["ARCHIVE_STALE"] };

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.end());

/** A session recorded as running of which nothing is left, with no host. */
async function dead(name = "dead"): Promise<Session> {
  const session = await place.start(name, "sh", "-c", "echo text; exec sleep 1000");
  await place.killHost();
  await place.killWorker(session);
  await place.killProgram(session);
  return session;
}

function eventsOf(paths: SessionPaths): string[] {
  return unwrap(readEventsPage(paths.events, { after_seq: 0, tail: null, max: 1000 })).map((event) => event.event);
}

test("no host and a dead session, archived as lost with its log, its events, and nothing else changed", async () => {
  const session = await dead();
  const before = place.pathsOf(session);
  const journal = eventsOf(before);
  const seen = await place.doctor(ARCHIVE);
  const after = archivedPaths(place.paths, session.session_id);
  expect(seen.report.repairs).toEqual([
    {
      code: "ARCHIVE_STALE",
      status: "applied",
      session_id: session.session_id,
      path: after.root,
      message: "session dead is in the archive",
    },
  ]);
  expect(seen.codes).toEqual(["host_socket_dead"]);
  expect(existsSync(before.root)).toBe(false);
  expect(existsSync(before.socket)).toBe(false);
  expect(eventsOf(after)).toEqual([...journal, "lost", "repaired", "archived"]);
  expect(JSON.parse(readFileSync(after.meta, "utf8")).session).toMatchObject({ state: "lost", worker_pid: null });
  const archived = await (await place.host()).request("session.list", { archived: true });
  expect(archived.sessions.map(({ name, state }) => [name, state])).toEqual([["dead", "lost"]]);
});

test("a host and a lost session, archived through the host, which knows it at once", async () => {
  const session = await dead();
  const host = await place.host();
  const { repairs } = (await place.doctor(ARCHIVE)).report;
  expect(repairs).toMatchObject([{ status: "applied", session_id: session.session_id }]);
  expect(eventsOf(archivedPaths(place.paths, session.session_id)).slice(-3)).toEqual(["lost", "archived", "repaired"]);
  expect((await host.request("session.list", { all: true })).sessions).toEqual([]);
  expect((await host.request("session.list", { archived: true })).sessions).toHaveLength(1);
});

test("nothing stale, one skipped; a state directory that was never there, the same", async () => {
  const skipped = [{ code: "ARCHIVE_STALE", status: "skipped", session_id: null, path: null }] as const;
  expect((await place.doctor(ARCHIVE)).report.repairs).toMatchObject(skipped);
  expect(existsSync(place.paths.stateRoot)).toBe(false);
  await place.start("live", "sleep", "1000");
  await place.ended("done", "true");
  expect((await place.doctor(ARCHIVE)).report.repairs).toMatchObject(skipped);
  await place.killHost();
  expect((await place.doctor(ARCHIVE)).report.repairs).toMatchObject(skipped);
});

test("an orphaned program, skipped with its pid and still alive", async () => {
  const session = await place.start("orphan", "nohup", "sleep", "1000");
  await place.killHost();
  const { child } = place.workerOf(session);
  await place.killWorker(session);
  const { repairs } = (await place.doctor(ARCHIVE)).report;
  expect(repairs).toMatchObject([{ status: "skipped", session_id: session.session_id }]);
  expect(repairs[0]?.message).toContain(`pid ${session.child_pid}`);
  expect(child !== null && isAlive(child)).toBe(true);
  expect(existsSync(place.pathsOf(session).root)).toBe(true);
});

test("a process that the dead program left behind, skipped, and the finding says that it cannot be repaired", async () => {
  const daemon = "trap '' HUP; setsid sleep 1000 </dev/null >/dev/null 2>&1 & echo ready; exec sleep 1000";
  const session = await place.start("parent", "sh", "-c", daemon);
  await place.killHost();
  await place.killWorker(session);
  await place.killProgram(session);
  const seen = await place.doctor(ARCHIVE);
  expect(seen.report.repairs).toMatchObject([{ status: "skipped", session_id: session.session_id }]);
  expect(seen.the("worker_dead").repairable).toBe(false);
});

test("worker.json gone while the worker lives and has lost its socket, failed by the worker's lock", async () => {
  const session = await place.start("hidden", "env", "-i", "sleep", "1000");
  const { worker } = place.workerOf(session);
  await place.killHost();
  const { socket, worker: record, meta, root } = place.pathsOf(session);
  rmSync(socket);
  rmSync(record);
  // Nothing but the lock tells any more that somebody runs this session.
  const text = readFileSync(meta, "utf8");
  writeFileSync(meta, text.replace(/"(worker|child)_pid": \d+/g, '"$1_pid": null'));
  const { repairs } = (await place.doctor(ARCHIVE)).report;
  expect(repairs).toMatchObject([{ status: "failed", session_id: session.session_id }]);
  expect(repairs[0]?.message).toContain(`held by process ${worker.pid}`);
  expect(isAlive(worker)).toBe(true);
  expect(existsSync(root)).toBe(true);
  writeFileSync(meta, text);
});

test("the target in the archive taken, failed and nothing moved", async () => {
  const session = await dead();
  const { root } = archivedPaths(place.paths, session.session_id);
  mkdirSync(root, { mode: 0o700 });
  const { repairs } = (await place.doctor(ARCHIVE)).report;
  expect(repairs).toMatchObject([{ status: "failed", message: `${root} exists already` }]);
  expect(existsSync(place.pathsOf(session).meta)).toBe(true);
});

test("host.lock held by somebody who does not answer, failed and nothing moved", async () => {
  const session = await dead();
  const lock = unwrap(acquireLock(place.paths.hostLock));
  const { repairs } = (await place.doctor(ARCHIVE)).report;
  lock.dispose();
  expect(repairs).toMatchObject([{ status: "failed", path: place.paths.hostLock }]);
  expect(existsSync(place.pathsOf(session).meta)).toBe(true);
});

test("a state directory open to others, failed and nothing moved", async () => {
  const session = await dead();
  chmodSync(place.paths.stateRoot, 0o755);
  const { repairs } = (await place.doctor(ARCHIVE)).report;
  expect(repairs).toMatchObject([{ status: "failed", path: place.paths.stateRoot }]);
  expect(existsSync(place.pathsOf(session).meta)).toBe(true);
});

test("a stopped host and a lost session, failed after a bounded wait and nothing moved", async () => {
  const session = await dead();
  const host = identify((await place.host()).host.pid);
  if (host === null) throw new Error("no host");
  signalProcess(host, "SIGSTOP");
  const { repairs } = (await place.doctor(ARCHIVE)).report;
  signalProcess(host, "SIGCONT");
  expect(repairs).toMatchObject([{ status: "failed", path: place.paths.hostSocket }]);
  expect(existsSync(place.pathsOf(session).meta)).toBe(true);
});

test("a damaged record, never archived", async () => {
  const session = await dead();
  writeFileSync(place.pathsOf(session).meta, "{");
  const seen = await place.doctor(ARCHIVE);
  expect(seen.report.repairs).toMatchObject([{ status: "skipped", session_id: null }]);
  expect(seen.the("meta_corrupt").repairable).toBe(false);
});

test("the code of a repairable finding, its repair; an unknown code, a usage error with the known ones", async () => {
  await dead();
  const { repairs } = (await place.doctor({ repair: ["worker_dead", "ARCHIVE_STALE"] })).report;
  expect(repairs).toMatchObject([{ code: "ARCHIVE_STALE", status: "applied" }]);
  for (const word of ["ARCHIVE", "host_absent", "toString", ""]) {
    const refused = await runDoctor({ env: place.env, repair: [word] });
    expect(refused).toMatchObject({ ok: false, code: "usage", hint: "the repairs are: ARCHIVE_STALE" });
  }
});
