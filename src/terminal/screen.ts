// The screen of a session: bytes of a program go in, at any chunking, and what a terminal would show comes out.
// The worker holds one, loaded lazily. This file wires the engine, the state tracked beside it and the limits;
// snapshot.ts writes it out, read-out.ts describes it, history.ts encodes the lines that leave it.

import { concat } from "../base/byte-queue.ts";
import type { Disposable } from "../base/disposable.ts";
import { learnCharsets } from "./charsets.ts";
import { installColumnMode } from "./column-mode.ts";
import { installFastPrint } from "./fast-print.ts";
import { LeavingLines, type LineLeft } from "./history.ts";
import type { KeyboardMode } from "./keyboard-mode.ts";
import { installLimits } from "./limits.ts";
import { listenQueries } from "./listen-queries.ts";
import { installMarginEdits } from "./margin-edits.ts";
import { installMarginMoves } from "./margin-moves.ts";
import { installMarginPrint } from "./margin-print.ts";
import { Margins } from "./margins.ts";
import { PendingInput } from "./pending-input.ts";
import type { QueryHandler } from "./query.ts";
import { installRepairs, trimAlternate, trimTabs } from "./repairs.ts";
import { shareSettings } from "./shared-settings.ts";
import { type SnapshotOptions, writeSnapshot } from "./snapshot.ts";
import { TrackedState } from "./tracked-state.ts";
import { type Engine, openEngine } from "./xterm-internals.ts";

export interface ScreenOptions {
  /** 1 to 1000; the engine has no screen narrower than 2 columns. */
  readonly rows: number;
  readonly cols: number;
  /** Lines kept above the screen; 10,000 would cost 16 to 25 MB. */
  readonly scrollback?: number;
  /** A line left the scrollback: see LineLeft. */
  readonly onLineLeft?: LineLeft;
  /** The program threw its scrollback away (CSI 3 J, ESC c). */
  readonly onScrollbackErased?: () => void;
}

/** Characters, 4 bytes each: as many as the engine itself begins with. */
const RESTING_CHUNK = 4096;
const encoder = new TextEncoder();

export class Screen implements Disposable {
  /** Of the next byte in the life of the session; the owner may set it after a replay. */
  offset = 0;
  readonly engine: Engine;
  readonly state: TrackedState;
  readonly margins: Margins;
  /** Lines kept above the screen at most. */
  readonly scrollback: number;
  readonly #pending: PendingInput;
  readonly #leaving: LeavingLines;
  #query: QueryHandler = () => {};

