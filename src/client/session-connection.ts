// One socket to one worker: requests, and at most one attachment. Made by Bide.session.

import { concat } from "../base/byte-queue.ts";
import { deferred } from "../base/deferred.ts";
import { type Disposable, timeout } from "../base/disposable.ts";
import { BideError, messageOf, unwrap } from "../base/errors.ts";
import { PendingReplies } from "../base/pending-replies.ts";
import { VERSION } from "../base/version.ts";
import { WorkerSilent } from "../base/worker-silent.ts";
import type { Attach } from "../protocol/attach-messages.ts";
import { ErrorPayloadSchema, fromErrorPayload } from "../protocol/error-payload.ts";
import { encodeJsonFrame, FRAME, type Frame, FrameDecoder, parseJson } from "../protocol/frames.ts";
import { PROTOCOL_VERSION } from "../protocol/limits.ts";
import type { Session } from "../protocol/session.ts";
import { validate } from "../protocol/validate.ts";
import {
  ResponseSchema,
  type Welcome,
  WelcomeSchema,
  WORKER_METHODS,
  type WorkerEvent,
  WorkerEventSchema,
  type WorkerMethod,
  type WorkerParams,
  type WorkerResult,
} from "../protocol/worker-messages.ts";
import { type AttachHandlers, Attachment, inNumbers } from "./attachment.ts";
import { connectOwnSocket, type Transport } from "./transport.ts";

/** Why the host knows no socket of a session: it has ended, or it runs and its worker cannot be reached. */
export function withoutSocket({ name, state, worker_pid }: Session): BideError {
  if (state !== "running") return new BideError("session_ended", `session ${name} has ended (${state})`);
  return new BideError(
    "worker_unreachable",
    `session ${name} runs, and its worker (pid ${worker_pid}) cannot be reached`,
  );
}

/** A worker greets within milliseconds; on a machine that swaps it may need long. One that stands still never does. */
const GREETING_MS = 10_000;
/** Whoever waits for less than that waits so long at least: a worker that has some of the machine greets within it. */
const LEAST_GREETING_MS = 1000;
/** What a worker that is asked to answer within a time may take longer, on a machine that is busy. */
const ANSWER_MS = 2000;

export interface Patience {
  /** `with-first-request` sends nothing yet: one waiting less for who asks at once and needs no `worker`. */
  readonly greeting?: "awaited" | "with-first-request";
  /** For how long the caller waits, where it has a time limit: a worker that stands still is told after that. */
  readonly timeoutMs?: number | undefined;
}

/** Nobody answers for the session, or nobody any more; it may just have ended. */
export class WorkerGone extends BideError {
  readonly session: Session;

  constructor(session: Session, message: string, options?: { readonly cause: unknown }) {
    super("worker_unreachable", message, options);
    this.session = session;
  }
}

export class SessionConnection {
  /** The session as it was when the connection was made. */
  readonly session: Session;
  /** Hears what a connection that is not attached is told after `session.subscribe`. */
  onEvent: ((event: WorkerEvent) => void) | undefined;
  #transport!: Transport;
  #welcome: Welcome | undefined;
  #attachment: Attachment | undefined;
  readonly #decoder = new FrameDecoder();
  readonly #replies = new PendingReplies();
  readonly #bytes = new Map<number, Uint8Array[]>();
  readonly #greeting = deferred<Welcome>();
  /** The hello, as long as it waits for a first request to travel with. */
  #unsent: Uint8Array | undefined = encodeJsonFrame(FRAME.hello, { protocol: PROTOCOL_VERSION, version: VERSION });
  readonly #closing = deferred<void>();
  #patience: Disposable | undefined;
  readonly #greetingMs: number;

  private constructor(session: Session, timeoutMs = GREETING_MS) {
    this.session = session;
    this.#greetingMs = Math.min(GREETING_MS, Math.max(LEAST_GREETING_MS, timeoutMs));
  }

  /**
   * To the worker of a session as the host resolved it.
   *
   * @throws BideError `session_ended` when there is none any more, `worker_unreachable` when nobody answers.
   */
  static async to(
    { session, socket }: { readonly session: Session; readonly socket: string | null },
    patience: Patience = {},
  ): Promise<SessionConnection> {
    if (socket !== null) return SessionConnection.open(socket, session, patience);
    throw withoutSocket(session);
  }

