// The connection to the host: requests by name, and the way to a session's worker. Every command and every
// program that uses the library goes through this class. `connect` makes one.

import { timeout } from "../base/disposable.ts";
import { BideError, errnoOf, messageOf, unwrap } from "../base/errors.ts";
import { type Environment, type Locations, locate } from "../base/locations.ts";
import { PendingReplies } from "../base/pending-replies.ts";
import { checkPrivateDirectory } from "../base/private-directory.ts";
import { VERSION } from "../base/version.ts";
import { fromErrorPayload } from "../protocol/error-payload.ts";
import { parseJson } from "../protocol/frames.ts";
import {
  HOST_METHODS,
  type HostMethod,
  type HostParams,
  type HostResult,
  RpcResponseSchema,
  type Selector,
} from "../protocol/host-messages.ts";
import { PROTOCOL_VERSION } from "../protocol/limits.ts";
import { encodeLine, LineDecoder } from "../protocol/lines.ts";
import { validate } from "../protocol/validate.ts";
import type { HostSource } from "./recorded-session.ts";
import { SessionConnection } from "./session-connection.ts";
import { connectSocket, type Transport } from "./transport.ts";
import type { WaitCondition, WaitOptions, WaitOutcome } from "./wait/condition.ts";

/** A host that reads many records at its start answers within this time even on a machine that swaps. */
const HELLO_MS = 20_000;

/** A host that was killed a moment ago accepts connections until its last thread is gone, and closes them unanswered. */
const DYING_HOST_ATTEMPTS = 8;
const DYING_HOST_MS = 25;

export interface ConnectOptions {
  /** Where state and sockets are found (BIDE_STATE_DIR, XDG_*, HOME, ...); default: `process.env`. */
  readonly env?: Environment;
  /** Start a host when none answers; default true. */
  readonly startHost?: boolean;
  /** Program and arguments that run bide, put before the role; default: BIDE_BIN or the package's own launcher. */
  readonly command?: readonly string[];
}

/** Both ends' versions, as the host said them in its hello. */
export type HostHello = HostResult<"system.hello">;

/**
 * Connects to the host of a state directory, starting one if need be.
 *
 * @throws BideError `unsafe_directory` or `socket_path_too_long` before anything is connected,
 *   `host_unreachable` when no host answers (exit code 69), `launch_failed` when none can be started.
 */
export async function connect(options: ConnectOptions = {}): Promise<Bide> {
  const env = options.env ?? process.env;
  const locations = unwrap(locate(env));
  for (let attempt = 1; ; attempt += 1) {
    let bide = await tryConnect(locations, options);
    if (bide === undefined && options.startHost !== false) {
      const { launchHost } = await import("./host-launcher.ts");
      await launchHost(locations, env, options.command);
      bide = await tryConnect(locations, options);
    }
    if (bide !== undefined) return bide;
    if (options.startHost === false || attempt === DYING_HOST_ATTEMPTS) {
      throw new BideError("host_unreachable", `no host answers at ${locations.hostSocket}`);
    }
    await new Promise((resolve) => setTimeout(resolve, DYING_HOST_MS));
  }
}

