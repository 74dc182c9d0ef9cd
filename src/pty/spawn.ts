// Starts one program as the leader of a session of its own on a fresh PTY. Called by pty.ts only.
// The program gets the PTY as fd 0, 1, 2 and as controlling terminal, nothing else of ours: no other fd, no ignored
// or blocked signal, no umask and no environment but its own. A program that cannot be started is a Failure here
// and now, with nothing left behind.

import { constants } from "node:fs";
import { resolve } from "node:path";
import { type Failure, fail, ok, type Result } from "../base/result.ts";
import { withCloseOnExec } from "./close-on-exec.ts";
import { cString, cStrings, errnoName, libc } from "./libc.ts";
import { type IdleMode, type Master, openMaster } from "./master.ts";
import { PLATFORM } from "./platform.ts";
import { candidates, explainDirectory, explainProgram, programNotFound } from "./program-lookup.ts";
import type { WindowSize } from "./window-size.ts";

export interface SpawnSpec extends WindowSize {
  /** The program (looked up on the PATH of `env`; relative to `cwd` when it has a slash) and its arguments. */
  readonly argv: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** An absolute path. */
  readonly cwd: string;
  /** 0 to 0o777. */
  readonly umask: number;
  /** Only for tests: the other platform's way to wait (idle-wait.ts). */
  readonly idleMode?: IdleMode;
}

export interface Spawned {
  readonly pid: number;
  readonly master: Master;
}

/** Failures: program_not_found, program_not_executable, bad_cwd, bad_value (a NUL somewhere), spawn_failed. */
export function spawnOnPty(spec: SpawnSpec): Result<Spawned> {
  const invalid = check(spec);
  if (invalid !== null) return invalid;
  const program = spec.argv[0] ?? "";
  const paths = candidates(program, spec.env, spec.cwd);
  if (paths.length === 0) return explainDirectory(spec.cwd) ?? programNotFound(program, spec.env);
  const opened = openMaster(spec, spec.idleMode);
  if (!opened.ok) return opened;
  const master = opened.value;
  const pid = tryInTurn(paths, program, master.path, spec);
  if (pid.ok) return ok({ pid: pid.value, master });
  master.dispose();
  return pid;
}

/** As execvp: what may not be executed is passed over for a later find, and reported if there is none. */
function tryInTurn(paths: readonly string[], program: string, slavePath: string, spec: SpawnSpec): Result<number> {
  let denied: Failure | null = null;
  for (const path of paths) {
    const absolute = PLATFORM.spawnNeedsAbsolutePath ? resolve(spec.cwd, path) : path;
    const outcome = posixSpawn(absolute, slavePath, spec);
    if (typeof outcome === "number") return ok(outcome);
    const failure =
      explainDirectory(spec.cwd) ??
      explainProgram(outcome.errno, program, path, spec.env, spec.cwd) ??
      fail(
        "spawn_failed",
        `expected to start ${JSON.stringify(program)}, got ${outcome.errno}${reasonFor(outcome.errno)}`,
      );
    if (outcome.errno !== "EACCES" || failure.code === "bad_cwd") return failure;
    denied ??= failure;
  }
  return denied ?? programNotFound(program, spec.env);
}

/** The pid of the running program, or why there is none. */
function posixSpawn(path: string, slavePath: string, spec: SpawnSpec): number | { errno: string } {
  const c = libc();
  // The largest of these types has 336 bytes (glibc); on macOS both are one pointer.
  const attributes = Buffer.alloc(512);
  const actions = Buffer.alloc(512);
  // Not sigfillset: it leaves out 32 and 33, and glibc then gives the program these two ignored.
  const everySignal = Buffer.alloc(128).fill(0xff, 0, 8);
  const noSignal = Buffer.alloc(128);
  const pid = Buffer.alloc(4);
  const argv = cStrings(spec.argv);
  const envp = cStrings(Object.entries(spec.env).map(([name, value]) => `${name}=${value}`));
  const pathBytes = cString(path);
  const slaveBytes = cString(slavePath);
  const cwdBytes = cString(spec.cwd);
  c.posix_spawnattr_init(attributes);
  c.posix_spawnattr_setflags(attributes, PLATFORM.spawnFlags);
  c.posix_spawnattr_setsigdefault(attributes, everySignal);
  c.posix_spawnattr_setsigmask(attributes, noSignal);
  c.posix_spawn_file_actions_init(actions);
  // A session leader without a terminal gets the one that it opens as its controlling terminal.
  c.posix_spawn_file_actions_addopen(actions, 0, slaveBytes, constants.O_RDWR, 0);
  c.posix_spawn_file_actions_adddup2(actions, 0, 1);
  c.posix_spawn_file_actions_adddup2(actions, 0, 2);
  c.posix_spawn_file_actions_addchdir_np(actions, cwdBytes);
  c.closeFrom?.(actions, 3);
  const ourMask = process.umask(spec.umask);
  const spawn = () => c.posix_spawn(pid, pathBytes, actions, attributes, argv.array, envp.array);
  // macOS closes by flag, glibc by action; elsewhere every fd of ours is marked first.
  const errno = c.closeFrom === null && process.platform !== "darwin" ? withCloseOnExec(spawn) : spawn();
  process.umask(ourMask);
  c.posix_spawn_file_actions_destroy(actions);
  c.posix_spawnattr_destroy(attributes);
  // Referenced until here: the arrays hold addresses of these.
  const referenced = argv.strings.length + envp.strings.length;
  return errno === 0 && referenced > 0 ? pid.readInt32LE(0) : { errno: errnoName(errno) };
}

function check(spec: SpawnSpec): Failure | null {
  if (spec.argv.length === 0) return fail("bad_value", "expected a program, got an empty command");
  const words = [...spec.argv, spec.cwd, ...Object.keys(spec.env), ...Object.values(spec.env)];
  const bad = words.find((word) => word.includes("\0"));
  if (bad !== undefined) return fail("bad_value", `expected text without a NUL character, got ${JSON.stringify(bad)}`);
  const name = Object.keys(spec.env).find((key) => key === "" || key.includes("="));
  if (name !== undefined) return fail("bad_value", `expected the name of a variable, got ${JSON.stringify(name)}`);
  return null;
}

function reasonFor(errno: string): string {
  switch (errno) {
    case "EAGAIN":
      return " (the limit of processes, `ulimit -u`, is reached)";
    case "E2BIG":
      return " (arguments and environment together are too long)";
    case "ENOMEM":
      return " (out of memory)";
    case "EMFILE":
    case "ENFILE":
      return " (too many open files, `ulimit -n`)";
    default:
      return "";
  }
}