  /** @throws BideError `worker_unreachable` when nobody answers at the socket. */
  static async open(
    socket: string,
    session: Session,
    { greeting = "awaited", timeoutMs }: Patience = {},
  ): Promise<SessionConnection> {
    const connection = new SessionConnection(session, timeoutMs);
    connection.#greeting.promise.catch(() => {});
    try {
      connection.#transport = await connectOwnSocket(socket, {
        onData: (bytes) => connection.#receive(bytes),
        onClose: () => connection.#fail(new WorkerGone(session, `the worker of ${session.name} closed the connection`)),
      });
    } catch (cause) {
      throw new WorkerGone(session, `cannot reach the worker of ${session.name}: ${messageOf(cause)}`, { cause });
    }
    if (greeting === "with-first-request") return connection;
    connection.#write(new Uint8Array(0));
    await connection.#greeting.promise;
    return connection;
  }

  /** What the worker said of itself: its versions may be older than ours after an upgrade. */
  get worker(): Welcome {
    if (this.#welcome === undefined) throw new Error("not greeted yet");
    return this.#welcome;
  }

  /** Resolves when the connection is gone, for whatever reason. */
  get closed(): Promise<void> {
    return this.#closing.promise;
  }

  /** Asks the worker; throws BideError with the worker's code, or `worker_unreachable`. */
  async request<M extends WorkerMethod>(method: M, params: WorkerParams<M>): Promise<WorkerResult<M>> {
    return (await this.#ask(method, params)).result;
  }

  /** The same for methods whose answer brings bytes. */
  requestBytes<M extends WorkerMethod>(
    method: M,
    params: WorkerParams<M>,
  ): Promise<{ result: WorkerResult<M>; bytes: Uint8Array }> {
    return this.#ask(method, params);
  }

  /**
   * Attaches: first the replay, then live output, with no gap and no repeat between them.
   *
   * @throws BideError `session_ended` when the program has already ended.
   */
  async attach(options: Attach, handlers: AttachHandlers): Promise<Attachment> {
    if (this.#attachment !== undefined) throw new BideError("usage", "this connection is already attached");
    const attachment = new Attachment(this.#transport, handlers);
    this.#attachment = attachment;
    this.#write(encodeJsonFrame(FRAME.attach, inNumbers(options)));
    await attachment.attached;
    return attachment;
  }

  /**
   * Until it is disposed: fails what is asked with `worker_unreachable` after that time, in which the worker should have
   * answered. It may have been stopped after its greeting.
   */
  limit(timeoutMs: number): Disposable {
    return timeout(timeoutMs + ANSWER_MS, () => this.#break(new WorkerSilent(this.session)));
  }

  close(): void {
    this.#patience?.dispose();
    this.#transport.end();
  }

  async #ask<M extends WorkerMethod>(method: M, params: WorkerParams<M>) {
    const { id, reply } = this.#replies.expect();
    this.#write(encodeJsonFrame(FRAME.request, { id, method, params }));
    const answer = await reply;
    const parts = this.#bytes.get(id) ?? [];
    this.#bytes.delete(id);
    const result = unwrap(validate(WORKER_METHODS[method].result, answer, `answer to ${method}`)) as WorkerResult<M>;
    return { result, bytes: concat(parts) };
  }

  /** The hello goes first, whatever comes first. */
  #write(frame: Uint8Array): void {
    const hello = this.#unsent;
    this.#unsent = undefined;
    if (hello !== undefined)
      this.#patience = timeout(this.#greetingMs, () => this.#break(new WorkerSilent(this.session)));
    this.#transport.write(hello === undefined ? frame : concat([hello, frame]));
  }

  #receive(bytes: Uint8Array): void {
    try {
      const framed = this.#decoder.push(bytes, (frame) => this.#dispatch(frame));
      if (!framed.ok) this.#break(BideError.from(framed));
    } catch (error) {
      // A message that is none. Bun's socket would keep it to itself, and whoever waits would wait for ever.
      if (!(error instanceof BideError)) throw error;
      this.#break(error);
    }
  }

  #break(error: BideError): void {
    this.#fail(error);
    this.#transport.destroy();
  }

  #dispatch(frame: Frame): void {
    if (frame.type === FRAME.bytes) return this.#collect(frame.payload);
    if (frame.type === FRAME.response) return this.#answer(frame.payload);
    if (frame.type === FRAME.welcome) return this.#welcomed(frame.payload);
    if (frame.type === FRAME.error) return this.#refused(frame.payload);
    if (this.#attachment !== undefined) this.#attachment.receive(frame);
    else if (frame.type === FRAME.event) this.#told(frame.payload);
  }

  #told(payload: Uint8Array): void {
    const event = validate(WorkerEventSchema, unwrap(parseJson(payload)), "event");
    if (event.ok) this.onEvent?.(event.value);
  }

  #collect(payload: Uint8Array): void {
    if (payload.length < 4) return;
    const id = new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
    const parts = this.#bytes.get(id) ?? [];
    parts.push(payload.slice(4));
    this.#bytes.set(id, parts);
  }

  #answer(payload: Uint8Array): void {
    const { id, result, error } = unwrap(validate(ResponseSchema, unwrap(parseJson(payload)), "answer"));
    if (error === undefined) this.#replies.resolve(id, result);
    else {
      this.#bytes.delete(id);
      this.#replies.reject(id, fromErrorPayload(error));
    }
  }

  #welcomed(payload: Uint8Array): void {
    this.#welcome = unwrap(validate(WelcomeSchema, unwrap(parseJson(payload)), "welcome"));
    this.#patience?.dispose();
    this.#greeting.resolve(this.#welcome);
  }

  #refused(payload: Uint8Array): void {
    this.#fail(fromErrorPayload(unwrap(validate(ErrorPayloadSchema, unwrap(parseJson(payload)), "error"))));
  }

  #fail(error: BideError): void {
    this.#patience?.dispose();
    this.#greeting.reject(error);
    this.#replies.failAll(error);
    this.#attachment?.fail(error);
    this.#closing.resolve();
  }
}
