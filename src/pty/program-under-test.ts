// Starts a fixture program on a PTY and lets a test wait for what it prints. Used by the tests of this folder only.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Disposable } from "../base/disposable.ts";
import { unwrap } from "../base/errors.ts";
import { type PtyProcess, spawnPty } from "./pty.ts";
import type { ExitStatus } from "./reaper.ts";
import type { SpawnSpec } from "./spawn.ts";

const PROGRAMS = resolve(import.meta.dir, "../../test/programs");

/** The path of a program in test/programs. */
export function fixture(name: string): string {
  return join(PROGRAMS, name);
}

/** What tests do not care about. */
export const ORDINARY = {
  env: { PATH: process.env.PATH ?? "/bin:/usr/bin", TERM: "xterm-256color" },
  cwd: "/",
  rows: 24,
  cols: 80,
  umask: 0o22,
} as const;

export interface ProgramUnderTest extends Disposable {
  readonly pty: PtyProcess;
  /** Everything printed so far. */
  readonly output: () => string;
  /** The output once it holds `text`. */
  readonly printed: (text: string) => Promise<string>;
  readonly exited: Promise<ExitStatus>;
  readonly closed: Promise<void>;
}

/** Throws where the program cannot be started. */
export function startProgram(argv: readonly string[], more: Partial<SpawnSpec> = {}): ProgramUnderTest {
  const chunks: Buffer[] = [];
  const exited = Promise.withResolvers<ExitStatus>();
  const closed = Promise.withResolvers<void>();
  let waiting: { text: string; resolve: (output: string) => void }[] = [];
  const output = () => Buffer.concat(chunks).toString();
  const look = () => {
    if (waiting.length === 0) return;
    const text = output();
    for (const one of waiting) if (text.includes(one.text)) one.resolve(text);
    waiting = waiting.filter((one) => !text.includes(one.text));
  };
  const handlers = {
    data: (bytes: Uint8Array) => {
      chunks.push(Buffer.from(bytes));
      look();
    },
    exited: exited.resolve,
    closed: closed.resolve,
  };
  const pty = unwrap(spawnPty({ ...ORDINARY, ...more, argv }, handlers));
  const printed = (text: string) =>
    new Promise<string>((resolve) => {
      waiting.push({ text, resolve });
      look();
    });
  return { pty, output, printed, exited: exited.promise, closed: closed.promise, dispose: () => pty.close() };
}

/** Hangs up on the program and waits until it is reaped. */
export async function end(program: ProgramUnderTest): Promise<ExitStatus> {
  program.dispose();
  return program.exited;
}

/** A fresh directory, and the function that removes it. */
export function temporaryDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "bide-pty-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
