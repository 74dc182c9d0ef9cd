// One short conversation with the host of a state directory: JSON-RPC over its socket, as in docs/protocol.md.
// Used by the check of the host and by repairs, which are the host's to make while one runs. The client folder has
// the full one; host/ may not import it. Nothing here starts a host.

import type { Socket } from "bun";
import { BideError, messageOf, unwrap } from "../../base/errors.ts";
import { PendingReplies } from "../../base/pending-replies.ts";
import { isUnheard } from "../../base/unheard.ts";
import { VERSION } from "../../base/version.ts";
import { fromErrorPayload } from "../../protocol/error-payload.ts";
import {
  HOST_METHODS,
  type HostMethod,
  type HostParams,
  type HostResult,
  RpcResponseSchema,
} from "../../protocol/host-messages.ts";
import { PROTOCOL_VERSION } from "../../protocol/limits.ts";
import { encodeLine, LineDecoder } from "../../protocol/lines.ts";
import { validate, validateJson } from "../../protocol/validate.ts";
import { within } from "./deadline.ts";

/** A host answers a hello within 1 ms; one that swaps may need long, one that is stopped never answers. */
const HELLO_MS = 1000;

export type HostAnswer =
  | { readonly kind: "nobody" }
  | { readonly kind: "silent"; readonly why: string }
  | { readonly kind: "answers"; readonly hello: HostResult<"system.hello">; readonly line: HostLine };

// A host that was killed accepts connections for some milliseconds more, until its last thread is gone.
const ATTEMPTS = 5;
const ATTEMPT_MS = 20;

/** The caller closes the line of a host that answers. */
export async function askHost(socket: string): Promise<HostAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const line = new HostLine();
    const answer = await askOnce(line, socket);
    if (answer.kind !== "answers") line.close();
    if (!line.isEnded || answer.kind !== "silent" || attempt === ATTEMPTS) return answer;
    await new Promise((resolve) => setTimeout(resolve, ATTEMPT_MS));
  }
}

async function askOnce(line: HostLine, socket: string): Promise<HostAnswer> {
  try {
    if ((await within(line.open(socket), HELLO_MS)) === undefined) {
      return { kind: "silent", why: `it did not accept a connection in ${HELLO_MS} ms` };
    }
    const hello = await line.request("system.hello", { protocol: PROTOCOL_VERSION, version: VERSION }, HELLO_MS);
    return { kind: "answers", hello, line };
  } catch (error) {
    if (isUnheard(error)) return { kind: "nobody" };
    return { kind: "silent", why: messageOf(error) };
  }
}

export class HostLine {
  readonly #decoder = new LineDecoder();
  readonly #replies = new PendingReplies();
  #socket: Socket<undefined> | undefined;
  #unsent: Uint8Array = new Uint8Array(0);
  #closed = false;
  #ended = false;

  /** The host ended the connection. */
  get isEnded(): boolean {
    return this.#ended;
  }

  /** Rejects with the system's error when nobody listens. */
  async open(path: string): Promise<true> {
    this.#socket = await Bun.connect({
      unix: path,
      socket: {
        binaryType: "uint8array",
        data: (_socket, bytes) => this.#receive(bytes),
        drain: () => this.#flush(),
        close: () => this.#end(),
        end: (socket) => {
          socket.end();
        },
        error: () => {},
      },
    });
    // It may have come later than anybody waited for it.
    if (this.#closed) this.#socket.terminate();
    return true;
  }

  /** Throws BideError with the host's code, or `host_unreachable` when there is no answer in time. */
  async request<M extends HostMethod>(method: M, params: HostParams<M>, limitMs: number): Promise<HostResult<M>> {
    const { id, reply } = this.#replies.expect();
    this.#unsent = Buffer.concat([this.#unsent, encodeLine({ jsonrpc: "2.0", id, method, params })]);
    this.#flush();
    const answer = await within(reply, limitMs);
    if (answer === undefined) throw new BideError("host_unreachable", `the host did not answer in ${limitMs} ms`);
    return unwrap(validate(HOST_METHODS[method].result, answer, `answer to ${method}`)) as HostResult<M>;
  }

  close(): void {
    this.#closed = true;
    this.#socket?.terminate();
  }

  #end(): void {
    // Our own end is told here too.
    this.#ended = !this.#closed;
    this.#replies.failAll(new BideError("host_unreachable", "the host closed the connection"));
  }

  #receive(bytes: Uint8Array): void {
    if (!this.#decoder.push(bytes, (line) => this.#answer(line)).ok) this.#socket?.terminate();
  }

  #answer(line: string): void {
    const response = validateJson(RpcResponseSchema, line, "answer");
    if (!response.ok) return void this.#socket?.terminate();
    const { id, result, error } = response.value;
    if (typeof id !== "number") return;
    if (error === undefined) return this.#replies.resolve(id, result);
    const { message, data } = error;
    this.#replies.reject(id, fromErrorPayload({ code: data?.code ?? "failed", message, hint: data?.hint }));
  }

  #flush(): void {
    const written = Math.max(0, this.#socket?.write(this.#unsent) ?? 0);
    this.#unsent = this.#unsent.subarray(written);
  }
}
