// The host process: takes the lock of its state directory, answers on its socket, ends when it is told to.
// Started by a client that found no host (then it reports with one line on standard output), or by hand.

import { closeSync, openSync, writeSync } from "node:fs";
import { lookAt } from "../base/file-kind.ts";
import { HOST_MEMORY, WORKER_MEMORY } from "../base/memory-settings.ts";
import { checkPrivateDirectory } from "../base/private-directory.ts";
import { tooFewFiles } from "../base/process-limits.ts";
import { recordedLocations } from "../base/recorded-locations.ts";
import { type Failure, fail, ok, type Result } from "../base/result.ts";
import { toErrorPayload } from "../protocol/error-payload.ts";
import { identify, isAlive } from "../pty/identity.ts";
import { signalProcess } from "../pty/signals.ts";
import { acquireLock, type Lock, lockOwner } from "../store/lock.ts";
import { lockHolder } from "../store/lock-holder.ts";
import { type Paths, resolvePaths } from "../store/paths.ts";
import { prepareRuntime, prepareState } from "../store/prepare.ts";
import { ControlServer } from "./control-server.ts";
import { Host } from "./host.ts";
import { sweepEverything } from "./leftover-files.ts";
import { callMethod } from "./methods.ts";
import { QuietHost } from "./quiet-host.ts";
import { reconcile } from "./reconcile.ts";
import type { LoadService } from "./service.ts";
import { settledPaths } from "./settled-paths.ts";

export interface RunHostOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Program and arguments that run bide. */
  readonly command: readonly string[];
  readonly binary: string;
  /** The part that lives in the host's process: see service.ts. */
  readonly loadService?: LoadService;
  /** True when a client waits for our one line and nobody watches us. */
  readonly background: boolean;
  /** Called when the host answers. */
  readonly onReady?: (paths: Paths) => void;
}

/** Another host that is just starting gets this long to answer; then it is its client's turn to ask again. */
const OTHER_HOST_LOOKS = 400;
const OTHER_HOST_MS = 20;
/** A host that starts has its socket before that. */
const SUMMON_LOOKS = 10;

/** Resolves with a failure, or ok when the host has ended (or another one answers, in the background). */
export async function runHost(options: RunHostOptions): Promise<Result<undefined>> {
  const outcome = await serve(options);
  if (!outcome.ok && options.background) report(outcome);
  return outcome;
}

async function serve(options: RunHostOptions): Promise<Result<undefined>> {
  const few = tooFewFiles();
  if (few !== undefined) return few;
  const resolved = resolvePaths(options.env);
  if (!resolved.ok) return resolved;
  const own = resolved.value;
  const state = prepareState(own);
  if (!state.ok) return state;
  // Whoever misses the socket asks for it, perhaps before there is one for the first time.
  process.on("SIGUSR1", () => {});
  const lock = await lockOrWait(own, options.background);
  if (!lock.ok) return lock;
  if (lock.value === "other") {
    report("ready");
    return ok();
  }
  const paths = settledPaths(own);
  const runtime = prepareRuntime(paths);
  if (!runtime.ok) {
    lock.value.dispose();
    return runtime;
  }
  const host = new Host({
    paths,
    command: options.command,
    binary: options.binary,
    env: workerEnvironment(options.env, paths),
    // Tests with few sessions need not pay for workers that nobody will use.
    spares: Number(options.env.BIDE_TEST_SPARES ?? Number.POSITIVE_INFINITY),
    loadService: options.loadService,
  });
  await reconcile(host);
  const quiet = new QuietHost();
  const server = new ControlServer(paths.hostSocket, (method, params) => {
    quiet.asked();
    return callMethod(host, method, params);
  });
  const listening = server.listen();
  if (!listening.ok) return listening;
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => host.end());
  process.on("SIGHUP", () => {});
  if (options.background) {
    // A client that was killed while it waited for us wants nothing any more, so a host without work would be nobody's.
    if (!report("ready") && host.registry.live.length === 0) host.end();
    leaveClient();
  }
  options.onReady?.(paths);
  host.service.resume();
  host.launcher.prepareSpare(0);
  void sweepEverything(paths);
  await host.ended;
  server.dispose();
  quiet.dispose();
  host.dispose();
  lock.value.dispose();
  return ok();
}

/** The lock, or `other` once another host answers on the socket. */
async function lockOrWait(paths: Paths, wait: boolean): Promise<Result<Lock | "other">> {
  for (let look = 0; ; look += 1) {
    const lock = acquireLock(paths.hostLock);
    if (lock.ok || lock.code !== "busy") return lock;
    if ((await answers(paths.hostSocket)) || (await answers(recordedLocations(paths)?.hostSocket))) {
      return wait ? ok("other") : { ...lock, code: "host_running" };
    }
    // It cannot make its socket again where something else stands; the reason is better than the wait.
    for (const directory of wait ? [paths.runtimeBase, paths.runtimeDir] : []) {
      const checked = checkPrivateDirectory(directory);
      if (!checked.ok) return checked;
    }
    if (look % SUMMON_LOOKS === SUMMON_LOOKS - 1) summonHost(paths);
    const owner = lockOwner(paths.hostLock);
    const identity = owner === undefined ? null : identify(owner);
    const ownerLives = identity !== null && isAlive(identity);
    if (look >= OTHER_HOST_LOOKS && wait && ownerLives) return silentHost(owner, paths.hostSocket);
    if (look >= OTHER_HOST_LOOKS || (!wait && ownerLives && look > 50)) return lock;
    await new Promise((resolve) => setTimeout(resolve, OTHER_HOST_MS));
  }
}

function silentHost(pid: number | undefined, socket: string): Failure {
  const message = `the host (pid ${pid}) holds the lock of this state directory and does not answer at ${socket}`;
  return fail("host_unreachable", message);
}

/** A host that lives and whose socket was cleaned away (faults U2) makes it again when it gets SIGUSR1. */
function summonHost(paths: Paths): void {
  const found = lookAt(paths.hostSocket);
  const holder = found.ok && found.value === undefined ? lockHolder(paths.hostLock) : undefined;
  const identity = holder === undefined ? null : identify(holder);
  if (identity !== null) signalProcess(identity, "SIGUSR1");
}

async function answers(socket: string | undefined): Promise<boolean> {
  if (socket === undefined) return false;
  try {
    const connection = await Bun.connect({ unix: socket, socket: { data() {}, error() {} } });
    connection.end();
    return true;
  } catch {
    return false;
  }
}

/** Workers run in what the host runs in, but for its memory settings, and know which directories are theirs. */
function workerEnvironment(env: RunHostOptions["env"], paths: Paths): Record<string, string> {
  const kept = Object.entries(env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && !(pair[0] in HOST_MEMORY),
  );
  return {
    ...Object.fromEntries(kept),
    BIDE_STATE_DIR: paths.stateRoot,
    BIDE_RUNTIME_DIR: paths.runtimeBase,
    ...WORKER_MEMORY,
  };
}

/** False when the client did not wait for it. */
function report(outcome: "ready" | Failure): boolean {
  try {
    writeSync(1, `${outcome === "ready" ? outcome : JSON.stringify(toErrorPayload(outcome))}\n`);
    return true;
  } catch {
    return false;
  }
}

/** The client's pipe is closed: its end must not be ours. */
function leaveClient(): void {
  closeSync(1);
  openSync("/dev/null", "w");
}
