// Finds the host of a state directory, starting one if need be: the way into the client library. A host that dies at
// this moment is asked again, so whoever gets a Bide from here has been answered.

import { BideError, messageOf, unwrap } from "../base/errors.ts";
import { type Environment, type Locations, locate } from "../base/locations.ts";
import { isUnheard } from "../base/unheard.ts";
import type { HostMethod, HostParams, HostResult } from "../protocol/host-messages.ts";
import { Bide } from "./bide.ts";
import { HostGone, type Question } from "./host-connection.ts";

/** A host that was killed a moment ago accepts connections until its last thread is gone, and closes them unanswered. */
const DYING_HOST_ATTEMPTS = 8;
const DYING_HOST_MS = 25;

export interface ConnectOptions {
  /** Where state and sockets are found (BIDE_STATE_DIR, XDG_*, HOME, ...); default: `process.env`. */
  readonly env?: Environment;
  /** Start a host when none answers; default true. */
  readonly startHost?: boolean;
  /** For how long a host that stands still is waited for, in milliseconds; default 20,000, and 3,000 at least. */
  readonly timeoutMs?: number | undefined;
  /** Program and arguments that run bide, put before the role; default: BIDE_BIN or the package's own launcher. */
  readonly command?: readonly string[];
}

/**
 * Connects to the host of a state directory, starting one if need be.
 *
 * @throws BideError `unsafe_directory` or `socket_path_too_long` before anything is connected,
 *   `host_unreachable` when no host answers (exit code 69), `launch_failed` when none can be started.
 */
export async function connect(options: ConnectOptions = {}): Promise<Bide> {
  return (await connectWith(options, undefined)).bide;
}

/**
 * The same with a first question, which travels in one write with the hello: one waiting less. Only for methods that
 * change nothing, because a host that dies without an answer is replaced and its successor asked again.
 *
 * @throws BideError as `connect`; `result` rejects as `Bide.request` does.
 */
export async function connectAsking<M extends HostMethod>(
  options: ConnectOptions,
  method: M,
  params: HostParams<M>,
): Promise<{ bide: Bide; result: Promise<HostResult<M>> }> {
  const { bide, result } = await connectWith(options, { method, params });
  return { bide, result: result as Promise<HostResult<M>> };
}

interface Connected {
  readonly bide: Bide;
  /** Of the first question. */
  readonly result: Promise<unknown> | undefined;
}

async function connectWith(options: ConnectOptions, question: Question | undefined): Promise<Connected> {
  const env = options.env ?? process.env;
  const locations = unwrap(locate(env));
  for (let attempt = 1; ; attempt += 1) {
    let connected = await reach(locations, options, question);
    if (connected === undefined && options.startHost !== false) {
      const { launchHost } = await import("./host-launcher.ts");
      await launchHost(locations, env, options.command);
      connected = await reach(locations, options, question);
    }
    if (connected !== undefined) return connected;
    if (options.startHost === false || attempt === DYING_HOST_ATTEMPTS) {
      throw new BideError("host_unreachable", `no host answers at ${locations.hostSocket}`);
    }
    await new Promise((resolve) => setTimeout(resolve, DYING_HOST_MS));
  }
}

/** Where the environment says, or else where the host wrote down that it is. */
async function reach(
  locations: Locations,
  options: ConnectOptions,
  question: Question | undefined,
): Promise<Connected | undefined> {
  const connected = await tryConnect(locations, options, question);
  if (connected !== undefined) return connected;
  const { recordedLocations } = await import("../base/recorded-locations.ts");
  const recorded = recordedLocations(locations);
  return recorded && tryConnect(recorded, options, question);
}

/** Undefined when nobody listens, or nobody any more; anything else that is wrong is thrown. */
async function tryConnect(
  locations: Locations,
  options: ConnectOptions,
  question: Question | undefined,
): Promise<Connected | undefined> {
  const bide = new Bide(locations, () => connect(options), options.timeoutMs);
  try {
    const { result } = await bide.open(question);
    return { bide, result };
  } catch (error) {
    if (isUnheard(error) || error instanceof HostGone) return undefined;
    if (error instanceof BideError) throw error;
    throw new BideError("host_unreachable", `cannot connect to ${locations.hostSocket}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
