// Doctor on bide's own variables and on systems that end everything at logout (fault U3).

import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { shimDirectory, tmuxSocket } from "../../src/base/locations.ts";
import { checkLogout } from "../../src/host/doctor/logout.ts";
import { Place } from "./place.ts";

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.end());

test("BIDE_SESSION_ID of a session here, fine; of none, information", async () => {
  const session = await place.ended("done", "true");
  expect((await place.doctor({ env: { BIDE_SESSION_ID: session.session_id } })).all("unknown_session")).toEqual([]);
  for (const id of [crypto.randomUUID(), "../../etc", ""]) {
    const seen = await place.doctor({ env: { BIDE_SESSION_ID: id } });
    expect(seen.all("unknown_session")).toHaveLength(id === "" ? 0 : 1);
    expect(seen.status).toBe("ok");
  }
});

test("BIDE_BIN that cannot be run and a prefix that makes no names, told", async () => {
  const seen = await place.doctor({ env: { BIDE_BIN: "/nowhere/bide", BIDE_SESSION_PREFIX: "a/b" } });
  expect(seen.codes).toEqual(["bin_unusable", "prefix_unusable"]);
  const fine = await place.doctor({ env: { BIDE_BIN: process.execPath, BIDE_SESSION_PREFIX: "work-" } });
  expect(fine.codes).toEqual([]);
});

test("a shell that is not there, told; none set, fine", async () => {
  expect((await place.doctor({ env: { SHELL: "/nowhere/sh" } })).codes).toEqual(["shell_unusable"]);
  expect((await place.doctor({ env: { SHELL: "" } })).codes).toEqual([]);
});

test("the shim first on PATH, fine; not there, or behind another tmux, told", async () => {
  const shim = shimDirectory(place.paths.stateRoot);
  const other = join(place.directory, "other");
  for (const directory of [shim, other]) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(join(directory, "tmux"), "#!/bin/sh\n", { mode: 0o700 });
  }
  const codes = async (env: Record<string, string>) => (await place.doctor({ env })).codes;
  expect(await codes({ PATH: `${shim}:${other}` })).toEqual([]);
  expect(await codes({ PATH: `${other}:${shim}` })).toEqual(["shim_not_first"]);
  expect(await codes({ PATH: other })).toEqual([]);
  const TMUX = `${tmuxSocket(place.paths.runtimeDir)},1,0`;
  expect(await codes({ PATH: other, TMUX })).toEqual(["shim_not_first"]);
  expect(await codes({ PATH: other, TMUX: "/tmp/tmux-0/default,1,0" })).toEqual([]);
  rmSync(join(shim, "tmux"));
  expect(await codes({ PATH: shim })).toEqual(["shim_missing"]);
});

function system(files: Record<string, string>): string {
  const root = join(place.directory, crypto.randomUUID());
  for (const [name, text] of Object.entries({ "run/systemd/system/x": "", ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const YES = { "etc/systemd/logind.conf": "[Login]\n#KillUserProcesses=no\nKillUserProcesses = yes\n" };

test("KillUserProcesses=yes without lingering, a warning; with lingering or an exception, none", () => {
  const warned = (files: Record<string, string>) => checkLogout(system(files), "ada").map((check) => check.code);
  expect(warned(YES)).toEqual(["ended_at_logout"]);
  expect(warned({})).toEqual([]);
  expect(warned({ "etc/systemd/logind.conf": "#KillUserProcesses=yes\n" })).toEqual([]);
  expect(warned({ ...YES, "var/lib/systemd/linger/ada": "" })).toEqual([]);
  expect(warned({ ...YES, "etc/systemd/logind.conf.d/9.conf": "[Login]\nKillUserProcesses=no\n" })).toEqual([]);
  expect(warned({ ...YES, "usr/lib/systemd/logind.conf.d/9.conf": "KillExcludeUsers=root ada\n" })).toEqual([]);
  expect(warned({ ...YES, "run/systemd/logind.conf.d/9.conf": "KillOnlyUsers=bob\n" })).toEqual([]);
  expect(warned({ "usr/lib/systemd/logind.conf": "KillUserProcesses=true" })).toEqual(["ended_at_logout"]);
  expect(checkLogout(system(YES), "root")).toEqual([]);
});

test("a machine without systemd, no warning whatever its files say", async () => {
  const root = system(YES);
  expect(checkLogout(join(root, "etc"), "ada")).toEqual([]);
  expect((await place.doctor({ systemRoot: root })).all("ended_at_logout").length).toBeLessThanOrEqual(1);
});