  constructor(options: ScreenOptions) {
    const { rows, cols, scrollback = 1000, onLineLeft } = options;
    const engine = openEngine({ rows, cols, scrollback });
    this.engine = engine;
    this.scrollback = scrollback;
    learnCharsets(engine);
    this.margins = new Margins(engine);
    const { index, insert } = installMarginEdits(engine, this.margins);
    installMarginMoves(engine, this.margins, { index });
    installMarginPrint(engine, this.margins, index, insert);
    installFastPrint(engine, this.margins);
    installLimits(engine);
    installRepairs(engine);
    shareSettings(engine);
    this.state = new TrackedState(engine, {
      palette: (index) => this.#query({ kind: "osc-palette", index, rgb: this.state.colours.paletteRgb(index) }),
      special: (target) => {
        if (target === 10 || target === 11 || target === 12 || target === 17 || target === 19) {
          this.#query({ kind: "osc-colour", target, rgb: this.state.colours.specialRgb(target) });
        }
      },
      scrollbackErased: () => options.onScrollbackErased?.(),
    });
    installColumnMode(engine, this.state.modes);
    listenQueries(engine, this.state, this.margins, (query) => this.#query(query));
    this.#leaving = new LeavingLines(engine, this.state, onLineLeft);
    this.#pending = new PendingInput(engine);
  }

  get rows(): number {
    return this.engine.rows;
  }

  get cols(): number {
    return this.engine.cols;
  }

  /** Feeds bytes, all of them before it returns; never throws. `advance`: how far they move the offset. */
  write(bytes: Uint8Array, advance: number = bytes.length): void {
    if (bytes.length > 0) {
      this.engine.writeSync(bytes);
      this.#pending.fed(bytes);
    }
    this.offset += advance;
  }

  /** Sizes below what the engine can hold (2 columns, 1 row) are raised to it. */
  resize(cols: number, rows: number): void {
    this.margins.settleCursor();
    this.#leaving.resize(cols, rows);
    this.margins.resized();
    trimAlternate(this.engine);
    trimTabs(this.engine);
    this.state.savedCursors.resized(this.rows);
    // The character printed last may be anywhere now; nothing joins it any more.
    this.engine._inputHandler._parser.precedingJoinState = 0;
  }

  /** Hands all lines above the cursor to onLineLeft ahead of their time: see LeavingLines.takeAboveCursor. */
  takeLinesAboveCursor(): boolean {
    return this.pendingInput.length === 0 && this.#leaving.takeAboveCursor();
  }

  /**
   * Begins a new row at the bottom of the normal screen and keeps those above it from onLineLeft. Only the pen matters
   * afterwards: the caller promises that so many rows follow that all of them leave before anything else happens.
   */
  scrollAway(): void {
    this.write(encoder.encode("\r\n".repeat(this.rows)), 0);
    this.#leaving.forgetAboveCursor();
  }

  /** Rows above the screen. */
  get rowsAbove(): number {
    return this.engine._bufferService.buffers.normal.ybase;
  }

  /** The first of these rows continues a line that has left. */
  get beginsInLine(): boolean {
    return this.engine._bufferService.buffers.normal.lines.get(0)?._isWrapped === true;
  }

  /** Who hears the program's queries; without a handler nobody answers. */
  onQuery(handler: QueryHandler): void {
    this.#query = handler;
  }

  /** Bytes of a character or sequence that is not complete yet. */
  get pendingInput(): Uint8Array {
    return this.#pending.bytes;
  }

  get keyboardMode(): KeyboardMode {
    const dec = this.engine.coreService.decPrivateModes;
    return {
      applicationCursor: dec.applicationCursorKeys,
      applicationKeypad: dec.applicationKeypad,
      bracketedPaste: dec.bracketedPasteMode,
      kittyFlags: this.state.keyboard.current.flags,
      modifyOtherKeys: this.state.keyboard.modifyOtherKeys,
      lineFeedMode: this.engine.options.convertEol,
    };
  }

  /** The bytes that bring a terminal, or another Screen, to this state: see SnapshotOptions. */
  snapshot(options: SnapshotOptions): Uint8Array {
    const outer = options.target === "terminal" ? options.outerSize : undefined;
    if (outer === undefined || (outer.rows >= this.rows && outer.cols >= this.cols))
      return writeSnapshot(this, options);
    const { rows, cols, scrollback } = this;
    const smaller = new Screen({ rows, cols, scrollback });
    smaller.write(writeSnapshot(this, { target: "model", scrollback: options.scrollback }));
    smaller.resize(Math.min(cols, outer.cols), Math.min(rows, outer.rows));
    // What was cut at the old width does not end at the edge of the new one.
    const above = options.above === undefined ? undefined : endLastLine(options.above);
    const bytes = writeSnapshot(smaller, { ...options, ...(above && { above }) });
    smaller.dispose();
    return bytes;
  }

  /** Gives back the memory that a burst took for its chunks. */
  rest(): void {
    const input = this.engine._inputHandler;
    if (input._parseBuffer.length > RESTING_CHUNK) input._parseBuffer = new Uint32Array(RESTING_CHUNK);
  }

  dispose(): void {
    this.engine.dispose();
  }
}

function endLastLine(lines: Uint8Array): Uint8Array {
  return lines.length === 0 || lines[lines.length - 1] === 10 ? lines : concat([lines, Uint8Array.of(10)]);
}
