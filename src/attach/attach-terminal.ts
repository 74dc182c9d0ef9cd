// Attaches a human's terminal to a session: keys go in, output comes out, and on every way out the terminal is
// as it was found. Called by `bide attach` and `bide open`. This file wires; the parts do: outer-terminal.ts
// (settings, size), keyboard.ts (in), session-display.ts (out), terminal-guard.ts (ends).

import { type Disposable, Disposables } from "../base/disposable.ts";
import { unwrap } from "../base/errors.ts";
import { compileAsUsual } from "../base/jit-policy.ts";
import type { Attach, AttachHandlers, Attachment, Session, SessionConnection, WorkerEvent } from "../client/index.ts";
import { type AttachResult, farewell, resultOf } from "./attach-result.ts";
import { DEFAULT_DETACH_KEY, type DetachKey, NO_DETACH_KEY } from "./detach-key.ts";
import { Keyboard } from "./keyboard.ts";
import { belowLastLine } from "./last-line.ts";
import { OuterTerminal } from "./outer-terminal.ts";
import type { Placement } from "./restore.ts";
import { SessionDisplay } from "./session-display.ts";
import { isStatusTheme, renderStatusRow, type StatusTheme } from "./status-row.ts";
import { type EndingSignal, guardTerminal, say } from "./terminal-guard.ts";

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
  compileAsUsual();
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
  readonly #keyboard: Keyboard;
  readonly #detachKey: DetachKey;
  readonly #parts = new Disposables();
  readonly #leaving = Promise.withResolvers<AttachResult["end"]>();
  #attachment: Attachment | undefined;
  #paused = false;
  #session: Session;
  #owner: string | null = null;

  constructor(options: AttachTerminalOptions, terminal: OuterTerminal) {
    this.#options = options;
    this.#terminal = terminal;
    this.#session = options.connection.session;
    this.#owner = this.#session.input_owner;
    this.#detachKey = options.raw ? NO_DETACH_KEY : (options.detachKey ?? DEFAULT_DETACH_KEY);
    this.#keyboard = this.#parts.add(
      new Keyboard({
        terminal,
        detachKey: this.#detachKey,
        raw: options.raw === true,
        readOnly: options.readOnly === true,
        leaving: this.#leaving.promise,
        onDetach: () => this.#leaving.resolve({ reason: "detached" }),
        onEnd: () => this.#leaving.resolve({ reason: "signal", signal: "SIGHUP" }),
      }),
    );
    terminal.makeRaw();
    this.#display = new SessionDisplay({
      terminal,
      rawReplay: options.replay === "raw",
      ...(this.#hasRow ? { renderRow: (cols: number) => this.#renderRow(cols) } : {}),
      onSize: (size) => this.#attachment?.resize(size),
      isDirect: () => this.#attachment?.direct === true,
      onDrawn: (drawn) => this.#attachment?.drawn(drawn),
      onUndo: (undo) => this.#attachment?.will({ undo, settings: terminal.settings }),
      onFull: () => this.#pause(true),
      onRoom: () => this.#pause(false),
      onGone: () => this.#leaving.resolve({ reason: "signal", signal: "SIGHUP" }),
    });
    this.#parts.add(
      guardTerminal({
        giveBack: () => {
          // Else the worker would do it once more.
          this.#attachment?.detach();
          this.#giveBack({ kind: "below-cursor" });
        },
        onSignal: (signal) => this.#signalled(signal),
        onContinued: () => this.#continued(),
      }),
    );
    this.#parts.add(terminal.onResize(() => this.#display.resized()));
  }

  async run(): Promise<AttachResult> {
    const { connection } = this.#options;
    const request = this.#request();
    // Else what is typed until the worker answers waits in the terminal, for whoever will read it.
    if (request.terminal === undefined) this.#keyboard.listen();
    try {
      const attachment = await connection.attach(request, this.#handlers());
      if (request.terminal !== undefined && !attachment.direct) this.#keyboard.listen();
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
    // A status row is drawn between what the program prints, so all of that has to come through here.
    const terminal = this.#hasRow ? undefined : this.#terminal.name(this.#detachKey);
    return { ...this.#display.size, read_only: readOnly, take, replay, scrollback, terminal };
  }

  #handlers(): AttachHandlers {
    return {
      onOutput: (bytes, phase) => this.#display.show(bytes, phase),
      onLive: () => {
        this.#display.live();
        this.#keyboard.live();
      },
      onBehind: () => {
        this.#keyboard.replay();
        this.#display.behind();
      },
      onTyped: (bytes) => this.#keyboard.brought(bytes),
      onShown: (bytes) => this.#display.follow(bytes),
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
    this.#keyboard.attached(attachment);
    this.#display.tellDrawn();
    this.#display.tellUndo();
    if (!this.#hasRow) return;
    // Tells how many clients there are; an older worker that cannot is no reason to stop.
    this.#options.connection.request("session.subscribe", {}).catch(() => {});
    this.#display.rowChanged();
  }

  get #hasRow(): boolean {
    return this.#options.status !== undefined && !this.#options.raw;
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
    // The worker looks at the keyboard again.
    this.#display.tellDrawn();
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
      await this.#letGo(attachment);
      this.#giveBack(complete ? placement : { kind: "below-row", row: this.#display.window.rows }, end);
    } else if (end.reason === "signal") {
      attachment.detach();
      if (attachment.direct) await this.#letGo(attachment);
    } else {
      await Promise.race([this.#display.close(false), this.#leaving.promise]);
    }
    this.#giveBack({ kind: "below-cursor" }, end);
    const line = farewell(this.#session.name, end);
    if (line !== undefined) say(line);
    return resultOf(end);
  }

  /** A worker that writes here itself stops first, so that nothing comes behind what gives the terminal back. */
  #signalled(signal: EndingSignal): void {
    if (this.#attachment?.direct !== true) this.#giveBack({ kind: "below-cursor" });
    this.#leaving.resolve({ reason: "signal", signal });
  }

  /** Resolves when the worker has left us. */
  async #letGo(attachment: Attachment): Promise<void> {
    if (this.#paused) attachment.resume();
    await Promise.race([attachment.ended, Bun.sleep(DETACH_MS)]);
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
