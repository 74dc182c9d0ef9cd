// What npm gives to somebody who has Node, npm and nothing else: packed, installed offline, run with npx.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { platform } from "../../scripts/checkout.ts";

const ROOT = resolve(import.meta.dir, "../..");
const place = realpathSync(mkdtempSync(join(tmpdir(), "p-")));
const project = join(place, "project");
const executable = join(project, `node_modules/bide-${platform()}/bin/bide`);

// npm takes a minute for this on a busy machine.
const PACKING_MS = 180_000;

beforeAll(() => {
  mkdirSync(project);
  const out = join(place, "dist");
  const bun = (script: string, ...args: string[]) =>
    succeed([process.execPath, join(ROOT, "scripts", script), ...args]).trim();
  const [, built = ""] = bun("build.ts", "--out", out).split("\n");
  const packages = [
    bun("pack.ts", "--library", "--out", out),
    archive("platform", built, filesOfPackage(built)),
    archive("valibot", join(ROOT, "node_modules/valibot"), ["package.json", "dist"]),
  ];
  succeed(["npm", "install", "--offline", "--no-audit", "--no-fund", ...packages]);
  // Several hundred megabytes that nothing needs any more.
  rmSync(out, { recursive: true });
}, PACKING_MS);

/**
 * What `npm pack` would take of the platform's package, asked of a copy with another executable: to compress the real one
 * takes npm ten seconds (scripts/pack.ts does, in .ci/run).
 */
function filesOfPackage(built: string): string[] {
  const copy = join(place, "copy");
  cpSync(built, copy, { recursive: true, filter: (path) => path !== join(built, "bin/bide") });
  writeFileSync(join(copy, "bin/bide"), "");
  const [{ files }] = JSON.parse(succeed(["npm", "pack", "--json", "--dry-run", "--ignore-scripts", copy]));
  return files.map(({ path }: { path: string }) => path);
}

/** A package that npm installs as it does a packed one, not compressed. */
function archive(name: string, from: string, files: readonly string[]): string {
  const tarball = join(place, `${name}.tar`);
  mkdirSync(join(place, name));
  symlinkSync(from, join(place, name, "package"));
  succeed(["tar", "-cf", tarball, "-C", join(place, name), ...files.map((path) => `package/${path}`)]);
  return tarball;
}

afterAll(() => {
  if (existsSync(executable)) bide("shutdown", "--force");
  rmSync(place, { recursive: true, force: true });
});

test("the installed package, says the version of package.json", async () => {
  const { version } = await Bun.file(join(ROOT, "package.json")).json();
  expect(succeed(["npx", "--no-install", "bide", "--version"]).trim()).toBe(`bide ${version}`);
});

test("the installed package, has no source and runs the compiled executable of its platform", () => {
  expect(existsSync(join(project, "node_modules/bide/src"))).toBe(false);
  const { session } = JSON.parse(bide("start", "--name", "work", "--json", "--", "cat"));
  expect(succeed(["ps", "-o", "args=", "-p", String(session.worker_pid)])).toStartWith(executable);
  expect(bide("list", "--short").trim()).toBe("work");
  bide("stop", "work");
  expect(bide("list", "--short").trim()).toBe("");
});

test("a program in a session of the installed package, finds a BIDE_BIN that runs", () => {
  const session = ["start", "--name", "inner", "--json", "--", "sh", "-c", '"$BIDE_BIN" --version'];
  bide(...session);
  expect(bide("logs", "inner", "--follow")).toStartWith("bide ");
});

function bide(...args: string[]): string {
  // npx itself takes half a second.
  return succeed([join(project, "node_modules/.bin/bide"), ...args]);
}

function succeed(command: string[]): string {
  const env = { ...process.env, BIDE_STATE_DIR: join(place, "state"), BIDE_RUNTIME_DIR: join(place, "run") };
  const { exitCode, stdout, stderr } = Bun.spawnSync(command, { cwd: project, env });
  if (exitCode !== 0) throw new Error(`${command.join(" ")} ended with ${exitCode}\n${stdout}${stderr}`);
  return stdout.toString();
}
