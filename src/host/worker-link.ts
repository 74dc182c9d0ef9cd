// The host's connection to one worker: it subscribes to the session's changes and carries the requests that
// only the host may make. When it closes, the worker is gone or going; session-entry.ts finds out which.

import type { Socket } from "bun";
import { BideError, unwrap } from "../base/errors.ts";
import { PendingReplies } from "../base/pending-replies.ts";
import { VERSION } from "../base/version.ts";
import { fromErrorPayload } from "../protocol/error-payload.ts";
import { encodeJsonFrame, FRAME, type Frame, FrameDecoder } from "../protocol/frames.ts";
import { PROTOCOL_VERSION } from "../protocol/limits.ts";
import type { Session } from "../protocol/session.ts";
import { validate, validateJson } from "../protocol/validate.ts";
import {
  ResponseSchema,
  WelcomeSchema,
  WORKER_METHODS,
  WorkerEventSchema,
  type WorkerMethod,
  type WorkerParams,
  type WorkerResult,
} from "../protocol/worker-messages.ts";

/** What a worker is asked takes it milliseconds; one that swaps may need long. */
const ANSWER_MS = 10_000;

/** The worker is there and did not answer in time. */
export class NoAnswer extends BideError {
  constructor(timeoutMs: number) {
    super("worker_unreachable", `the worker did not answer in ${timeoutMs} ms`);
  }
}

export interface LinkHandlers {
  onStatus(session: Session): void;
  onClose(): void;
}

export class WorkerLink {
  readonly #handlers: LinkHandlers;
  readonly #decoder = new FrameDecoder();
  readonly #replies = new PendingReplies();
  readonly #welcome = Promise.withResolvers<string>();
  #socket: Socket<undefined> | undefined;
  #unsent: Uint8Array[] = [];

  private constructor(handlers: LinkHandlers) {
    this.#handlers = handlers;
    this.#welcome.promise.catch(() => {});
  }

  /** Rejects with the system's error when nobody listens at the socket, or when it is another session's. */
  static async open(path: string, sessionId: string, handlers: LinkHandlers): Promise<WorkerLink> {
    const link = new WorkerLink(handlers);
    link.#socket = await Bun.connect({
      unix: path,
      socket: {
        binaryType: "uint8array",
        data: (_socket, bytes) => link.#receive(bytes),
        drain: () => link.#flush(),
        close: () => link.#closed(),
        end: (socket) => {
          socket.end();
        },
        error: () => {},
      },
    });
    link.#write(encodeJsonFrame(FRAME.hello, { protocol: PROTOCOL_VERSION, version: VERSION, kind: "host" }));
    const answering = await link.#welcome.promise;
    if (answering !== sessionId) {
      link.close();
      throw new BideError("worker_unreachable", `${path} is the socket of another session`);
    }
    return link;
  }

  /**
   * `timeoutMs` null: it may take as long as it takes.
   *
   * @throws BideError with the worker's code, `worker_unreachable` when it is gone, NoAnswer when it is too slow.
   */
  async request<M extends WorkerMethod>(
    method: M,
    params: WorkerParams<M>,
    timeoutMs: number | null = ANSWER_MS,
  ): Promise<WorkerResult<M>> {
    const { id, reply } = this.#replies.expect();
    this.#write(encodeJsonFrame(FRAME.request, { id, method, params }));
    const answer = await (timeoutMs === null ? reply : withDeadline(reply, timeoutMs));
    return unwrap(validate(WORKER_METHODS[method].result, answer, `answer to ${method}`)) as WorkerResult<M>;
  }

  close(): void {
    this.#socket?.end();
  }

  #receive(bytes: Uint8Array): void {
    const framed = this.#decoder.push(bytes, (frame) => this.#dispatch(frame));
    if (!framed.ok) this.#socket?.terminate();
  }

  #dispatch(frame: Frame): void {
    if (frame.type === FRAME.welcome) {
      const welcome = validateJson(WelcomeSchema, frame.payload, "welcome");
      if (welcome.ok) this.#welcome.resolve(welcome.value.session_id);
      else this.#socket?.terminate();
    } else if (frame.type === FRAME.response) {
      const response = validateJson(ResponseSchema, frame.payload, "answer");
      if (!response.ok) this.#socket?.terminate();
      else if (response.value.error) this.#replies.reject(response.value.id, fromErrorPayload(response.value.error));
      else this.#replies.resolve(response.value.id, response.value.result);
    } else if (frame.type === FRAME.event) {
      const event = validateJson(WorkerEventSchema, frame.payload, "event");
      if (event.ok && event.value.session) this.#handlers.onStatus(event.value.session);
    }
  }

  #write(bytes: Uint8Array): void {
    this.#unsent.push(bytes);
    if (this.#unsent.length === 1) this.#flush();
  }

  #flush(): void {
    for (let first = this.#unsent[0]; first !== undefined; first = this.#unsent[0]) {
      const written = Math.max(0, this.#socket?.write(first) ?? 0);
      if (written < first.length) {
        this.#unsent[0] = first.subarray(written);
        return;
      }
      this.#unsent.shift();
    }
  }

  #closed(): void {
    const gone = new BideError("worker_unreachable", "the worker closed the connection");
    this.#welcome.reject(gone);
    this.#replies.failAll(gone);
    this.#handlers.onClose();
  }
}

function withDeadline<T>(reply: Promise<T>, timeoutMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new NoAnswer(timeoutMs)), timeoutMs);
  reply.catch(() => {});
  return Promise.race([reply, late.promise]).finally(() => clearTimeout(timer));
}
