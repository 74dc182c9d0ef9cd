// The rules by which the state root and the runtime directory are found, and the length of socket paths.

import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { unwrap } from "../base/errors.ts";
import { newId } from "../base/ids.ts";
import { locate } from "../base/locations.ts";
import { checkSocketPath } from "../base/socket-path.ts";
import { resolvePaths } from "./paths.ts";
import { archivedPaths, sessionPaths, viewPaths } from "./session-paths.ts";

const here = realpathSync(mkdtempSync(join(tmpdir(), "bide-paths-")));
afterAll(() => rmSync(here, { recursive: true, force: true }));
const uid = process.geteuid?.() ?? 0;

test("only HOME set, the defaults of Linux and macOS", () => {
  const linux = unwrap(resolvePaths({ HOME: here }, "linux"));
  expect(linux.stateRoot).toBe(join(here, ".local/state/bide"));
  expect(linux.runtimeBase).toBe(join(process.env.TMPDIR ?? "/tmp", `bide-${uid}`));
  expect(linux.hostSocket).toMatch(/\/[0-9a-f]{8}\/host\.sock$/);
  const mac = unwrap(resolvePaths({ HOME: here }, "darwin"));
  expect(mac.stateRoot).toBe(join(here, "Library/Application Support/bide"));
});

test("BIDE_ and XDG_ both set, BIDE_ wins; a relative XDG value is ignored, a relative BIDE one counts from here", () => {
  const xdg = { HOME: here, XDG_STATE_HOME: join(here, "s"), XDG_RUNTIME_DIR: join(here, "r") };
  expect(unwrap(resolvePaths(xdg)).stateRoot).toBe(join(here, "s/bide"));
  expect(unwrap(resolvePaths(xdg)).runtimeBase).toBe(join(here, "r/bide"));
  const both = unwrap(resolvePaths({ ...xdg, BIDE_STATE_DIR: "some/where", BIDE_RUNTIME_DIR: "run" }));
  expect(both.stateRoot).toBe(join(realpathSync(process.cwd()), "some/where"));
  expect(both.runtimeBase).toBe(join(process.cwd(), "run"));
  const relative = unwrap(resolvePaths({ HOME: here, XDG_STATE_HOME: "s", XDG_RUNTIME_DIR: "r" }, "linux"));
  expect(relative.stateRoot).toBe(join(here, ".local/state/bide"));
  expect(relative.runtimeBase).toEndWith(`/bide-${uid}`);
});

test("HOME missing or empty, the user database's directory", () => {
  const { homedir } = userInfo();
  for (const env of [{}, { HOME: "" }]) {
    expect(unwrap(resolvePaths(env, "linux")).stateRoot).toBe(join(realpathSync(homedir), ".local/state/bide"));
  }
});

test("the state root before and after it exists and through links, one and the same runtime directory", () => {
  symlinkSync("target/root", join(here, "dangling"));
  const of = (root: string) => unwrap(resolvePaths({ BIDE_STATE_DIR: root, BIDE_RUNTIME_DIR: "/tmp/r" }));
  const direct = join(here, "target/root");
  const before = [of(direct), of(join(here, "dangling")), of(`${direct}/`)];
  mkdirSync(direct, { recursive: true });
  symlinkSync(join(here, "target"), join(here, "parent"));
  const after = [of(direct), of(join(here, "dangling")), of(join(here, "parent/root"))];
  for (const paths of [...before, ...after]) expect(paths).toEqual(of(direct));
  expect(of(join(here, "other")).runtimeDir).not.toBe(of(direct).runtimeDir);
});

test("whatever is set, the client looks where the host is", () => {
  mkdirSync(join(here, "made"), { recursive: true });
  symlinkSync("made", join(here, "linked"));
  for (const env of [
    {},
    { HOME: here },
    { HOME: "" },
    { HOME: here, TMPDIR: here },
    { HOME: here, XDG_STATE_HOME: join(here, "s"), XDG_RUNTIME_DIR: `${here}//r/` },
    { HOME: here, XDG_STATE_HOME: "s", XDG_RUNTIME_DIR: "r" },
    { BIDE_STATE_DIR: "relative/", BIDE_RUNTIME_DIR: "../run" },
    { BIDE_STATE_DIR: join(here, "linked/not/yet"), BIDE_RUNTIME_DIR: "/tmp/r" },
  ]) {
    expect(unwrap(resolvePaths(env))).toMatchObject(unwrap(locate(env)));
  }
});

test("links in a circle, a failure and no exception", () => {
  symlinkSync("b", join(here, "a"));
  symlinkSync("a", join(here, "b"));
  expect(resolvePaths({ BIDE_STATE_DIR: join(here, "a") })).toMatchObject({ ok: false, code: "unsafe_directory" });
});

test("a runtime directory that makes a socket's path too long by one byte, refused with both numbers", () => {
  // What follows the base: a slash, 8 digits, a slash and the 17 bytes of `<12 characters>.sock`.
  const fits = `/${"d".repeat(107 - 27 - 1)}`;
  expect(resolvePaths({ HOME: here, BIDE_RUNTIME_DIR: fits }, "linux").ok).toBe(true);
  const refused = resolvePaths({ HOME: here, BIDE_RUNTIME_DIR: `${fits}d` }, "linux");
  expect(refused).toMatchObject({ ok: false, code: "socket_path_too_long" });
  expect(refused.ok ? "" : refused.message).toContain("108 bytes long, and a socket's path may have 107");
  expect(resolvePaths({ HOME: here, BIDE_RUNTIME_DIR: fits }, "darwin").ok).toBe(false);
  expect(checkSocketPath("ü".repeat(54), "linux").ok).toBe(false);
});

test("the longest socket name of a session, as long as the check assumed", () => {
  const paths = unwrap(resolvePaths({ HOME: here }));
  const socket = sessionPaths(paths, newId()).socket;
  expect(socket.length - paths.runtimeDir.length - 1).toBe("0123456789ab.sock".length);
});

test("an id that would leave its directory, never a path", () => {
  const paths = unwrap(resolvePaths({ HOME: here }));
  for (const id of ["../x", "..", "", "a/b", `${newId()}/..`]) {
    expect(() => sessionPaths(paths, id)).toThrow(RangeError);
    expect(() => archivedPaths(paths, id)).toThrow(RangeError);
    expect(() => viewPaths(paths, id)).toThrow(RangeError);
  }
  expect(viewPaths(paths, "console-1").context).toBe(join(paths.views, "console-1/context.json"));
});
