// Faults S2 and S5: what is opened is ours, regular and 0600; sockets are removed only when they are ours.

import { afterAll, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unwrap } from "../base/errors.ts";
import { isCausedBy } from "../base/file-failure.ts";
import { withUmask } from "../base/private-umask.ts";
import { checkSocketFile } from "../base/socket-file.ts";
import { openPrivateFile } from "./private-file.ts";
import { removeSocketFile } from "./socket-file.ts";

const here = mkdtempSync(join(tmpdir(), "bide-file-"));
afterAll(() => rmSync(here, { recursive: true, force: true }));
const isRoot = process.geteuid?.() === 0;
/** Changing an owner is root's to do. */
const asRoot = (isRoot ? test : () => {}) as typeof test;

/** One of everything that is not a regular file of ours; the foreign one only when we may make it. */
function strangers(): Array<[path: string, kind: string]> {
  const at = (name: string) => join(here, name);
  writeFileSync(at("plain"), "precious");
  symlinkSync("plain", at("link"));
  symlinkSync("nowhere", at("dangling"));
  mkdirSync(at("directory"));
  spawnSync("mkfifo", [at("fifo")]);
  return [
    [at("link"), "a symbolic link"],
    [at("dangling"), "a symbolic link"],
    [at("directory"), "a directory"],
    [at("fifo"), "a fifo"],
  ];
}
const strange = strangers();

/** A socket file whose listener is gone without having removed it, as after a kill -9. */
async function deadSocket(path: string): Promise<void> {
  const code = `Bun.listen({unix:${JSON.stringify(path)},socket:{data(){}}});console.log("up");setInterval(()=>{},1e6)`;
  const child = Bun.spawn([process.execPath, "-e", code], { stdout: "pipe", stderr: "ignore" });
  const reader = child.stdout.getReader();
  await reader.read();
  child.kill("SIGKILL");
  await child.exited;
  await reader.cancel();
}

test.each([0o000, 0o077, 0o777])("umask %o, a created file is 0600 and can be opened again", (mask) => {
  const path = join(here, `new-${mask}`);
  closeSync(unwrap(withUmask(mask, () => openPrivateFile(path, "write"))));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(openPrivateFile(path, "new").ok).toBe(false);
  closeSync(unwrap(openPrivateFile(path, "read")));
});

test("a file of ours that is open to others, closed to them when it is written to", () => {
  const path = join(here, "wide");
  writeFileSync(path, "");
  chmodSync(path, 0o666);
  closeSync(unwrap(openPrivateFile(path, "update")));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test.each(strange)("%s is %s, refused for reading and writing without waiting", (path, kind) => {
  for (const openFor of ["read", "write", "new", "update"] as const) {
    const refused = openPrivateFile(path, openFor);
    expect(refused).toMatchObject({ ok: false, code: "unsafe_file" });
    expect(refused.ok ? "" : refused.message).toContain(`got ${kind}`);
  }
});

asRoot("another user's file, refused", () => {
  const path = join(here, "foreign");
  writeFileSync(path, "");
  chownSync(path, 12_345, 12_345);
  const refused = openPrivateFile(path, "write");
  expect(refused.ok ? "" : refused.message).toContain("one of uid 12345");
});

test("no file there, a failure that says ENOENT", () => {
  const missing = openPrivateFile(join(here, "missing"), "read");
  expect(!missing.ok && isCausedBy(missing, "ENOENT")).toBe(true);
});

test("no descriptor of ours in a child", () => {
  const fd = unwrap(openPrivateFile(join(here, "secret"), "write"));
  const listed = spawnSync("ls", ["-l", "/proc/self/fd"]).stdout.toString();
  closeSync(fd);
  expect(listed).not.toContain(here);
});

test("a dead socket of ours, removed; nothing there, said so", async () => {
  const path = join(here, "dead.sock");
  await deadSocket(path);
  expect(checkSocketFile(path)).toEqual({ ok: true, value: "socket" });
  expect(removeSocketFile(path)).toEqual({ ok: true, value: true });
  expect(existsSync(path)).toBe(false);
  expect(removeSocketFile(path)).toEqual({ ok: true, value: false });
  expect(removeSocketFile(join(here, "plain/x.sock"))).toEqual({ ok: true, value: false });
});

test.each([...strange, [join(here, "plain"), "a regular file"]])(
  "%s is %s, never removed as a socket",
  (path, kind) => {
    const refused = removeSocketFile(path);
    expect(refused.ok ? "" : refused.message).toContain(`expected a socket of ours, got ${kind}`);
    expect(spawnSync("test", ["-L", path, "-o", "-e", path]).status).toBe(0);
  },
);

asRoot("another user's socket, never removed", async () => {
  const path = join(here, "foreign.sock");
  await deadSocket(path);
  chownSync(path, 12_345, 12_345);
  const refused = removeSocketFile(path);
  expect(refused.ok ? "" : refused.message).toContain("one of uid 12345");
  expect(existsSync(path)).toBe(true);
});
