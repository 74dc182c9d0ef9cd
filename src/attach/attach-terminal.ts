// Attaches a human's terminal to a session: keys go in, output comes out, and on every way out the terminal is
// as it was found. Called by `bide attach` and `bide open`. This file wires; the parts do: outer-terminal.ts
// (settings, size), typed-input.ts and key-filter.ts (in), session-display.ts (out), terminal-guard.ts (ends).

import { type Disposable, Disposables } from "../base/disposable.ts";
import { unwrap } from "../base/errors.ts";
import type { Attach, AttachHandlers, Attachment, Session, SessionConnection, WorkerEvent } from "../client/index.ts";
import { type AttachResult, farewell, resultOf } from "./attach-result.ts";
import { DEFAULT_DETACH_KEY, type DetachKey, NO_DETACH_KEY } from "./detach-key.ts";
import { KeyFilter } from "./key-filter.ts";
import { belowLastLine } from "./last-line.ts";
import { OuterTerminal } from "./outer-terminal.ts";
import { ReplyFilter } from "./reply-filter.ts";
import type { Placement } from "./restore.ts";
import { SessionDisplay } from "./session-display.ts";
import { isStatusTheme, renderStatusRow, type StatusTheme } from "./status-row.ts";
import { guardTerminal, say } from "./terminal-guard.ts";
import { whenTaken } from "./typed-back-pressure.ts";

export interface AttachTerminalOptions {
  readonly connection: SessionConnection;
  /**
   * A terminal to use and to leave raw when the client is switched to another session: pass it again then, and
   * dispose it at the end. Without it the terminal is opened and given back here.
   */
  readonly terminal?: OuterTerminal;
  readonly readOnly?: boolean;
  readonly take?: boolean;
  readonly replay?: Attach["replay"];
  /** Lines above the screen that a `full` replay brings. */
  readonly scrollback?: number;
  /** Bytes only: no detach key, no status row. */
  readonly raw?: boolean;
  readonly detachKey?: DetachKey;
  /** Show the status row; without a theme in the session's own, or blue. */
  readonly status?: { readonly theme?: StatusTheme };
}

/** How long a worker may take to say that we are detached. */
const DETACH_MS = 1000;

/**
 * Resolves when this terminal is no longer attached and is as it was found.
 *
 * @throws BideError `not_a_terminal`, `session_ended`, `worker_unreachable`: the terminal is as it was then, too.
 */
export async function attachTerminal(options: AttachTerminalOptions): Promise<AttachResult> {
  const terminal = options.terminal ?? unwrap(OuterTerminal.open());
  const attach = new TerminalAttach(options, terminal);
  try {
    return await attach.run();
  } finally {
    attach.dispose();
    if (options.terminal === undefined) terminal.dispose();
  }
}

class TerminalAttach implements Disposable {
  readonly #options: AttachTerminalOptions;
  readonly #terminal: OuterTerminal;
  readonly #display: SessionDisplay;
  readonly #filter: KeyFilter;
  readonly #detachKey: DetachKey;
  readonly #parts = new Disposables();
  readonly #leaving = Promise.withResolvers<AttachResult["end"]>();
  #replies: ReplyFilter | undefined = new ReplyFilter();
  #attachment: Attachment | undefined;
  #paused = false;
  #session: Session;
  #owner: string | null = null;
  #typedBefore: Uint8Array[] = [];

  constructor(options: AttachTerminalOptions, terminal: OuterTerminal) {
    this.#options = options;
    this.#terminal = terminal;
    this.#session = options.connection.session;
    this.#owner = this.#session.input_owner;
    this.#detachKey = options.raw ? NO_DETACH_KEY : (options.detachKey ?? DEFAULT_DETACH_KEY);
    this.#filter = this.#parts.add(
      new KeyFilter({ detachKey: this.#detachKey, onExpired: (bytes) => void this.#type(bytes) }),
    );
    terminal.makeRaw();
    const row = options.status !== undefined && !options.raw;
    this.#display = new SessionDisplay({
      terminal,
      rawReplay: options.replay === "raw",
      ...(row ? { renderRow: (cols: number) => this.#renderRow(cols) } : {}),
      onSize: (size) => this.#attachment?.resize(size),
      onFull: () => this.#pause(true),
      onRoom: () => this.#pause(false),
      onGone: () => this.#leaving.resolve({ reason: "signal", signal: "SIGHUP" }),
    });
    this.#parts.add(
      guardTerminal({
        giveBack: () => this.#giveBack({ kind: "below-cursor" }),
        onSignal: (signal) => this.#leaving.resolve({ reason: "signal", signal }),
        onContinued: () => this.#continued(),
      }),
    );
    this.#parts.add(terminal.onResize(() => this.#display.resized()));
  }

