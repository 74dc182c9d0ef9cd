// Doctor on processes that do not fit their records: dead workers, orphans, reused pids (faults P2 and P8).

import { afterEach, beforeEach, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { unwrap } from "../../src/base/errors.ts";
import type { WorkerRecord } from "../../src/protocol/launch.ts";
import type { Session } from "../../src/protocol/session.ts";
import { identify, isAlive } from "../../src/pty/identity.ts";
import { signalProcess } from "../../src/pty/signals.ts";
import { writeJson } from "../../src/store/atomic-json.ts";
import { killed, Place } from "./place.ts";

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.end());

function rewriteWorker(session: Session, change: Partial<WorkerRecord>): void {
  unwrap(writeJson(place.pathsOf(session).worker, { ...place.workerOf(session), ...change }));
}

test("a session that runs and a host that answers, nothing to complain about", async () => {
  await place.start("calm", "sleep", "1000");
  const seen = await place.doctor();
  expect(seen.report).toMatchObject({ schema_version: 1, status: "ok", repairs: [] });
  expect(seen.report.checks.map((check) => check.code)).toEqual(["host_answers"]);
  expect(seen.the("host_answers").message).toContain(`pid ${(await place.host()).host.pid}`);
});

test("worker and program killed with the host dead, the record that says running is found and can be repaired", async () => {
  const session = await place.start("doomed", "sleep", "1000");
  await place.killHost();
  await place.killWorker(session);
  await place.killProgram(session);
  const seen = await place.doctor();
  expect(seen.status).toBe("warning");
  expect(seen.the("worker_dead")).toMatchObject({
    session_id: session.session_id,
    repairable: true,
    severity: "warning",
  });
});

test("worker and program dead when a host starts, the lost session is found and can be repaired", async () => {
  const session = await place.start("doomed", "sleep", "1000");
  await place.killHost();
  await place.killWorker(session);
  await place.killProgram(session);
  await place.host();
  const seen = await place.doctor();
  expect(seen.the("session_lost")).toMatchObject({ session_id: session.session_id, repairable: true });
  expect(seen.codes).toEqual(["session_lost"]);
});

test("a worker killed and its program alive, critical with the pid and the way to end it", async () => {
  const session = await place.start("orphan", "nohup", "sleep", "1000");
  await place.killHost();
  await place.killWorker(session);
  const seen = await place.doctor();
  expect(seen.status).toBe("critical");
  const found = seen.the("orphaned_program");
  expect(found.message).toContain(`pid ${session.child_pid}`);
  expect(found.message).toContain("bide kill orphan");
  expect(found).toMatchObject({ session_id: session.session_id, repairable: false });
  expect(isAlive(place.workerOf(session).child ?? fail())).toBe(true);
  const host = await place.host();
  const ended = await host.request("session.kill", { selectors: [{ text: "orphan" }] });
  expect(ended.sessions[0]).toMatchObject({ state: "killed" });
  expect((await place.doctor()).codes).toEqual([]);
});

test("an orphan found by a new host, deleted with kill and without waiting for its dead worker", async () => {
  const session = await place.start("orphan", "nohup", "sleep", "1000");
  await place.killHost();
  await place.killWorker(session);
  const host = await place.host();
  const { deleted } = await host.request("session.delete", { selectors: [{ text: "orphan" }], kill: true });
  expect(deleted).toMatchObject([{ session_id: session.session_id, archived: true }]);
});

test("a stopped worker whose program was killed, silent and without a program", async () => {
  const session = await place.start("frozen", "sleep", "1000");
  await place.killHost();
  const { worker } = place.workerOf(session);
  rmSync(place.paths.hostSocket);
  expect(signalProcess(worker, "SIGSTOP")).toBe("sent");
  await place.killProgram(session);
  const seen = await place.doctor();
  expect(seen.codes).toEqual(["program_gone", "worker_silent"]);
  expect(seen.the("worker_silent").message).toContain(`pid ${worker.pid}`);
  expect(seen.the("program_gone").repairable).toBe(false);
});

test("a record with the pid of a living stranger, told as reused and never signalled", async () => {
  const session = await place.start("reused", "sleep", "1000");
  await place.killHost();
  await place.killWorker(session);
  await place.killProgram(session);
  const stranger = Bun.spawn(["sleep", "1000"]);
  try {
    const { worker, child } = place.workerOf(session);
    rewriteWorker(session, {
      worker: { ...worker, pid: stranger.pid },
      child: { pid: stranger.pid, start_time: child?.start_time ?? "", boot_id: "another boot" },
    });
    const seen = await place.doctor({ repair: ["ARCHIVE_STALE"] });
    expect(seen.report.repairs).toMatchObject([{ status: "applied", session_id: session.session_id }]);
    expect(identify(stranger.pid)).not.toBeNull();
    expect(stranger.exitCode).toBeNull();
  } finally {
    stranger.kill("SIGKILL");
    await stranger.exited;
  }
});

test("a record with reused pids and no repair, one finding for each of them", async () => {
  const session = await place.start("reused", "sleep", "1000");
  await place.killHost();
  await place.killWorker(session);
  await place.killProgram(session);
  const { worker, child } = place.workerOf(session);
  rewriteWorker(session, { worker: { ...worker, pid: process.pid }, child: child && { ...child, pid: process.pid } });
  const seen = await place.doctor();
  expect(seen.all("pid_reused").map((check) => check.session_id)).toEqual([session.session_id, session.session_id]);
  expect(seen.the("worker_dead").repairable).toBe(true);
});

test("another process answers than worker.json says, both pids are told", async () => {
  const session = await place.start("swapped", "sleep", "1000");
  const { worker } = place.workerOf(session);
  rewriteWorker(session, { worker: identify(process.pid) ?? worker });
  const found = (await place.doctor()).the("pid_differs");
  expect(found.message).toContain(`process ${process.pid}, and process ${worker.pid} answers`);
});

test("a program that ended and left a daemon, the daemon is named and `kill` ends it", async () => {
  // Without the trap the end of the terminal takes the daemon before it has left.
  const left = "trap '' HUP; setsid sleep 1000 </dev/null >/dev/null 2>&1 & exit 0";
  const session = await place.ended("parent", "sh", "-c", left);
  const seen = await place.doctor();
  const found = seen.the("left_behind_processes");
  const pid = Number(/pid (\d+)/.exec(found.message)?.[1]);
  const daemon = identify(pid) ?? fail();
  expect(found).toMatchObject({ severity: "warning", session_id: session.session_id });
  const host = await place.host();
  await host.request("session.kill", { selectors: [{ text: "parent" }] });
  expect(isAlive(daemon)).toBe(false);
  expect((await place.doctor()).codes).toEqual([]);
  await killed(daemon);
});

function fail(): never {
  throw new Error("no such process");
}
