// Doctor on directories that are missing, no directories, somebody else's or open (faults S1), and on a full disk.

import { afterEach, beforeEach, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { needs } from "../support/needs.ts";
import { Place } from "./place.ts";

const isRoot = process.geteuid?.() === 0;
const asRoot = needs("root");

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.end());

function makeState(): string {
  const { stateRoot, sessions } = place.paths;
  mkdirSync(sessions, { recursive: true, mode: 0o700 });
  return stateRoot;
}

function makeRuntime(): string {
  const { runtimeDir } = place.paths;
  mkdirSync(runtimeDir, { recursive: true, mode: 0o700 });
  return runtimeDir;
}

test("nothing there yet, three lines of information, and still nothing there afterwards", async () => {
  const seen = await place.doctor();
  expect(seen.status).toBe("ok");
  expect(seen.report.checks.map((check) => check.code)).toEqual([
    "state_directory_missing",
    "runtime_directory_missing",
    "host_absent",
  ]);
  expect(existsSync(place.paths.stateRoot)).toBe(false);
  expect(existsSync(place.paths.runtimeBase)).toBe(false);
});

test("a file in the place of the state directory, critical", async () => {
  writeFileSync(join(place.directory, "state"), "");
  const seen = await place.doctor();
  expect(seen.status).toBe("critical");
  expect(seen.the("state_directory_not_a_directory").path).toBe(place.paths.stateRoot);
  expect(seen.codes).toHaveLength(1);
});

test("a file in the place of a parent of the state directory, critical and no exception", async () => {
  writeFileSync(join(place.directory, "state"), "");
  const seen = await place.doctor({ env: { BIDE_STATE_DIR: join(place.directory, "state", "below") } });
  expect(seen.the("location_unusable").message).toContain("not a directory");
});

test("a state directory open to others, critical, and what is in it is still looked at", async () => {
  chmodSync(makeState(), 0o755);
  mkdirSync(join(place.paths.sessions, "notes"));
  const seen = await place.doctor();
  expect(seen.status).toBe("critical");
  expect(seen.the("state_directory_open").message).toContain("got mode 0755");
  expect(seen.all("stray_entry")).toHaveLength(1);
});

test("a link in the place of the archive, critical and not followed", async () => {
  symlinkSync(place.directory, join(makeState(), "archive"));
  expect((await place.doctor()).the("state_directory_symlinked").path).toBe(place.paths.archive);
});

asRoot("a state directory of another user, critical", async () => {
  chownSync(makeState(), 12345, 12345);
  expect((await place.doctor()).the("state_directory_foreign").message).toContain("one of uid 12345");
});

test("a state directory that is reached through a link, fine as long as it is private itself", async () => {
  const real = makeState();
  symlinkSync(real, join(place.directory, "link"));
  const seen = await place.doctor({ env: { BIDE_STATE_DIR: join(place.directory, "link") } });
  expect(seen.status).toBe("ok");
});

test("links in a circle, critical and no exception", async () => {
  const circle = join(place.directory, "circle");
  symlinkSync(circle, circle);
  expect((await place.doctor({ env: { BIDE_STATE_DIR: circle } })).the("location_unusable").message).toContain(
    "circle",
  );
});

test("a runtime directory that is a link, critical, and nothing is asked through it", async () => {
  makeState();
  mkdirSync(join(place.directory, "elsewhere"), { mode: 0o700 });
  symlinkSync(join(place.directory, "elsewhere"), place.paths.runtimeBase);
  const seen = await place.doctor();
  expect(seen.codes).toEqual(["runtime_directory_symlinked"]);
  expect(seen.all("host_absent")).toEqual([]);
});

test("a runtime directory open to others, critical", async () => {
  makeRuntime();
  chmodSync(place.paths.runtimeBase, 0o777);
  expect((await place.doctor()).the("runtime_directory_open").path).toBe(place.paths.runtimeBase);
});

