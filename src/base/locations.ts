// Where a state directory and its sockets are. Shared by the client (which must find the host without reading
// any file of a session), the host and the worker. The rules are in the architecture's section "Files": BIDE_*
// beats XDG_* beats the default; a relative XDG value is ignored (XDG base directory specification), a relative
// BIDE value counts from the working directory. Creates nothing.

import { createRequire } from "node:module";
import { messageOf } from "./errors.ts";
import { shortId } from "./ids.ts";
import { absolutePath, isAbsolutePath, nodePath, pathIn } from "./plain-path.ts";
import { realPathOf } from "./real-path.ts";
import { fail, ok, type Result } from "./result.ts";
import { checkSocketPath } from "./socket-path.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Locations {
  /** Directory of records, logs and the registry, links resolved as far as it exists. */
  readonly stateRoot: string;
  /** What the user named, or the default; shared by all state roots of the user. */
  readonly runtimeBase: string;
  /** The part of the runtime directory that belongs to this state root: holds the sockets. */
  readonly runtimeDir: string;
  readonly hostSocket: string;
}

/** Fails with bad_config, unsafe_directory (links in a circle) or socket_path_too_long (with the numbers). */
export function locate(env: Environment, platform: string = process.platform): Result<Locations> {
  const wanted = stateRootOf(env, platform);
  if (!wanted.ok) return wanted;
  const real = realPathOf(wanted.value);
  if (!real.ok) return real;
  const base = runtimeBaseOf(env);
  if (!base.ok) return base;
  return locationsIn(real.value, base.value, platform);
}

/** The places of a state root below a runtime base. Fails with socket_path_too_long. */
export function locationsIn(
  stateRoot: string,
  runtimeBase: string,
  platform: string = process.platform,
): Result<Locations> {
  const runtimeDir = pathIn(runtimeBase, shortHash(stateRoot));
  const longest = checkSocketPath(workerSocket(runtimeDir, "00000000-0000"), platform);
  if (!longest.ok) return longest;
  return ok({ stateRoot, runtimeBase, runtimeDir, hostSocket: pathIn(runtimeDir, "host.sock") });
}

export function workerSocket(runtimeDir: string, sessionId: string): string {
  return pathIn(runtimeDir, `${shortId(sessionId)}.sock`);
}

/** Directory of the shim: it holds a program called tmux that runs bide's. */
export function shimDirectory(stateRoot: string): string {
  return pathIn(stateRoot, "shim");
}

/** What shells read in sessions with the shim, after their own files: interactive ones of POSIX, and bash for a script. */
export function shimStartupFiles(stateRoot: string): { readonly ENV: string; readonly BASH_ENV: string } {
  const directory = shimDirectory(stateRoot);
  return { ENV: pathIn(directory, "env.sh"), BASH_ENV: pathIn(directory, "bash-env.sh") };
}

/** Socket of a tmux server of ours, by the name that `tmux -L` gives it; the first field of $TMUX. */
export function tmuxSocket(runtimeDir: string, name = "default"): string {
  return nodePath().join(runtimeDir, "tmux", name);
}

/**
 * 8 hex digits that tell a user's state roots apart: FNV-1a, 32 bits, of the UTF-8 bytes. Not a secret, so
 * nothing stronger is loaded: importing node:crypto alone took 5.6 ms of a 10 ms command.
 */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

function stateRootOf(env: Environment, platform: string): Result<string> {
  if (env.BIDE_STATE_DIR) return fromHere("BIDE_STATE_DIR", env.BIDE_STATE_DIR);
  const xdg = absolute(env.XDG_STATE_HOME);
  if (xdg !== undefined) return ok(pathIn(xdg, "bide"));
  const home = homeOf(env);
  if (!home.ok) return home;
  const inHome = platform === "darwin" ? "Library/Application Support/bide" : ".local/state/bide";
  return ok(pathIn(home.value, inHome));
}

function runtimeBaseOf(env: Environment): Result<string> {
  if (env.BIDE_RUNTIME_DIR) return fromHere("BIDE_RUNTIME_DIR", env.BIDE_RUNTIME_DIR);
  const xdg = absolute(env.XDG_RUNTIME_DIR);
  if (xdg !== undefined) return ok(pathIn(xdg, "bide"));
  const temporary = absolute(env.TMPDIR) ?? absolute(process.env.TMPDIR) ?? "/tmp";
  return ok(pathIn(temporary, `bide-${process.geteuid?.() ?? 0}`));
}

function absolute(value: string | undefined): string | undefined {
  return value && isAbsolutePath(value) ? absolutePath(value) : undefined;
}

function fromHere(name: string, value: string): Result<string> {
  try {
    return ok(absolutePath(value));
  } catch (error) {
    // The working directory was removed, and a relative path has no meaning any more.
    return fail("bad_config", `cannot resolve ${name}=${value}: ${messageOf(error)}`, {
      hint: `make ${name} an absolute path`,
      cause: error,
    });
  }
}

/** $HOME, else what the user database has. */
export function homeOf(env: Environment): Result<string> {
  const home = absolute(env.HOME);
  if (home !== undefined) return ok(home);
  try {
    // Loaded only where it is needed: 0.4 ms of a command that takes 5 to start.
    const { userInfo } = createRequire(import.meta.url)("node:os") as typeof import("node:os");
    const recorded = absolute(userInfo().homedir);
    if (recorded !== undefined) return ok(recorded);
  } catch {
    // A uid without an entry in the user database: the same answer as an empty entry.
  }
  return fail("bad_config", "cannot find your home directory: HOME is not set, and the user database has none", {
    hint: "set HOME or BIDE_STATE_DIR",
  });
}
