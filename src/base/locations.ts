// Where a state directory and its sockets are. Shared by the client (which must find the host without
// reading any file of a session), the host and the worker. Rule: the architecture page, "Files".

import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { shortId } from "./ids.ts";
import { fail, ok, type Result } from "./result.ts";

export type Environment = Record<string, string | undefined>;

export interface Locations {
  /** Directory of records, logs and the registry, links resolved as far as it exists. */
  readonly stateRoot: string;
  /** Directory that the user chose or that belongs to the user by default; holds one directory per state root. */
  readonly runtimeBase: string;
  /** Directory of the sockets of this state root. */
  readonly runtimeDir: string;
  readonly hostSocket: string;
}

/** sun_path minus its NUL: 108 on Linux, 104 on macOS. Longer paths are cut silently by some runtimes. */
const MAX_SOCKET_PATH = process.platform === "darwin" ? 103 : 107;

/** Everything from the environment of one caller; relative BIDE_* paths are resolved against its directory. */
export function locate(env: Environment, cwd: string = process.cwd()): Result<Locations> {
  const stateRoot = realpathOfExisting(chooseStateRoot(env, cwd));
  const runtimeBase = chooseRuntimeBase(env, cwd);
  const hash = createHash("sha256").update(stateRoot).digest("hex").slice(0, 8);
  const runtimeDir = join(runtimeBase, hash);
  const longest = workerSocket(runtimeDir, "000000000000");
  const length = Buffer.byteLength(longest);
  if (length > MAX_SOCKET_PATH) {
    return fail(
      "socket_path_too_long",
      `sockets in ${runtimeBase} would have paths of ${length} bytes, at most ${MAX_SOCKET_PATH}`,
    );
  }
  return ok({ stateRoot, runtimeBase, runtimeDir, hostSocket: join(runtimeDir, "host.sock") });
}

export function workerSocket(runtimeDir: string, sessionId: string): string {
  return join(runtimeDir, `${shortId(sessionId)}.sock`);
}

function chooseStateRoot(env: Environment, cwd: string): string {
  if (env.BIDE_STATE_DIR) return resolve(cwd, env.BIDE_STATE_DIR);
  if (env.XDG_STATE_HOME && isAbsolute(env.XDG_STATE_HOME)) return join(env.XDG_STATE_HOME, "bide");
  const home = homeOf(env);
  if (process.platform === "darwin") return join(home, "Library", "Application Support", "bide");
  return join(home, ".local", "state", "bide");
}

function chooseRuntimeBase(env: Environment, cwd: string): string {
  if (env.BIDE_RUNTIME_DIR) return resolve(cwd, env.BIDE_RUNTIME_DIR);
  // The XDG specification says that relative paths are to be ignored.
  if (env.XDG_RUNTIME_DIR && isAbsolute(env.XDG_RUNTIME_DIR)) return join(env.XDG_RUNTIME_DIR, "bide");
  const tmp = env.TMPDIR && isAbsolute(env.TMPDIR) ? env.TMPDIR : tmpdir();
  return join(tmp, `bide-${process.getuid?.() ?? userInfo().uid}`);
}

function homeOf(env: Environment): string {
  return env.HOME && isAbsolute(env.HOME) ? env.HOME : homedir();
}

/** Links resolved in the part that exists, so that the name is the same before and after mkdir. */
function realpathOfExisting(path: string): string {
  const rest: string[] = [];
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) {
    rest.unshift(at.slice(dirname(at).length).replace(/^\//, ""));
    at = dirname(at);
  }
  return join(realpathSync(at), ...rest);
}