test("a file in the place of the runtime directory, critical", async () => {
  const directory = makeRuntime();
  const other = new Place({ BIDE_RUNTIME_DIR: join(directory, "file") });
  try {
    writeFileSync(join(directory, "file"), "");
    expect((await other.doctor()).the("runtime_directory_not_a_directory").severity).toBe("critical");
  } finally {
    await other.end();
  }
});

asRoot("a runtime directory of another user, critical", async () => {
  chownSync(dirname(makeRuntime()), 12345, 12345);
  expect((await place.doctor()).the("runtime_directory_foreign").severity).toBe("critical");
});

test("directories that we may not read, critical and no exception", async () => {
  const directories = [makeState(), makeRuntime()];
  for (const directory of directories) chmodSync(directory, 0o000);
  if (!isRoot) {
    const seen = await place.doctor();
    expect(seen.codes).toEqual(["state_directory_unreadable", "runtime_directory_unreadable"]);
  } else {
    // Root reads everything, so the doctor runs as somebody else, to whom all of this belongs.
    const nobody = 12345;
    if (process.env.TMPDIR !== undefined) chmodSync(process.env.TMPDIR, 0o711);
    for (const path of [place.directory, place.paths.runtimeBase, ...directories]) chownSync(path, nobody, nobody);
    const script = `
      const { runDoctor } = await import(${JSON.stringify(join(import.meta.dir, "../../src/host/doctor.ts"))});
      console.log(JSON.stringify((await runDoctor({ env: process.env, systemRoot: "/nowhere" })).value));`;
    const ran = spawnSync(process.execPath, ["-e", script], { env: place.env, cwd: "/", uid: nobody, gid: nobody });
    const checks: { code: string }[] = JSON.parse(ran.stdout.toString()).checks;
    const codes = checks.map((check) => check.code);
    expect(codes).toContain("state_directory_unreadable");
    expect(codes).toContain("runtime_directory_unreadable");
  }
  for (const directory of directories) chmodSync(directory, 0o700);
});

test("a runtime directory whose socket paths would be too long, critical with both lengths", async () => {
  const seen = await place.doctor({ env: { BIDE_RUNTIME_DIR: `/tmp/${"x".repeat(120)}` } });
  expect(seen.the("location_unusable").message).toMatch(/is 1\d\d bytes long, and a socket's path may have 10\d/);
});

/** A file system of its own as the state directory, with a directory for sessions on it. */
function mountedState(size: string): { readonly path: string } & Disposable {
  const path = join(place.directory, "state");
  mkdirSync(path);
  expect(spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size},mode=0700`, "tmpfs", path]).stderr.toString()).toBe("");
  mkdirSync(place.paths.sessions, { mode: 0o700 });
  return { path, [Symbol.dispose]: () => void spawnSync("umount", [path]) };
}

asRoot("a disk mounted read-only, critical, and what is on it is still looked at", async () => {
  using disk = mountedState("8m");
  writeFileSync(place.paths.hostJson, "{", { mode: 0o600 });
  expect(spawnSync("mount", ["-o", "remount,ro", disk.path]).stderr.toString()).toBe("");
  const seen = await place.doctor();
  expect(seen.the("state_directory_read_only").severity).toBe("critical");
  expect(seen.the("state_directory_read_only").message).toContain(`${disk.path}: the file system is read-only`);
  expect(seen.all("host_absent")).toHaveLength(1);
});

asRoot("a disk without space, a warning and all the other checks as well", async () => {
  using disk = mountedState("256k");
  expect(() => writeFileSync(join(disk.path, "filler"), new Uint8Array(300_000), { mode: 0o600 })).toThrow("ENOSPC");
  const seen = await place.doctor({ repair: ["ARCHIVE_STALE"] });
  expect(seen.the("disk_full").message).toContain("0 KiB of space");
  expect(seen.report.repairs.map((repair) => repair.status)).not.toContain("applied");
  expect(seen.all("host_absent")).toHaveLength(1);
});
