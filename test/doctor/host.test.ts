// Doctor on the host: its socket, its lock, its record, its version (faults S2, U1, U2).

import { afterEach, beforeEach, expect, test } from "bun:test";
import { chmodSync, chownSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { identify } from "../../src/pty/identity.ts";
import { signalProcess } from "../../src/pty/signals.ts";
import { needs } from "../support/needs.ts";
import { Place } from "./place.ts";

const asRoot = needs("root");

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.end());

test("a host killed with -9, its socket is called dead and no host is started", async () => {
  await place.host();
  await place.killHost();
  const seen = await place.doctor();
  expect(seen.codes).toEqual(["host_socket_dead"]);
  expect((await place.doctor()).codes).toEqual(["host_socket_dead"]);
});

test("a file, a link or a fifo in the place of the socket, critical and left alone", async () => {
  const { hostSocket, runtimeDir } = place.paths;
  mkdirSync(runtimeDir, { recursive: true, mode: 0o700 });
  const things = [
    ["a regular file", () => writeFileSync(hostSocket, "")],
    ["a symbolic link", () => symlinkSync("/nowhere", hostSocket)],
    ["a fifo", () => Bun.spawnSync(["mkfifo", hostSocket])],
  ] as const;
  for (const [kind, make] of things) {
    make();
    expect((await place.doctor()).the("host_socket_not_a_socket").message).toContain(`got ${kind}`);
    rmSync(hostSocket);
  }
});

asRoot("a socket of another user, critical and not asked", async () => {
  await place.host();
  chownSync(place.paths.hostSocket, 12345, 12345);
  const seen = await place.doctor();
  expect(seen.the("host_socket_foreign").severity).toBe("critical");
  expect(seen.all("host_answers")).toEqual([]);
});

test("a socket open to others, a warning beside the answer", async () => {
  await place.host();
  chmodSync(place.paths.hostSocket, 0o666);
  const seen = await place.doctor();
  expect(seen.codes).toEqual(["host_socket_open"]);
  expect(seen.all("host_answers")).toHaveLength(1);
});

test("a stopped host, unreachable with its pid after a bounded wait", async () => {
  const { pid } = (await place.host()).host;
  const host = identify(pid);
  if (host === null) throw new Error("no host");
  signalProcess(host, "SIGSTOP");
  const found = (await place.doctor()).the("host_unreachable");
  expect(found.message).toContain(`pid ${pid}`);
  expect(found.message).toContain("did not answer in");
  signalProcess(host, "SIGCONT");
});

test("a host whose socket was cleaned away, unreachable and not absent", async () => {
  const { pid } = (await place.host()).host;
  rmSync(place.paths.runtimeDir, { recursive: true });
  const seen = await place.doctor();
  expect(seen.the("host_unreachable").message).toContain(`pid ${pid}`);
  expect(seen.all("host_absent")).toEqual([]);
});

test("a host in another runtime directory, which is open to others, unreachable with the variables to look at", async () => {
  await place.host();
  chmodSync(place.paths.runtimeBase, 0o755);
  const seen = await place.doctor({ env: { BIDE_RUNTIME_DIR: `${place.directory}/other` } });
  expect(seen.the("host_unreachable").message).toContain("BIDE_RUNTIME_DIR");
  chmodSync(place.paths.runtimeBase, 0o700);
});

test("a link in the place of host.lock, critical and not followed", async () => {
  mkdirSync(place.paths.stateRoot, { mode: 0o700 });
  symlinkSync(`${place.directory}/target`, place.paths.hostLock);
  expect((await place.doctor()).the("host_lock_unsafe").message).toContain("a symbolic link");
  expect(existsSync(`${place.directory}/target`)).toBe(false);
});

test("host.lock replaced under a host, told that a second one could start", async () => {
  await place.host();
  rmSync(place.paths.hostLock);
  writeFileSync(place.paths.hostLock, "", { mode: 0o600 });
  expect((await place.doctor()).codes).toEqual(["host_lock_free"]);
});

test("host.json damaged or of another process, told", async () => {
  await place.host();
  for (const text of ["", "{", "[]", '{"pid":"1"}']) {
    writeFileSync(place.paths.hostJson, text);
    expect((await place.doctor()).codes).toEqual(["host_record_corrupt"]);
  }
  writeFileSync(place.paths.hostJson, JSON.stringify({ pid: process.pid }));
  expect((await place.doctor()).the("host_record_differs").message).toContain(`process ${process.pid}`);
});

test("a host of another version, a warning with both versions", async () => {
  const { hostSocket, runtimeDir } = place.paths;
  mkdirSync(runtimeDir, { recursive: true, mode: 0o700 });
  const hello = { protocol: 1, version: "0.0.7", pid: process.pid, capabilities: [] };
  const older = Bun.listen({
    unix: hostSocket,
    socket: { data: (socket) => void socket.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, result: hello })}\n`) },
  });
  chmodSync(hostSocket, 0o600);
  const seen = await place.doctor();
  older.stop(true);
  expect(seen.the("host_version_differs").message).toContain("0.0.7");
  expect(seen.all("host_answers")).toEqual([]);
});
