// The input side of one attach: what is typed on its way to the session. Called by attach-terminal.ts. On the way: the
// detach key is taken out, and while a replay is drawn what the terminal answers to it. Keys are read here, or by the
// worker at this terminal (docs/protocol.md, "At the client's terminal"), which then brings those that it cannot judge.

import { type Disposable, Disposables } from "../base/disposable.ts";
import type { Attachment } from "../client/index.ts";
import { PASSED } from "../protocol/direct-frames.ts";
import type { DetachKey } from "./detach-key.ts";
import { KeyFilter } from "./key-filter.ts";
import type { OuterTerminal } from "./outer-terminal.ts";
import { ReplyFilter } from "./reply-filter.ts";
import { whenTaken } from "./typed-back-pressure.ts";
import { UnreadKeys } from "./unread-keys.ts";

export interface KeyboardOptions {
  readonly terminal: OuterTerminal;
  readonly detachKey: DetachKey;
  /** Every byte is typed. */
  readonly raw: boolean;
  /** Nothing is typed; the detach key counts all the same. */
  readonly readOnly: boolean;
  /** Settles when no more is to be typed. */
  readonly leaving: Promise<unknown>;
  /** The detach key was pressed. */
  onDetach(): void;
  /** The terminal was closed. */
  onEnd(): void;
}

export class Keyboard implements Disposable {
  readonly #options: KeyboardOptions;
  readonly #filter: KeyFilter;
  readonly #parts = new Disposables();
  #replies: ReplyFilter | undefined = new ReplyFilter();
  #attachment: Attachment | undefined;
  /** Typed before the worker has said that we are attached. */
  #early: Uint8Array[] = [];
  /** The same, read by the worker. */
  #brought: Uint8Array | undefined;
  #unread: UnreadKeys | undefined;

  constructor(options: KeyboardOptions) {
    this.#options = options;
    this.#filter = this.#parts.add(
      new KeyFilter({ detachKey: options.detachKey, onExpired: (bytes) => void this.#type(bytes) }),
    );
  }

  /** Reads the keyboard in this process from now on. */
  listen(): void {
    const { terminal, onEnd } = this.#options;
    this.#parts.add(terminal.input.listen({ onBytes: (bytes) => this.#typed(bytes), onEnd }));
  }

  attached(attachment: Attachment): void {
    this.#attachment = attachment;
    for (const bytes of this.#early) attachment.write(bytes);
    this.#early = [];
    if (!attachment.direct) return;
    this.#unread = this.#parts.add(
      new UnreadKeys(() => {
        attachment.passed(PASSED.mine);
        this.listen();
      }),
    );
    const brought = this.#brought;
    this.#brought = undefined;
    if (brought !== undefined) this.brought(brought);
  }

  /** Keys that the worker read, valid during the call; none: it reads no more. */
  brought(bytes: Uint8Array): void {
    const attachment = this.#attachment;
    if (attachment === undefined) {
      this.#brought = bytes.slice();
      return;
    }
    if (bytes.length === 0) {
      this.#unread?.dispose();
      this.listen();
      return;
    }
    const passOn = () => attachment.passed(this.#holds ? PASSED.held : PASSED.straight);
    const taken = this.#typed(bytes);
    if (taken === undefined) passOn();
    else void taken.then(passOn);
  }

  /** A replay is coming. */
  replay(): void {
    this.#replies ??= new ReplyFilter();
  }

  /** The replay is over. */
  live(): void {
    const held = this.#replies?.end();
    this.#replies = undefined;
    if (held !== undefined) void this.#send(held);
  }

  dispose(): void {
    this.#parts.dispose();
  }

  /** What comes next may be part of something that was begun. */
  get #holds(): boolean {
    return !this.#filter.idle || (this.#replies !== undefined && !this.#options.raw);
  }

  #typed(bytes: Uint8Array): Promise<void> | undefined {
    const { send, detach } = this.#filter.push(bytes);
    const taken = this.#type(send);
    if (detach) this.#options.onDetach();
    return taken;
  }

  #type(bytes: Uint8Array): Promise<void> | undefined {
    return this.#send(this.#replies === undefined || this.#options.raw ? bytes : this.#replies.push(bytes));
  }

  #send(bytes: Uint8Array): Promise<void> | undefined {
    if (bytes.length === 0 || this.#options.readOnly) return undefined;
    if (this.#attachment === undefined) {
      this.#early.push(bytes.slice());
      return undefined;
    }
    this.#attachment.write(bytes);
    return whenTaken(this.#attachment, this.#options.leaving);
  }
}
