// Faults S1 and S5: directories that must not be trusted, and what is created under unusual umasks.

import { afterAll, expect, test } from "bun:test";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unwrap } from "../base/errors.ts";
import { checkPrivateDirectory, ensurePrivateDirectory } from "../base/private-directory.ts";
import { withUmask } from "../base/private-umask.ts";
import { resolvePaths } from "./paths.ts";
import { prepareRuntime, prepareState } from "./prepare.ts";

const here = mkdtempSync(join(tmpdir(), "bide-directory-"));
afterAll(() => rmSync(here, { recursive: true, force: true }));
const isRoot = process.geteuid?.() === 0;
/** Changing an owner is root's to do. */
const asRoot = (isRoot ? test : () => {}) as typeof test;
const modeOf = (path: string) => statSync(path).mode & 0o777;

test.each([0o000, 0o022, 0o077, 0o777])("umask %o, the directory and its new parents are 0700", (mask) => {
  const parent = join(here, `under-${mask}`);
  const made = withUmask(mask, () => ensurePrivateDirectory(join(parent, "deep/er")));
  expect(made).toEqual({ ok: true, value: undefined });
  for (const path of [parent, join(parent, "deep"), join(parent, "deep/er")]) expect(modeOf(path)).toBe(0o700);
});

test("a directory made before, accepted and unchanged", () => {
  const path = join(here, "twice");
  unwrap(ensurePrivateDirectory(path));
  expect(ensurePrivateDirectory(path).ok).toBe(true);
  expect(checkPrivateDirectory(path)).toEqual({ ok: true, value: "private" });
  expect(checkPrivateDirectory(join(here, "nothing"))).toEqual({ ok: true, value: "absent" });
});

test("a link to a private directory, refused with the reason, also with a slash behind it", () => {
  unwrap(ensurePrivateDirectory(join(here, "target")));
  symlinkSync("target", join(here, "link"));
  for (const path of [join(here, "link"), `${join(here, "link")}/`]) {
    const refused = ensurePrivateDirectory(path);
    expect(refused).toMatchObject({ ok: false, code: "unsafe_directory" });
    expect(refused.ok ? "" : refused.message).toContain("got a symbolic link");
  }
});

test.each([0o777, 0o1777, 0o750, 0o701])("mode %o, refused with the mode and not chmodded", (mode) => {
  const path = join(here, `open-${mode}`);
  mkdirSync(path);
  chmodSync(path, mode);
  const refused = ensurePrivateDirectory(path);
  expect(refused).toMatchObject({ ok: false, code: "unsafe_directory" });
  expect(refused.ok ? "" : refused.message).toContain(`mode ${mode.toString(8).padStart(4, "0")}, open to others`);
  expect(statSync(path).mode & 0o7777).toBe(mode);
});

asRoot("another user's directory, refused with both uids", () => {
  const path = join(here, "foreign");
  mkdirSync(path, { mode: 0o700 });
  chownSync(path, 12_345, 12_345);
  const refused = ensurePrivateDirectory(path);
  expect(refused.ok ? "" : refused.message).toContain("one of uid 12345 (we are uid 0)");
});

test("a file in the place of the directory or of its parent, refused and no exception", () => {
  writeFileSync(join(here, "file"), "");
  const refused = ensurePrivateDirectory(join(here, "file"));
  expect(refused.ok ? "" : refused.message).toContain("got a regular file");
  expect(ensurePrivateDirectory(join(here, "file/below")).ok).toBe(false);
});

test("a state root through a link, accepted; a runtime directory that is a link, refused", () => {
  unwrap(ensurePrivateDirectory(join(here, "real-state")));
  symlinkSync("real-state", join(here, "state"));
  unwrap(ensurePrivateDirectory(join(here, "real-run")));
  symlinkSync("real-run", join(here, "run"));
  const env = { BIDE_STATE_DIR: join(here, "state"), BIDE_RUNTIME_DIR: join(here, "run") };
  const paths = unwrap(resolvePaths(env));
  expect(prepareState(paths).ok).toBe(true);
  expect(modeOf(join(here, "real-state/sessions"))).toBe(0o700);
  expect(prepareRuntime(paths)).toMatchObject({ ok: false, code: "unsafe_directory" });
});

test("the runtime directory removed by a cleaner, made again", () => {
  const paths = unwrap(resolvePaths({ HOME: here, BIDE_RUNTIME_DIR: join(here, "cleaned") }));
  unwrap(prepareRuntime(paths));
  rmSync(paths.runtimeBase, { recursive: true });
  expect(prepareRuntime(paths).ok).toBe(true);
  expect(modeOf(paths.runtimeDir)).toBe(0o700);
});
