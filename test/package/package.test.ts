// What npm gives to somebody who has Node, npm and nothing else: packed, installed offline, run with npx.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
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
  const tarballs = succeed([process.execPath, join(ROOT, "scripts/pack.ts"), "--out", out])
    .trim()
    .split("\n");
  const [valibot] = JSON.parse(
    succeed([
      "npm",
      "pack",
      "--json",
      "--ignore-scripts",
      "--pack-destination",
      place,
      join(ROOT, "node_modules/valibot"),
    ]),
  );
  succeed(["npm", "install", "--offline", "--no-audit", "--no-fund", ...tarballs, join(place, valibot.filename)]);
  // Half a gigabyte that nothing needs any more.
  rmSync(out, { recursive: true });
}, PACKING_MS);

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

test("a build with another version, says that one", () => {
  const out = join(place, "other");
  const [built] = succeed([process.execPath, join(ROOT, "scripts/build.ts"), "--out", out, "--version", "9.8.7"]).split(
    "\n",
  );
  expect(succeed([built ?? "", "--version"]).trim()).toBe("bide 9.8.7");
  rmSync(out, { recursive: true });
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
