// The screen of a running session as the worker uses it: output goes in at any speed and is fed to the model
// at leisure (feed.ts), lines that leave the model are kept for `history`, questions of the program are
// answered when nobody's terminal does. Loaded by the worker only when it is needed.

import { concat } from "../base/byte-queue.ts";
import { VERSION } from "../base/version.ts";
import { ScreenFeed } from "./feed.ts";
import type { KeyboardMode } from "./keyboard-mode.ts";
import { LineHistory } from "./line-history.ts";
import type { Query } from "./query.ts";
import { answerQuery, DEFAULT_FACTS } from "./query-answers.ts";
import { asksOrNames } from "./query-scan.ts";
import { historyAnsi, historyText, type ScreenState, screenState } from "./read-out.ts";
import { Screen } from "./screen.ts";
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
}

/** Lines kept in the model; those above are text in `history`. 10,000 in the model would cost 16 to 25 MB. */
const MODEL_SCROLLBACK = 200;
/** Lines kept above the model's. */
const HISTORY_LINES = 10_000;

export class LiveScreen {
  /** Questions cannot wait: true while nobody else answers them. */
  urgent = false;
  readonly #screen: Screen;
  readonly #feed: ScreenFeed;
  readonly #history = new LineHistory(HISTORY_LINES);
  readonly #onTitle: () => void;
  #title = "";

  constructor(options: LiveScreenOptions) {
    const { rows, cols, earlier } = options;
    this.#onTitle = options.onTitle;
    this.#screen = new Screen({
      rows,
      cols,
      scrollback: MODEL_SCROLLBACK,
      onLineLeft: (line, wrapped) => this.#history.add(line, wrapped),
      onScrollbackErased: () => this.#history.clear(),
    });
    if (earlier !== undefined && earlier.length > 0) this.#putAbove(earlier);
    this.#screen.offset = options.offset;
    const facts = { ...DEFAULT_FACTS, version: VERSION };
    this.#screen.onQuery((query) => options.onQuery(query, (asked) => answerQuery(asked, facts)));
    this.#feed = new ScreenFeed(this.#screen, { maxHistory: HISTORY_LINES });
  }

  get title(): string {
    return this.#screen.state.titles.title;
  }

  /** What the program printed; copied. */
  output(bytes: Uint8Array): void {
    this.#feed.push(bytes);
    if (this.urgent && asksOrNames(bytes)) this.#feed.settle();
    this.#lookAtTitle();
  }

  resize(rows: number, cols: number): void {
    this.#feed.settle();
    this.#screen.resize(cols, rows);
  }

  /** The bytes that bring a terminal to this screen. `recent`: the session's last raw bytes, for `raw`. */
  replay(mode: ReplayMode, scrollback: number, recent: () => Uint8Array): Uint8Array {
    if (mode === "none") return new Uint8Array(0);
    if (mode === "raw") return recent();
    this.#feed.settle();
    return this.#screen.snapshot({
      target: "terminal",
      scrollback: mode === "full" ? scrollback : 0,
      outer: mode === "full" ? "keep" : "replace",
    });
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

  keyboardMode(): KeyboardMode {
    this.#feed.settle();
    return this.#screen.keyboardMode;
  }

  /** Scrollback and screen as lines that were printed; `lines`: the last so many. */
  history(format: "text" | "ansi", lines: number | undefined): Uint8Array {
    this.#feed.settle();
    const own = format === "text" ? historyText(this.#screen, { lines }) : historyAnsi(this.#screen, { lines });
    const have = own === "" ? 0 : own.split("\n").length - 1;
    const above = lines === undefined ? undefined : Math.max(0, lines - have);
    return concat([this.#history.read(format, above), encoder.encode(own)]);
  }

  /** Everything as text with SGR: the lines above the screen, and its rows. */
  linesAsAnsi(): { scrollback: Uint8Array; rows: string } {
    this.#feed.settle();
    const scrollback = concat([this.#history.read("ansi", undefined), scrollbackLines(this.#screen)]);
    return { scrollback, rows: screenLines(this.#screen) };
  }

  /** An earlier life's lines scroll up and away; what this life prints begins on an empty screen below them. */
  #putAbove(earlier: Uint8Array): void {
    const text = new TextDecoder().decode(earlier).replaceAll("\n", "\r\n");
    this.#screen.write(encoder.encode(`${text}\x1b[m${"\r\n".repeat(this.#screen.rows)}\x1b[H`));
  }

  #lookAtTitle(): void {
    const { title } = this;
    if (title === this.#title) return;
    this.#title = title;
    this.#onTitle();
  }
}

const encoder = new TextEncoder();
