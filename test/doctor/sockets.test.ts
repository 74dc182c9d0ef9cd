// Doctor on the way to a worker: sockets that are gone, dead, elsewhere or replaced (faults S2 and U2).

import { afterEach, beforeEach, expect, test } from "bun:test";
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unwrap } from "../../src/base/errors.ts";
import { encodeJsonFrame, FRAME } from "../../src/protocol/frames.ts";
import { identify } from "../../src/pty/identity.ts";
import { writeJson } from "../../src/store/atomic-json.ts";
import { Place } from "./place.ts";

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.end());

test("the socket of a live worker removed, told with the worker's pid", async () => {
  const session = await place.start("cut-off", "sleep", "1000");
  rmSync(place.pathsOf(session).socket);
  const seen = await place.doctor();
  expect(seen.codes).toEqual(["worker_socket_missing"]);
  expect(seen.the("worker_socket_missing").message).toContain(`kill -USR1 ${session.worker_pid}`);
});

test("the socket of a live worker replaced by a dead one, a file, or one open to others, told", async () => {
  const session = await place.start("replaced", "sleep", "1000");
  const { socket } = place.pathsOf(session);
  chmodSync(socket, 0o777);
  expect((await place.doctor()).the("file_open").path).toBe(socket);
  rmSync(socket);
  const bind = `Bun.listen({ unix: ${JSON.stringify(socket)}, socket: { data() {} } }); process.kill(process.pid, 9)`;
  Bun.spawnSync([process.execPath, "-e", bind]);
  chmodSync(socket, 0o600);
  expect((await place.doctor()).codes).toEqual(["worker_socket_dead"]);
  rmSync(socket);
  writeFileSync(socket, "", { mode: 0o600 });
  const seen = await place.doctor();
  expect(seen.the("worker_socket_unsafe").message).toContain("a regular file");
  expect(seen.status).toBe("critical");
});

test("another runtime directory than the environment's, looked at there with and without a host", async () => {
  await place.start("elsewhere", "sleep", "1000");
  const env = { BIDE_RUNTIME_DIR: join(place.directory, "other") };
  const seen = await place.doctor({ env });
  expect(seen.the("runtime_directory_elsewhere").path).toBe(place.paths.runtimeDir);
  expect(seen.the("host_answers").path).toBe(place.paths.hostSocket);
  await place.killHost();
  const later = await place.doctor({ env });
  expect(later.the("runtime_directory_elsewhere").path).toBe(place.paths.runtimeDir);
  expect(later.the("host_socket_dead").path).toBe(place.paths.hostSocket);
  expect(later.codes).toEqual(["host_socket_dead"]);
});

test("a worker in another runtime directory, which is open to others, told where its socket is", async () => {
  const session = await place.start("elsewhere", "sleep", "1000");
  chmodSync(place.paths.runtimeBase, 0o755);
  const seen = await place.doctor({ env: { BIDE_RUNTIME_DIR: join(place.directory, "other") } });
  expect(seen.the("worker_socket_elsewhere").path).toBe(place.pathsOf(session).socket);
  chmodSync(place.paths.runtimeBase, 0o700);
});

test("a worker of another version, information only", async () => {
  const session = await place.start("older", "sleep", "1000");
  const record = place.workerOf(session);
  await place.killHost();
  await place.killWorker(session);
  const { socket, worker: path } = place.pathsOf(session);
  rmSync(socket);
  const me = identify(process.pid) ?? record.worker;
  unwrap(writeJson(path, { ...record, worker: me, child: me }));
  const welcome = { protocol: 1, version: "0.0.7", session_id: session.session_id, pid: process.pid };
  const older = Bun.listen({
    unix: socket,
    socket: { data: (peer) => void peer.write(encodeJsonFrame(FRAME.welcome, welcome)) },
  });
  chmodSync(socket, 0o600);
  const seen = await place.doctor();
  older.stop(true);
  expect(seen.the("worker_version_differs")).toMatchObject({ severity: "info", session_id: session.session_id });
  expect(seen.codes).toEqual(["host_socket_dead"]);
  unwrap(writeJson(path, record));
});

test("the sessions removed under a live worker, the worker is found and named", async () => {
  const session = await place.start("unrecorded", "sleep", "1000");
  const { socket } = place.pathsOf(session);
  rmSync(place.paths.sessions, { recursive: true });
  const seen = await place.doctor();
  expect(seen.the("worker_unrecorded")).toMatchObject({ session_id: session.session_id, path: socket });
  expect(seen.the("worker_unrecorded").message).toContain(`kill ${session.worker_pid}`);
});

test("the whole state directory removed under a live worker, the worker is found and named", async () => {
  const session = await place.start("unrecorded", "sleep", "1000");
  rmSync(place.paths.stateRoot, { recursive: true });
  const seen = await place.doctor();
  expect(seen.the("state_directory_missing").severity).toBe("info");
  expect(seen.the("worker_unrecorded").session_id).toBe(session.session_id);
});

test("a socket that a killed worker left, information", async () => {
  const session = await place.start("killed", "sleep", "1000");
  const { socket } = place.pathsOf(session);
  await place.killHost();
  await place.killWorker(session);
  await place.killProgram(session);
  await place.host();
  expect((await place.doctor()).the("leftover_socket")).toMatchObject({ path: socket, severity: "info" });
});
