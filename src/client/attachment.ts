// A client's side of one attach: what arrives is handed to the caller in order, what is typed is sent. Made by
// SessionConnection.attach.

import type * as v from "valibot";
import { deferred } from "../base/deferred.ts";
import { type BideError, unwrap } from "../base/errors.ts";
import {
  type Attached,
  AttachedSchema,
  BehindSchema,
  DetachedSchema,
  ExitSchema,
  LiveSchema,
  type TerminalSize,
  type Will,
} from "../protocol/attach-messages.ts";
import { type Drawn, encodeDrawn, type Passed } from "../protocol/direct-frames.ts";
import { encodeFrame, encodeJsonFrame, FRAME, type Frame, parseJson } from "../protocol/frames.ts";
import { MAX_FRAME_BYTES } from "../protocol/limits.ts";
import type { Session } from "../protocol/session.ts";
import { validate } from "../protocol/validate.ts";
import { type WorkerEvent, WorkerEventSchema } from "../protocol/worker-messages.ts";
import type { Transport } from "./transport.ts";

export interface AttachHandlers {
  /** The session as it is at the attach, its size above all; called before anything else. */
  onAttached?(session: Session): void;
  /**
   * Bytes for the terminal, in order; valid only during the call. `replay` restores the screen (a terminal's
   * answers to what is inside must not be forwarded), `live` is what the program prints now.
   */
  onOutput(bytes: Uint8Array, phase: "replay" | "live"): void;
  /** A replay is over; the next byte has this offset in the session's life. */
  onLive?(offset: number): void;
  /** This client read too slowly: `skipped` bytes were dropped for it and a replay follows. */
  onBehind?(skipped: number, offset: number): void;
  /** Only with `terminal`: keys that the worker read there; none: it reads no more. Answer with `passed`. */
  onTyped?(bytes: Uint8Array): void;
  /** Only with `terminal`: what the worker wrote there, as far as it does more than print text. */
  onShown?(bytes: Uint8Array): void;
  /** `owner_changed`, `resized`, `renamed`, `status`, ... ; `session` is there when it changed. */
  onEvent?(event: WorkerEvent): void;
}

export type AttachEnd =
  | {
      readonly reason: "exited";
      readonly state: string;
      readonly exitCode: number | null;
      readonly exitSignal: string | null;
    }
  | { readonly reason: "detached" }
  /** Attach to this session id instead, in the same terminal. */
  | { readonly reason: "switched"; readonly to: string }
  /** The connection broke: the worker died or closed it. */
  | { readonly reason: "lost"; readonly message: string };

export class Attachment {
  readonly #transport: Transport;
  readonly #handlers: AttachHandlers;
  readonly #attaching = deferred<void>();
  readonly #ending = deferred<AttachEnd>();
  #info: Attached | undefined;
  #phase: "replay" | "live" = "replay";

  /** Use SessionConnection.attach. */
  constructor(transport: Transport, handlers: AttachHandlers) {
    this.#transport = transport;
    this.#handlers = handlers;
    this.#attaching.promise.catch(() => {});
  }

  /** Settles once the worker has answered; used by SessionConnection.attach. */
  get attached(): Promise<void> {
    return this.#attaching.promise;
  }

  /** Resolves, never rejects, when this client is no longer attached. */
  get ended(): Promise<AttachEnd> {
    return this.#ending.promise;
  }

  get clientId(): string {
    return this.#attachedInfo.client_id;
  }

  /** Whether this client owned input and size when it attached; `owner_changed` events say more. */
  get owner(): boolean {
    return this.#attachedInfo.owner;
  }

  /** The worker reads and writes the `terminal` of the attach itself. */
  get direct(): boolean {
    return this.#attachedInfo.direct;
  }

  get session() {
    return this.#attachedInfo.session;
  }

  /** Typed bytes that the socket has not taken yet. */
  get pendingBytes(): number {
    return this.#transport.pendingBytes;
  }

