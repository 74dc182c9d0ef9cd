// What a new session inherits from the command that starts it: directory, environment, umask, terminal size
// and, inside a session, its parent. Rule: all of these are the caller's, never the host's.

import type { Environment } from "../base/locations.ts";
import { absolutePath } from "../base/plain-path.ts";
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

const DEFAULT_SIZE: Size = { cols: 120, rows: 40 };

/** The environment for a child: the caller's without bide's internals, then `more`. */
export function childEnvironment(env: Environment, more: Readonly<Record<string, string>>): Record<string, string> {
  const child: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !INTERNAL.has(name) && !name.startsWith("BIDE_TEST_")) child[name] = value;
  }
  return { ...child, ...more };
}

/** The session that the caller runs in, with the secret that proves it; null outside of one. */
export function callerSession(env: Environment): { session_id: string; token: string } | null {
  if (!env.BIDE_SESSION_ID) return null;
  return { session_id: env.BIDE_SESSION_ID, token: env.BIDE_SESSION_TOKEN ?? "" };
}

/** The size of the caller's terminal, clamped to what a session may have; 120x40 without one. */
export function callerSize(): Size {
  const size = terminalSize(1) ?? terminalSize(2) ?? terminalSize(0);
  // Some terminals report 0 x 0 until somebody sets a size.
  if (size === undefined || size.cols === 0 || size.rows === 0) return DEFAULT_SIZE;
  return { cols: Math.min(size.cols, MAX_CELLS), rows: Math.min(size.rows, MAX_CELLS) };
}

/** A path of the command line as an absolute one, links resolved when it exists, so that spellings compare. */
export function callerPath(path: string): string {
  const absolute = absolutePath(path);
  try {
    return quickRealPath(absolute) ?? nodeFs().realpathSync(absolute);
  } catch {
    return absolute;
  }
}
