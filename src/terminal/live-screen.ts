// The screen of a running session as the worker uses it: output goes in at any speed and is fed to the model
// at leisure (feed.ts), lines that leave the model are kept for `history`, questions of the program are
// answered when nobody's terminal does. Loaded by the worker only when it is needed.

import { concat } from "../base/byte-queue.ts";
import { VERSION } from "../base/version.ts";
import { ScreenFeed } from "./feed.ts";
import { insertedText } from "./inserted-text.ts";
import type { KeyboardMode } from "./keyboard-mode.ts";
import { LineHistory, lastLines, withoutBlankEnd, withoutStyles } from "./line-history.ts";
import type { Heard } from "./notifications.ts";
import { type CaptureOptions, captureRows, historyRows } from "./pane-capture.ts";
import { type ScreenFacts, screenFacts } from "./pane-facts.ts";
import type { Query } from "./query.ts";
import { answerQuery, DEFAULT_FACTS } from "./query-answers.ts";
import { historyAnsi, historyText, type ScreenState, screenState } from "./read-out.ts";
import { Screen } from "./screen.ts";
import { cellsHash } from "./screen-hash.ts";
import { withoutMarks } from "./shell-marks.ts";
import { screenLines, scrollbackLines } from "./snapshot-lines.ts";

export type ReplayMode = "full" | "screen" | "raw" | "none";

export interface LiveScreenOptions {
  readonly rows: number;
  readonly cols: number;
  /** Offset of the first byte of output to come. */
  readonly offset: number;
  /** Lines of an earlier life of the session, as text with SGR: they go above everything. */
  readonly earlier?: Uint8Array;
  readonly onQuery: (query: Query, reply: (query: Query) => Uint8Array | undefined) => void;
  /** The program named its window. */
  readonly onTitle: () => void;
  /** The program notified somebody, or told of its progress. */
  readonly onHeard?: (heard: Heard) => void;
}

/** Lines kept in the model; those above are text in `history`. 10,000 in the model would cost 16 to 25 MB. */
const MODEL_SCROLLBACK = 50;
/** Lines kept above the model's. */
const HISTORY_LINES = 10_000;

export class LiveScreen {
  /** Questions cannot wait: true while nobody else answers them. */
  urgent = false;
  readonly #screen: Screen;
  readonly #feed: ScreenFeed;
  readonly #history = new LineHistory(HISTORY_LINES);
  readonly #onTitle: () => void;
  /** The line that goes on from the history into the model was cut at a width that the screen no longer has. */
  #cutElsewhere = false;
  #title = "";