  /** Types bytes; they reach the program in order unless this client is read-only. */
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += MAX_FRAME_BYTES) {
      this.#transport.write(encodeFrame(FRAME.input, bytes.subarray(at, at + MAX_FRAME_BYTES)));
    }
  }

  /** Tells the size of this client's terminal; it counts while this client is the owner. */
  resize(size: TerminalSize): void {
    this.#transport.write(encodeJsonFrame(FRAME.resize, inNumbers(size)));
  }

  /** All output so far is written: the worker may write to the `terminal` itself. */
  drawn(drawn: Drawn): void {
    this.#transport.write(encodeFrame(FRAME.drawn, encodeDrawn(drawn)));
  }

  /** The keys of `onTyped` are dealt with. */
  passed(next: Passed): void {
    this.#transport.write(encodeFrame(FRAME.passed, Uint8Array.of(next)));
  }

  /** What the worker is to do at the `terminal` if this process is killed; replaces the one before. */
  will(will: Will): void {
    this.#transport.write(encodeJsonFrame(FRAME.will, will));
  }

  /** Stops reading: the worker then drops output for this client and replays when it reads again. */
  pause(): void {
    this.#transport.pause();
  }

  resume(): void {
    this.#transport.resume();
  }

  /** Asks to leave; `ended` resolves when everything typed before has been taken. */
  detach(): void {
    this.#transport.write(encodeFrame(FRAME.detach));
  }

  /** Used by SessionConnection. */
  receive(frame: Frame): void {
    switch (frame.type) {
      case FRAME.output:
      case FRAME.replay:
        return this.#handlers.onOutput(frame.payload, this.#phase);
      case FRAME.typed:
        return this.#handlers.onTyped?.(frame.payload);
      case FRAME.shown:
        return this.#handlers.onShown?.(frame.payload);
      case FRAME.attached:
        this.#info = read(AttachedSchema, frame);
        this.#handlers.onAttached?.(this.#info.session);
        return this.#attaching.resolve();
      case FRAME.live:
        this.#phase = "live";
        return this.#handlers.onLive?.(read(LiveSchema, frame).offset);
      case FRAME.behind: {
        const { skipped, offset } = read(BehindSchema, frame);
        this.#phase = "replay";
        return this.#handlers.onBehind?.(skipped, offset);
      }
      case FRAME.event:
        return this.#handlers.onEvent?.(read(WorkerEventSchema, frame));
      case FRAME.detached: {
        const { reason, switch_to } = read(DetachedSchema, frame);
        const switched = reason === "switched" && switch_to !== undefined;
        return this.#ending.resolve(switched ? { reason: "switched", to: switch_to } : { reason: "detached" });
      }
      case FRAME.exit: {
        const { state, exit_code, exit_signal } = read(ExitSchema, frame);
        return this.#ending.resolve({ reason: "exited", state, exitCode: exit_code, exitSignal: exit_signal });
      }
    }
  }

  /** Used by SessionConnection when the connection is gone. */
  fail(error: BideError): void {
    this.#attaching.reject(error);
    this.#ending.resolve({ reason: "lost", message: error.message });
  }

  get #attachedInfo(): Attached {
    if (this.#info === undefined) throw new Error("not attached yet");
    return this.#info;
  }
}

/** A terminal may report no number at all (NaN), which JSON cannot say; the worker makes 0 usable. */
export function inNumbers<T extends TerminalSize>(size: T): T {
  const { rows, cols, xpixel, ypixel } = size;
  return { ...size, rows: finite(rows), cols: finite(cols), xpixel: finite(xpixel), ypixel: finite(ypixel) };
}

function finite(reported = 0): number {
  return Number.isFinite(reported) ? reported : 0;
}

function read<S extends v.GenericSchema>(schema: S, frame: Frame): v.InferOutput<S> {
  return unwrap(validate(schema, unwrap(parseJson(frame.payload)), `frame ${frame.type}`));
}