/** Undefined when nobody listens, or nobody any more; anything else that is wrong is thrown. */
async function tryConnect(locations: Locations, options: ConnectOptions): Promise<Bide | undefined> {
  const bide = new Bide(locations, options);
  try {
    await bide.open();
    return bide;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === "ENOENT" || errno === "ECONNREFUSED") return undefined;
    if (error instanceof HostGone) return undefined;
    if (error instanceof BideError) throw error;
    throw new BideError("host_unreachable", `cannot connect to ${locations.hostSocket}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

export class Bide {
  readonly locations: Locations;
  readonly #options: ConnectOptions;
  #hello: HostHello | undefined;
  #transport: Transport | undefined;
  readonly #decoder = new LineDecoder();
  readonly #replies = new PendingReplies();

  /** Use `connect`. */
  constructor(locations: Locations, options: ConnectOptions = {}) {
    this.locations = locations;
    this.#options = options;
  }

  /** Versions and capabilities of the host that answered. */
  get host(): HostHello {
    if (this.#hello === undefined) throw new Error("not connected");
    return this.#hello;
  }

  /** Used by `connect`: opens the socket and says hello. */
  async open(): Promise<void> {
    this.#transport = await connectSocket(this.locations.hostSocket, {
      onData: (bytes) => this.#receive(bytes),
      onClose: () => this.#replies.failAll(new HostGone()),
    });
    // The path is looked at after connecting and before anything is said, so that nothing can be swapped in between.
    for (const directory of [this.locations.runtimeBase, this.locations.runtimeDir]) {
      const safe = checkPrivateDirectory(directory);
      if (safe.ok) continue;
      this.#transport.destroy();
      throw BideError.from(safe);
    }
    const hello = this.request("system.hello", { protocol: PROTOCOL_VERSION, version: VERSION });
    // A host that is stopped accepts connections and says nothing.
    const patience = timeout(HELLO_MS, () => this.#break(silent(this.locations.hostSocket)));
    this.#hello = await hello.finally(() => patience.dispose());
  }

  /**
   * Asks the host.
   *
   * @throws BideError with the host's code, `host_unreachable` when the connection breaks,
   *   `protocol` when the answer does not fit its schema.
   */
  async request<M extends HostMethod>(method: M, params: HostParams<M>): Promise<HostResult<M>> {
    const transport = this.#transport;
    if (transport === undefined) throw new HostGone();
    const { id, reply } = this.#replies.expect();
    transport.write(encodeLine({ jsonrpc: "2.0", id, method, params }));
    const result = validate(HOST_METHODS[method].result, await reply, `answer to ${method}`);
    return unwrap(result) as HostResult<M>;
  }

  /**
   * Connects to the worker of the session that a selector means.
   *
   * @throws BideError `session_not_found`, `ambiguous_selector`, `session_ended` (its worker is gone; read its
   *   files through the host), `worker_unreachable`.
   */
  async session(selector: string | Selector): Promise<SessionConnection> {
    const asked = typeof selector === "string" ? { text: selector } : selector;
    const { session, socket } = await this.request("session.resolve", { selector: asked });
    if (socket === null) {
      throw new BideError("session_ended", `session ${session.name} has ended (${session.state})`);
    }
    return SessionConnection.open(socket, session);
  }

  /**
   * Waits until a condition holds for a session, the session has ended, or the timeout (in `timeoutMs`). The host may
   * die and be replaced meanwhile.
   *
   * @throws BideError as `waitFor`; the signal's reason when it is aborted.
   */
  async wait(selector: string | Selector, condition: WaitCondition, options: WaitOptions = {}): Promise<WaitOutcome> {
    const { waitFor } = await import("./wait/wait-for.ts");
    const asked = typeof selector === "string" ? { text: selector } : selector;
    return this.#withSource((source) => waitFor(source, asked, condition, options));
  }

  /** Ends the connection; sessions go on. */
  close(): void {
    this.#transport?.end();
    this.#transport = undefined;
  }

  /** For what outlives a host: connections made anew are closed again. */
  async #withSource<T>(use: (source: HostSource) => Promise<T>): Promise<T> {
    const opened: Bide[] = [];
    const connectAgain = async () => {
      const bide = await connect(this.#options);
      opened.push(bide);
      return bide;
    };
    try {
      return await use({ connect: async (more) => (more?.again ? connectAgain() : this) });
    } finally {
      for (const bide of opened) bide.close();
    }
  }

  #receive(bytes: Uint8Array): void {
    const framed = this.#decoder.push(bytes, (line) => this.#answer(line));
    if (!framed.ok) this.#break(BideError.from(framed));
  }

  #answer(line: string): void {
    const json = parseJson(line);
    const response = json.ok ? validate(RpcResponseSchema, json.value, "answer") : json;
    if (!response.ok) return this.#break(BideError.from(response));
    const { id, result, error } = response.value;
    // What concerns no request concerns the connection: the host has no room for it.
    if (id === null && error !== undefined) return this.#break(errorOf(error));
    if (typeof id !== "number") return;
    if (error === undefined) this.#replies.resolve(id, result);
    else this.#replies.reject(id, errorOf(error));
  }

  #break(error: BideError): void {
    this.#replies.failAll(error);
    this.#transport?.destroy();
  }
}

function silent(socket: string): BideError {
  const message = `the host at ${socket} accepts connections and does not answer`;
  return new BideError("host_unreachable", message, { hint: "it may be stopped: `bide doctor` says its pid" });
}

function errorOf({ message, data }: { message: string; data?: { code?: string; hint?: string } }): BideError {
  return fromErrorPayload({ code: data?.code ?? "failed", message, hint: data?.hint });
}

/** The connection broke before the answer came. */
class HostGone extends BideError {
  constructor() {
    super("host_unreachable", "the host closed the connection");
  }
}