  constructor(options: LiveScreenOptions) {
    const { rows, cols, earlier } = options;
    this.#onTitle = options.onTitle;
    this.#screen = new Screen({
      rows,
      cols,
      scrollback: MODEL_SCROLLBACK,
      onLineLeft: (line, wrapped, continues) => {
        if (!continues || !wrapped) this.#cutElsewhere = false;
        this.#history.add(line, wrapped, continues);
      },
      onScrollbackErased: () => this.#history.clear(),
    });
    if (earlier !== undefined) this.#history.addText(earlier);
    this.#screen.offset = options.offset;
    this.#screen.state.titles.onChange = () => this.#lookAtTitle();
    if (options.onHeard !== undefined) this.#screen.state.notifications.onHeard = options.onHeard;
    const facts = { ...DEFAULT_FACTS, version: VERSION };
    this.#screen.onQuery((query) => options.onQuery(query, (asked) => answerQuery(asked, facts)));
    this.#feed = new ScreenFeed(this.#screen, (lines, count, ending) => this.#history.addLines(lines, count, ending), {
      wanted: HISTORY_LINES,
      forget: () => this.#history.clear(),
    });
  }

  get title(): string {
    return this.#screen.state.titles.title;
  }

  /** What the program printed; copied. `printed`: of how many of its bytes, where something was unwrapped. */
  output(bytes: Uint8Array, printed: number = bytes.length): void {
    this.#feed.push(bytes, printed);
    if (this.urgent && this.#feed.mayAsk) this.#feed.settle();
    this.#lookAtTitle();
  }

  resize(rows: number, cols: number): void {
    this.#feed.settle();
    this.#cutElsewhere ||= this.#history.unfinished && cols !== this.#screen.cols;
    this.#screen.resize(cols, rows);
  }

  /** Draws everything that waits, and asks what was asked in it. */
  settle(): void {
    this.#feed.settle();
  }

  /** The bytes that bring a terminal to this screen. `recent`: the session's last raw bytes, for `raw`. */
  replay(mode: ReplayMode, scrollback: number, recent: () => Uint8Array): Uint8Array {
    if (mode === "none") return new Uint8Array(0);
    if (mode === "raw") return recent();
    this.#feed.settle();
    if (mode === "screen") return this.#screen.snapshot({ target: "terminal", scrollback: 0, outer: "replace" });
    const above = this.#above(scrollback - this.#screen.rowsAbove);
    return this.#screen.snapshot({ target: "terminal", scrollback, outer: "keep", above });
  }

  /** For another model: see Screen.snapshot. */
  snapshot(scrollback: number): Uint8Array {
    this.#feed.settle();
    return this.#screen.snapshot({ target: "model", scrollback });
  }

  state(): ScreenState {
    this.#feed.settle();
    return screenState(this.#screen);
  }

  /** Equal as long as no cell changes: see cellsHash. */
  cells(): string {
    this.#feed.settle();
    return cellsHash(this.#screen);
  }

  keyboardMode(): KeyboardMode {
    this.#feed.settle();
    return this.#screen.keyboardMode;
  }

  /** What shows lines without the program knowing; undefined while they have no place: see insertedText. */
  inserted(lines: readonly string[]): string | undefined {
    this.#feed.settle();
    return insertedText(this.#screen, lines);
  }

  /** Scrollback and screen as lines that were printed; `lines`: the last so many. */
  history(format: "text" | "ansi", lines: number | undefined): Uint8Array {
    this.#feed.settle();
    const own = format === "text" ? historyText(this.#screen) : historyAnsi(this.#screen);
    // One more, for the last may be the beginning of the model's first.
    const kept = this.#kept(lines === undefined ? undefined : lines + 1);
    const above = format === "text" ? withoutStyles(kept) : withoutMarks(kept);
    const all = own === "" ? withoutBlankEnd(above) : concat([above, encoder.encode(own)]);
    return lines === undefined ? all : lastLines(all, lines);
  }

  /** Rows for tmux's `capture-pane`; null: asked for the hidden screen, and there is none. */
  capture(options: CaptureOptions): string | null {
    this.#feed.settle();
    const above = options.hidden || (options.start !== null && options.start >= 0) ? [] : this.#rowsAbove();
    return captureRows(this.#screen, above, options);
  }

  /** What tmux's formats tell about the screen, and how many rows are above it when `history` asks for them. */
  facts(history: boolean): ScreenFacts & { readonly history_rows: number } {
    this.#feed.settle();
    return { ...screenFacts(this.#screen), history_rows: history ? this.#rowsAbove().length : 0 };
  }

  /** Forgets every row above the screen. False: the program is in the middle of a sequence. */
  clearHistory(): boolean {
    this.#feed.settle();
    if (this.#screen.pendingInput.length > 0) return false;
    this.#screen.write(encoder.encode("\x1b[3J"), 0);
    this.#history.clear();
    return true;
  }

  #rowsAbove() {
    return historyRows(this.#screen, this.#kept(undefined));
  }

  /** Gives memory back while nothing happens; true while there is more to do. */
  rest(): boolean {
    this.#feed.settle();
    this.#screen.rest();
    return this.#history.compress();
  }

  /** Everything as text with SGR: the lines above the screen, and its rows. */
  linesAsAnsi(): { scrollback: Uint8Array; rows: string } {
    this.#feed.settle();
    const scrollback = concat([withoutMarks(this.#kept(undefined)), scrollbackLines(this.#screen)]);
    return { scrollback, rows: screenLines(this.#screen) };
  }

  /** The last of the lines above the model; unended only where the model's first row goes on with the last one. */
  #kept(lines: number | undefined): Uint8Array {
    if (!this.#screen.beginsInLine) this.#history.finishLine();
    return this.#history.read(lines);
  }

  /** The same to be drawn; a line that cannot go on in its own row is broken in two. */
  #above(lines: number): Uint8Array {
    const kept = this.#kept(Math.max(0, lines));
    const broken = this.#cutElsewhere && kept.length > 0 && kept[kept.length - 1] !== LINE_FEED;
    return broken ? concat([kept, Uint8Array.of(LINE_FEED)]) : kept;
  }

  #lookAtTitle(): void {
    const { title } = this;
    if (title === this.#title) return;
    this.#title = title;
    this.#onTitle();
  }
}

const LINE_FEED = 10;
const encoder = new TextEncoder();
