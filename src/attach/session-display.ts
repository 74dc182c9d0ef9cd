// The output side of one attach: a session's bytes on their way to the outer terminal, and the knowledge of
// what they did to it. Called by attach-terminal.ts. On the way: questions are taken out of a raw replay, the
// status row's guard rewrites what would reach the row, the writer never blocks, the tracker sees what was
// really written.

import { writeSync } from "node:fs";
import { monotonicMs } from "../base/clock.ts";
import { errnoOf } from "../base/errors.ts";
import type { TerminalSize } from "../protocol/attach-messages.ts";
import { type Drawn, MOST_STYLED_BYTES } from "../protocol/direct-frames.ts";
import { ModeTracker } from "./mode-tracker.ts";
import { type DirectTerminal, type OuterTerminal, STDOUT } from "./outer-terminal.ts";
import { QueryFilter } from "./query-filter.ts";
import { type Placement, undoModes, undoStacks } from "./restore.ts";
import { RowGuard } from "./row-guard.ts";
import { TerminalWriter } from "./terminal-writer.ts";

export interface DisplayOptions {
  readonly terminal: OuterTerminal;
  /** Text of the status row, as wide as asked, undefined as long as it is not known; absent: no row. */
  readonly renderRow?: (cols: number) => string | undefined;
  readonly rawReplay: boolean;
  /** The session's size has changed, because the window's did or the status row came or went. */
  onSize(size: TerminalSize): void;
  /** Whether the worker writes to this terminal too, when it knows that nothing of ours waits. */
  isDirect(): boolean;
  /** Only then, and after each time that it sent something. */
  onDrawn(drawn: Drawn): void;
  /** Only then, and soon after it has changed: what would give the terminal back from where it is now. */
  onUndo(undo: string): void;
  /** The terminal does not keep up: stop reading from the worker, or read again. */
  onFull(): void;
  onRoom(): void;
  /** The terminal was closed. */
  onGone(): void;
}

/** Puts the terminal's own title and icon name away, to be back at the end whatever the program makes of them. */
export const KEEP_TITLE = "\x1b[22;0t";
/** How long the program must have been silent before a stale status row is drawn: nothing is cut in two then. */
const QUIET_MS = 30;
/** How late the worker may know that a piece of a flood was written: telling it after each costs a twentieth of its time. */
const SOON_MS = 50;
/** Modes change in bursts, when a program begins or ends. */
const UNDO_MS = 50;
/** How long a terminal that takes nothing is waited for on the way out. */
const LEAVE_MS = 200;
const encoder = new TextEncoder();

export class SessionDisplay {
  readonly tracker = new ModeTracker();
  readonly #options: DisplayOptions;
  readonly #writer: TerminalWriter;
  readonly #direct: DirectTerminal | undefined;
  readonly #guard: RowGuard | undefined;
  #queries: QueryFilter | undefined;
  #size: Required<TerminalSize>;
  #told = "";
  #row: string | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  /** Bytes of the worker since we last said how far we are. */
  #written = 0;
  #followed = 0;
  #isLive = false;
  #telling = false;
  /** Until `tellDrawn`. */
  #soon: ReturnType<typeof setTimeout> | undefined;
  /** What was said last, and until it is said again. */
  #undo: string | undefined;
  #undoSoon: ReturnType<typeof setTimeout> | undefined;
  #begun = false;
  #left = false;
  #closed = false;

