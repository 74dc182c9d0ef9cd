// What a new session inherits from the command that starts it: directory, environment, umask, terminal size
// and, inside a session, its parent. Rule: all of these are the caller's, never the host's.

import { BideError } from "../base/errors.ts";
import type { Environment } from "../base/locations.ts";
import { absolutePath, isAbsolutePath, nodePath } from "../base/plain-path.ts";
import { nodeFs, quickRealPath } from "../base/quick-calls.ts";
import { MAX_CELLS } from "../protocol/limits.ts";
import { terminalSize } from "./caller-terminal.ts";
import type { Size } from "./size.ts";

/** Ours to set for each session anew; the caller's own must not reach its child. */
const INTERNAL = new Set([
  "BIDE_SESSION",
  "BIDE_SESSION_ID",
  "BIDE_SESSION_TOKEN",
  "BIDE_PANE",
  "BIDE_STATE_DIR",
  "BIDE_DEBUG",
  "BIDE_UNDER_TEST",
]);

/** The size of the caller's terminal, where it is exported: programs believe it more than their own terminal. */
const CALLERS_SIZE = new Set(["COLUMNS", "LINES"]);

interface Pixels {
  readonly xpixel?: number;
  readonly ypixel?: number;
}

const DEFAULT_SIZE: Size = { cols: 120, rows: 40 };

/** The environment for a child: the caller's without bide's internals and the size of its terminal, then `more`. */
export function childEnvironment(env: Environment, more: Readonly<Record<string, string>>): Record<string, string> {
  const child: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || INTERNAL.has(name) || CALLERS_SIZE.has(name) || name.startsWith("BIDE_TEST_")) continue;
    child[name] = value;
  }
  return { ...child, ...more };
}

/** The session that the caller runs in, with the secret that proves it; null outside of one. */
export function callerSession(env: Environment): { session_id: string; token: string } | null {
  if (!env.BIDE_SESSION_ID) return null;
  return { session_id: env.BIDE_SESSION_ID, token: env.BIDE_SESSION_TOKEN ?? "" };
}

/**
 * The size of the caller's terminal, clamped to what a session may have; 120x40 without one. With its pixels, so that
 * attaching this terminal changes nothing: a program that has just started would redraw for it.
 */
export function callerSize(): Size & Pixels {
  const size = terminalSize(1) ?? terminalSize(2) ?? terminalSize(0);
  // Some terminals report 0 x 0 until somebody sets a size.
  if (size === undefined || size.cols === 0 || size.rows === 0) return DEFAULT_SIZE;
  const { xpixel, ypixel } = size;
  return { cols: Math.min(size.cols, MAX_CELLS), rows: Math.min(size.rows, MAX_CELLS), xpixel, ypixel };
}

/** The directory that the command is run in; undefined when somebody has removed it. */
export function callerDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** The directory for a program: the one given, else the caller's. @throws BideError `bad_cwd` when that is gone. */
export function workingDirectory(given: string | undefined): string {
  if (given !== undefined && isAbsolutePath(given)) return absolutePath(given);
  const here = callerDirectory();
  if (here === undefined) {
    throw new BideError("bad_cwd", "the directory that you are in was removed", {
      hint: "change to another one, or give an absolute path with --cwd",
    });
  }
  if (here.includes("\ufffd") && !nodeFs().existsSync(here)) {
    throw new BideError("bad_cwd", `the name of the directory that you are in is no UTF-8: ${JSON.stringify(here)}`, {
      hint: "change to another one, or give an absolute path with --cwd",
    });
  }
  return given === undefined ? absolutePath(here) : nodePath().resolve(here, given);
}

/**
 * A path of the command line as an absolute one, links resolved when it exists, so that spellings compare.
 *
 * @throws BideError `bad_config` for one that counts from a directory that is gone.
 */
export function callerPath(path: string): string {
  if (!isAbsolutePath(path) && callerDirectory() === undefined) {
    throw new BideError(
      "bad_config",
      `cannot resolve ${JSON.stringify(path)}: the directory that you are in was removed`,
      {
        hint: "change to another one, or give an absolute path",
      },
    );
  }
  const absolute = absolutePath(path);
  try {
    return quickRealPath(absolute) ?? nodeFs().realpathSync(absolute);
  } catch {
    return absolute;
  }
}
