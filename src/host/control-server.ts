// The host's socket: JSON-RPC 2.0, one message per line. It knows framing and errors; what the methods do is
// in methods.ts.

import type { Socket, UnixSocketListener } from "bun";
import { ByteQueue } from "../base/byte-queue.ts";
import type { Disposable } from "../base/disposable.ts";
import { fail, type Result } from "../base/result.ts";
import { type ErrorPayload, thrownPayload, toErrorPayload } from "../protocol/error-payload.ts";
import { parseJson } from "../protocol/frames.ts";
import {
  HOST_METHODS,
  type HostMethod,
  isHostMethod,
  RPC_FAILED,
  RPC_INVALID_PARAMS,
  RPC_INVALID_REQUEST,
  RPC_METHOD_NOT_FOUND,
  RPC_PARSE_ERROR,
  RpcRequestSchema,
} from "../protocol/host-messages.ts";
import { encodeLine, LineDecoder } from "../protocol/lines.ts";
import { validate } from "../protocol/validate.ts";
import { descriptorLimit, hasRoomForConnection } from "../store/descriptors.ts";
import { isStranger } from "../store/peer.ts";
import { PrivateSocket } from "../store/private-socket.ts";
import { TurnedAway } from "../store/turned-away.ts";

/** Answers a checked request; throws BideError for an expected failure. */
export type CallMethod = (method: HostMethod, params: unknown) => Promise<unknown>;

/** A peer that never reads its answers is cut off before they fill the memory. */
const MOST_UNREAD_BYTES = 64 * 1024 * 1024;

interface Peer {
  readonly decoder: LineDecoder;
  readonly unsent: ByteQueue;
}

export class ControlServer implements Disposable {
  readonly #socket: PrivateSocket<Peer>;
  readonly #call: CallMethod;
  readonly #turnedAway = new TurnedAway();

  constructor(path: string, call: CallMethod) {
    this.#socket = new PrivateSocket(path, (at) => this.#listen(at));
    this.#call = call;
  }

  /** Binds the socket. The caller holds the host's lock, so an old socket is nobody's. */
  listen(): Result<undefined> {
    return this.#socket.open();
  }

  dispose(): void {
    this.#socket.dispose();
    this.#turnedAway.dispose();
  }

  #listen(path: string): UnixSocketListener<Peer> {
    return Bun.listen<Peer>({
      unix: path,
      socket: {
        binaryType: "uint8array",
        open: (socket) => {
          socket.data = { decoder: new LineDecoder(), unsent: new ByteQueue() };
          if (isStranger(socket)) socket.terminate();
          else if (!hasRoomForConnection()) this.#turnedAway.add(socket, tooMany());
        },
        data: (socket, bytes) => {
          if (this.#turnedAway.has(socket)) return;
          const framed = socket.data.decoder.push(bytes, (line) => void this.#answer(socket, line));
          if (framed.ok) return;
          send(socket, errorMessage(null, RPC_INVALID_REQUEST, toErrorPayload(framed)));
          socket.end();
        },
        drain: flush,
        close: (socket) => this.#turnedAway.closed(socket),
        end: (socket) => {
          socket.end();
        },
        error: () => {},
      },
    });
  }

  async #answer(socket: Socket<Peer>, line: string): Promise<void> {
    const json = parseJson(line);
    if (!json.ok) return send(socket, errorMessage(null, RPC_PARSE_ERROR, toErrorPayload(json)));
    const request = validate(RpcRequestSchema, json.value, "request");
    if (!request.ok) return send(socket, errorMessage(null, RPC_INVALID_REQUEST, toErrorPayload(request)));
    const { id, method, params } = request.value;
    if (!isHostMethod(method)) {
      const unknown = toErrorPayload(
        fail("unsupported", `this host does not know ${JSON.stringify(method.slice(0, 80))}`),
      );
      return send(socket, errorMessage(id, RPC_METHOD_NOT_FOUND, unknown));
    }
    const checked = validate(HOST_METHODS[method].params, params, method);
    if (!checked.ok) return send(socket, errorMessage(id, RPC_INVALID_PARAMS, toErrorPayload(checked)));
    try {
      send(socket, { jsonrpc: "2.0", id, result: await this.#call(method, checked.value) });
    } catch (error) {
      send(socket, errorMessage(id, RPC_FAILED, thrownPayload(error)));
    }
  }
}

function tooMany(): Uint8Array {
  const most = "the host has no file descriptors to spare for one more connection";
  const reason = fail("busy", `${most}: it may open ${descriptorLimit()} files (ulimit -n)`, {
    hint: "try again when others have left; a host that is started where that limit is higher takes more",
  });
  return encodeLine(errorMessage(null, RPC_FAILED, toErrorPayload(reason)));
}

function errorMessage(id: number | string | null, code: number, { message, ...data }: ErrorPayload) {
  return { jsonrpc: "2.0", id, error: { code, message, data } };
}

function send(socket: Socket<Peer>, message: unknown): void {
  const { unsent } = socket.data;
  unsent.push(encodeLine(message));
  if (unsent.length > MOST_UNREAD_BYTES) socket.terminate();
  else flush(socket);
}

function flush(socket: Socket<Peer>): void {
  const { unsent } = socket.data;
  for (let chunk = unsent.peek(); chunk !== undefined && unsent.length > 0; chunk = unsent.peek()) {
    const written = socket.write(chunk);
    if (written <= 0) return;
    unsent.drop(written);
    if (written < chunk.length) return;
  }
}