  constructor(options: DisplayOptions) {
    this.#options = options;
    this.#size = options.terminal.size;
    this.#direct = options.terminal.openDirect();
    this.#writer = new TerminalWriter({
      fd: STDOUT,
      direct: this.#direct,
      onWritten: (bytes) => this.tracker.push(bytes),
      onFull: () => options.onFull(),
      onRoom: () => options.onRoom(),
      onGone: () => options.onGone(),
    });
    const { renderRow } = options;
    if (renderRow !== undefined) {
      this.#guard = new RowGuard(this.#size, { render: renderRow, onRows: () => this.#tellSize() });
    }
    if (options.rawReplay) this.#queries = new QueryFilter();
    this.#told = JSON.stringify(this.size);
  }

  /** What the session is to fill. */
  get size(): Required<TerminalSize> {
    const rows = this.#guard?.sessionRows ?? this.#size.rows;
    const { xpixel, ypixel } = this.#size;
    return { rows, cols: this.#size.cols, xpixel, ypixel: Math.round((ypixel * rows) / this.#size.rows) };
  }

  /** The window itself, with the status row. */
  get window(): Required<TerminalSize> {
    return this.#size;
  }

  /** Shows what the worker sent. */
  show(bytes: Uint8Array, phase: "replay" | "live"): void {
    if (this.#closed) return;
    this.#begin();
    if (this.#guard !== undefined) this.#guard.replaying = phase === "replay";
    const asked = phase === "replay" && this.#queries !== undefined ? this.#queries.push(bytes) : bytes;
    this.#writer.write(this.#guard?.push(asked) ?? asked);
    if (this.#guard?.stale) this.#drawWhenQuiet();
    this.#written += bytes.length;
    this.#tellUndoSoon();
    if (bytes.length > MOST_STYLED_BYTES) this.#tellDrawnSoon();
    else this.tellDrawn();
  }

  /** The worker has written this to the terminal itself. */
  follow(bytes: Uint8Array): void {
    this.tracker.push(bytes);
    this.#followed += bytes.length;
    this.#tellUndoSoon();
    this.tellDrawn();
  }

  #tellDrawnSoon(): void {
    this.#soon ??= setTimeout(() => this.tellDrawn(), SOON_MS);
  }

  /** At once, and what comes soon after all together. */
  #tellUndoSoon(): void {
    if (this.#undoSoon !== undefined) return;
    this.tellUndo();
    this.#undoSoon = setTimeout(() => {
      this.#undoSoon = undefined;
      this.tellUndo();
    }, UNDO_MS);
  }

  /** Says how the terminal would be given back. */
  tellUndo(): void {
    if (this.#closed || !this.#options.isDirect()) return;
    const undo = undoModes(this.tracker, this.#size, { kind: "below-cursor" });
    if (undo === this.#undo) return;
    this.#undo = undo;
    this.#options.onUndo(undo);
  }

  /** Says how far we are, once nothing waits. */
  tellDrawn(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    if (this.#closed || !this.#isLive || this.#telling || !this.#options.isDirect()) return;
    this.#begin();
    if (this.#writer.waiting > 0) {
      this.#telling = true;
      void this.#writer.drained().then(() => {
        this.#telling = false;
        this.tellDrawn();
      });
      return;
    }
    const drawn = { written: this.#written, followed: this.#followed, ground: this.tracker.parser.ground };
    this.#written = 0;
    this.#followed = 0;
    this.#options.onDrawn(drawn);
  }

  /** The next replay is drawn over what an earlier one, and the program, left on the terminal's stacks. */
  behind(): void {
    this.#isLive = false;
    if (!this.#begun || this.#closed) return;
    this.#writer.writeMade(() => encoder.encode(undoStacks(this.tracker) + KEEP_TITLE));
  }

  /** A replay is over, even an empty one. */
  live(): void {
    if (this.#closed) return;
    this.#isLive = true;
    if (this.#guard !== undefined) {
      this.#begin();
      this.#text(this.#guard.draw());
    }
    this.tellDrawn();
  }

  /** The status row says something new. */
  rowChanged(): void {
    const row = this.#options.renderRow?.(this.#size.cols);
    if (this.#guard === undefined || this.#closed || row === this.#row) return;
    const first = this.#row === undefined;
    this.#row = row;
    this.#guard.changed();
    if (first) this.#text(this.#guard.draw());
    if (this.#guard.stale) this.#drawWhenQuiet();
  }

  /** The window may have another size. */
  resized(): void {
    if (this.#closed) return;
    const size = this.#options.terminal.size;
    const changed = size.rows !== this.#size.rows || size.cols !== this.#size.cols;
    this.#size = size;
    if (changed) this.#text(this.#guard?.resize(size) ?? "");
    this.#tellSize();
  }

  /** Shows nothing more: what waits is dropped when `drop`, else written first. */
  async close(drop: boolean): Promise<{ complete: boolean }> {
    this.#closed = true;
    this.#stopTimers();
    const complete = !drop || this.#writer.waiting === 0;
    if (drop) this.#writer.discard();
    await (drop ? Promise.race([this.#writer.drained(), Bun.sleep(LEAVE_MS)]) : this.#writer.drained());
    return { complete };
  }

  /** Gives the terminal its modes back, at once and whatever is under way. Once. */
  leave(placement: Placement): void {
    if (this.#left) return;
    this.#left = true;
    this.#closed = true;
    this.#stopTimers();
    if (this.#guard !== undefined) this.#writeNow(this.#guard.stop());
    this.#writeNow(undoModes(this.tracker, this.#size, placement));
  }

  /** Changes nothing on the terminal before there is something to show. */
  #begin(): void {
    if (!this.#begun) this.#text(KEEP_TITLE + (this.#guard?.start() ?? ""));
    this.#begun = true;
  }

  #text(text: string): void {
    if (text !== "") this.#writer.write(encoder.encode(text));
  }

  #tellSize(): void {
    const size = this.size;
    const told = JSON.stringify(size);
    if (told === this.#told || this.#closed) return;
    this.#told = told;
    this.#options.onSize(size);
  }

  #stopTimers(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#soon);
    clearTimeout(this.#undoSoon);
  }

  #drawWhenQuiet(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#text(this.#guard?.draw() ?? ""), QUIET_MS);
  }

  /** Synchronous, because the process may be about to end; gives up on a terminal that takes nothing. */
  #writeNow(text: string): void {
    const until = monotonicMs() + LEAVE_MS;
    let rest: Uint8Array = encoder.encode(text);
    while (rest.length > 0 && !this.#writer.gone) {
      try {
        const count = writeSync(this.#direct?.fd ?? STDOUT, rest);
        this.tracker.push(rest.subarray(0, count));
        rest = rest.subarray(count);
      } catch (error) {
        if (errnoOf(error) !== "EAGAIN" || monotonicMs() > until) return;
        Bun.sleepSync(2);
      }
    }
  }
}