  async run(): Promise<AttachResult> {
    const { connection } = this.#options;
    this.#parts.add(
      this.#terminal.input.listen({
        onBytes: (bytes) => this.#typed(bytes),
        onEnd: () => this.#leaving.resolve({ reason: "signal", signal: "SIGHUP" }),
      }),
    );
    try {
      const attachment = await connection.attach(this.#request(), this.#handlers());
      this.#attached(attachment);
      const end = await Promise.race([attachment.ended, this.#leaving.promise]);
      return await this.#end(end, attachment);
    } catch (error) {
      this.#giveBack({ kind: "stay" });
      throw error;
    }
  }

  dispose(): void {
    this.#parts.dispose();
  }

  #request(): Attach {
    const { readOnly = false, take = false, replay, scrollback } = this.#options;
    return { ...this.#display.size, read_only: readOnly, take, replay, scrollback };
  }

  #handlers(): AttachHandlers {
    return {
      onOutput: (bytes, phase) => this.#display.show(bytes, phase),
      onLive: () => {
        this.#display.live();
        const held = this.#replies?.end();
        this.#replies = undefined;
        if (held !== undefined) void this.#send(held);
      },
      onBehind: () => {
        this.#replies ??= new ReplyFilter();
        this.#display.behind();
      },
      onEvent: (event) => this.#event(event),
    };
  }

  #attached(attachment: Attachment): void {
    this.#attachment = attachment;
    this.#session = attachment.session;
    this.#owner = attachment.session.input_owner;
    if (this.#paused) attachment.pause();
    // The window may have changed while the worker answered.
    this.#display.resized();
    for (const bytes of this.#typedBefore) attachment.write(bytes);
    this.#typedBefore = [];
    if (this.#options.status === undefined || this.#options.raw) return;
    // Tells how many clients there are; an older worker that cannot is no reason to stop.
    this.#options.connection.request("session.subscribe", {}).catch(() => {});
    this.#display.rowChanged();
  }

  /** What came from the keyboard. */
  #typed(bytes: Uint8Array): Promise<void> | undefined {
    const { send, detach } = this.#filter.push(bytes);
    const taken = this.#type(send);
    if (detach) this.#leaving.resolve({ reason: "detached" });
    return taken;
  }

  #type(bytes: Uint8Array): Promise<void> | undefined {
    return this.#send(this.#replies === undefined || this.#options.raw ? bytes : this.#replies.push(bytes));
  }

  #send(bytes: Uint8Array): Promise<void> | undefined {
    if (bytes.length === 0 || this.#options.readOnly) return undefined;
    if (this.#attachment === undefined) {
      this.#typedBefore.push(bytes.slice());
      return undefined;
    }
    this.#attachment.write(bytes);
    return whenTaken(this.#attachment, this.#leaving.promise);
  }

  #event(event: WorkerEvent): void {
    if (event.session !== undefined) {
      this.#session = event.session;
      this.#owner = event.session.input_owner;
    }
    if (event.event === "owner_changed") this.#owner = typeof event.client_id === "string" ? event.client_id : null;
    this.#display.rowChanged();
  }

  #pause(paused: boolean): void {
    this.#paused = paused;
    if (paused) this.#attachment?.pause();
    else this.#attachment?.resume();
  }

  /** Others used the terminal while we were stopped; a change of size makes most programs draw again. */
  #continued(): void {
    // The kernel continues whoever it tells that the window was closed: then there is nobody to draw for.
    if (!this.#terminal.makeRaw()) return;
    this.#display.resized();
    if (this.#options.readOnly) return;
    const { size } = this.#display;
    this.#attachment?.resize({ ...size, rows: Math.max(1, size.rows - 1) });
    this.#attachment?.resize(size);
  }

  async #end(end: AttachResult["end"], attachment: Attachment): Promise<AttachResult> {
    if (end.reason === "detached" || end.reason === "switched") {
      const placement = end.reason === "switched" ? ({ kind: "stay" } as const) : await this.#belowSession();
      const { complete } = await this.#display.close(true);
      if (end.reason === "detached") attachment.detach();
      if (this.#paused) attachment.resume();
      await Promise.race([attachment.ended, Bun.sleep(DETACH_MS)]);
      this.#giveBack(complete ? placement : { kind: "below-row", row: this.#display.window.rows }, end);
    } else if (end.reason !== "signal") {
      await Promise.race([this.#display.close(false), this.#leaving.promise]);
    }
    this.#giveBack({ kind: "below-cursor" }, end);
    const line = farewell(this.#session.name, end);
    if (line !== undefined) say(line);
    return resultOf(end);
  }

  async #belowSession(): Promise<Placement> {
    if (this.#display.tracker.inAlternate) return { kind: "below-cursor" };
    return belowLastLine(this.#options.connection, this.#display.size);
  }

  /** Idempotent: modes first, then settings. A switched client keeps the terminal raw for the next session. */
  #giveBack(placement: Placement, end?: AttachResult["end"]): void {
    this.#display.leave(placement);
    if (end?.reason !== "switched" || this.#options.terminal === undefined) this.#terminal.restore();
  }

  /** Undefined until the worker has said which client we are. */
  #renderRow(cols: number): string | undefined {
    if (this.#attachment === undefined) return undefined;
    const { name, state, attached_clients: clients, status_theme } = this.#session;
    const owner = this.#owner === this.#attachment.clientId;
    const part = this.#options.readOnly ? "observer" : owner ? "owner" : "guest";
    const own = isStatusTheme(status_theme) ? status_theme : "blue";
    const facts = { name, state, clients, part, detachKey: this.#detachKey.label } as const;
    return renderStatusRow(facts, this.#options.status?.theme ?? own, cols);
  }
}
