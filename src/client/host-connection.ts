// The wire to one host: its socket, the hello, and requests by name with answers that fit their schemas. bide.ts has what
// is asked over it.

import { concat } from "../base/byte-queue.ts";
import { timeout } from "../base/disposable.ts";
import { BideError, unwrap } from "../base/errors.ts";
import type { Locations } from "../base/locations.ts";
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
} from "../protocol/host-messages.ts";
import { PROTOCOL_VERSION } from "../protocol/limits.ts";
import { encodeLine, LineDecoder } from "../protocol/lines.ts";
import { validate } from "../protocol/validate.ts";
import { connectOwnSocket, type Transport } from "./transport.ts";

/** A host that reads many records at its start answers within this time even on a machine that swaps. */
const HELLO_MS = 20_000;
/** Whoever waits for less than that waits so long at least: a host that has some of the machine answers within it. */
const LEAST_HELLO_MS = 3000;

/** Both ends' versions, as the host said them in its hello. */
export type HostHello = HostResult<"system.hello">;

/** A request on its way. */
export interface Question {
  readonly method: HostMethod;
  readonly params: unknown;
}

export class HostConnection {
  readonly locations: Locations;
  #hello: HostHello | undefined;
  #transport: Transport | undefined;
  readonly #decoder = new LineDecoder();
  readonly #replies = new PendingReplies();

  readonly #helloMs: number;

  /** `timeoutMs`: for how long the caller waits, where it has a time limit. */
  constructor(locations: Locations, timeoutMs = HELLO_MS) {
    this.locations = locations;
    this.#helloMs = Math.min(HELLO_MS, Math.max(LEAST_HELLO_MS, timeoutMs));
  }

  /** Versions and capabilities of the host that answered. */
  get hello(): HostHello {
    if (this.#hello === undefined) throw new Error("not connected");
    return this.#hello;
  }

  /** Closed by us; one that the host closed is open and answers nothing. */
  get closed(): boolean {
    return this.#transport === undefined;
  }

  /** Opens the socket and says hello, and asks in the same breath. */
  async open(question?: Question): Promise<{ result: Promise<unknown> | undefined }> {
    this.#transport = await connectOwnSocket(this.locations.hostSocket, {
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
    const hello = this.#question("system.hello", { protocol: PROTOCOL_VERSION, version: VERSION });
    const first = question && this.#question(question.method, question.params);
    this.#transport.write(first === undefined ? hello.line : concat([hello.line, first.line]));
    // A host that is stopped accepts connections and says nothing.
    const patience = timeout(this.#helloMs, () => this.#break(silent(this.locations.hostSocket)));
    // The first answer fails with the hello's when the connection breaks; that is told once.
    first?.result.catch(() => {});
    this.#hello = await hello.result.finally(() => patience.dispose());
    return { result: first?.result };
  }

  /**
   * @throws BideError with the host's code, HostGone when the connection breaks, `protocol` when the answer does not fit
   *   its schema.
   */
  request<M extends HostMethod>(method: M, params: HostParams<M>): Promise<HostResult<M>> {
    if (this.#transport === undefined) return Promise.reject(new HostGone());
    const { line, result } = this.#question(method, params);
    this.#transport.write(line);
    return result;
  }

  close(): void {
    this.#transport?.end();
    this.#transport = undefined;
  }

  /** A request as it goes over the wire, and its checked answer. */
  #question<M extends HostMethod>(method: M, params: unknown): { line: Uint8Array; result: Promise<HostResult<M>> } {
    const { id, reply } = this.#replies.expect();
    const checked = reply.then(
      (answer) => unwrap(validate(HOST_METHODS[method].result, answer, `answer to ${method}`)) as HostResult<M>,
    );
    return { line: encodeLine({ jsonrpc: "2.0", id, method, params }), result: checked };
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
export class HostGone extends BideError {
  constructor() {
    super("host_unreachable", "the host closed the connection");
  }
}
