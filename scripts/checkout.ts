// What every script of this folder needs to know about the checkout it belongs to: where it is, what its
// package.json says, what its platform is called, and how a tool is run in it. Runs nothing when imported.

import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The root of the checkout. */
export const ROOT = resolve(import.meta.dir, "..");

export type Manifest = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
};

/** package.json of the checkout. */
export function manifest(): Manifest {
  return JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
}

/** `linux-x64`, `linux-aarch64-musl`, `darwin-aarch64`, ...: the one answer of find-bun.sh, which the launcher asks too. */
export function platform(): string {
  return textOf(["sh", "-c", `. "$1/scripts/find-bun.sh" && bun_platform`, "sh", ROOT]).trim();
}

export function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Runs a program in the checkout with all it says on standard error; ends this script with the program's code when it fails. */
export function run(command: readonly string[], cwd = ROOT): void {
  const { exitCode } = Bun.spawnSync([...command], { cwd, stdin: "ignore", stdout: 2, stderr: 2 });
  if (exitCode === 0) return;
  console.error(`${command.join(" ")}: ended with ${exitCode}`);
  process.exit(exitCode || 1);
}

/** What a program prints; throws when it fails. */
export function textOf(command: readonly string[], cwd = ROOT): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync([...command], { cwd, stdin: "ignore" });
  if (exitCode !== 0) throw new Error(`${command.join(" ")} ended with ${exitCode}: ${stderr.toString()}`);
  return stdout.toString();
}
