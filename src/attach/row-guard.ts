// Keeps the bottom line of the outer terminal for the status row while a program draws above it. Called by
// attach-terminal.ts with every byte for the terminal. How: the scroll region ends above the row (lines that
// scroll off its top still go to the terminal's scrollback), sequences that would reach the row or undo the
// region are rewritten, and the row is drawn only where that cannot show in the program's output
// (drawing-moment.ts). On the alternate screen there is no row.

import type { ControlParser } from "./control-parser.ts";
import { DrawingMoment } from "./drawing-moment.ts";
import { onStatusLine, regionAbove, stopAbove, withoutStatusLine } from "./row-sequences.ts";
import { SequenceRewriter } from "./sequence-rewriter.ts";
import { ALTERNATE_SCREENS } from "./switched-modes.ts";

export interface RowGuardOptions {
  /** The row's text, exactly as wide as the terminal; undefined while nobody knows what to say. */
  render(cols: number): string | undefined;
  /** The row appeared or went (the alternate screen, mostly): the session has one row less or more now. */
  onRows(): void;
}

export interface GuardedSize {
  readonly rows: number;
  readonly cols: number;
}

/** A terminal with fewer rows shows no status row. */
const MIN_ROWS = 3;

export class RowGuard {
  readonly #options: RowGuardOptions;
  readonly #rewriter: SequenceRewriter;
  readonly #moment = new DrawingMoment();
  #size: GuardedSize;
  #alternate = false;
  #started = false;
  /** The row on the terminal is gone or says something old. */
  #stale = false;
  /** There is a row on the terminal. */
  #drawn = false;
  /** The region was lost at a moment when it could not be set again: no row until it can. */
  #suspended = false;
  /** The program's own scroll region ends above its last line: what it writes below could reach the row. */
  #ownRegion = false;

  constructor(size: GuardedSize, options: RowGuardOptions) {
    this.#size = size;
    this.#options = options;
    this.#rewriter = new SequenceRewriter({
      rewrite: (parser) => this.#rewrite(parser),
      onText: (text) => this.#moment.column.text(text),
      holdStrings: false,
    });
  }

  /** Rows that the session has: one less while the status row is shown. */
  get sessionRows(): number {
    return this.#shown ? this.#size.rows - 1 : this.#size.rows;
  }

  /** A replay is written by us: a cursor that it saves and brings back is not the program's. */
  set replaying(value: boolean) {
    this.#moment.replaying = value;
  }

  /**
   * Makes room on the terminal as it is found, before the first byte of the session; once. The row is not drawn yet:
   * the replay clears the screen, and terminals that keep what is cleared would keep it too.
   */
  start(): string {
    if (this.#started) return "";
    this.#started = true;
    this.#stale = true;
    if (!this.#shown) return "";
    this.#moment.overwritten();
    // From the last line the cursor goes up one, and what stood there with it.
    return `\n\x1b[A\x1b7${regionAbove(this.#size.rows)}\x1b8`;
  }

  /** What the terminal gets instead of the program's bytes. */
  push(bytes: Uint8Array): Uint8Array {
    const out = this.#rewriter.push(bytes);
    this.#moment.sawTail(bytes);
    return out;
  }

  /** The row's text has changed: it is to be drawn again when it may be. */
  changed(): void {
    this.#stale = true;
  }

  /** What draws a row that is `stale`; empty when there is nothing to draw or this is not the moment. */
  draw(): string {
    if (!this.#started || !this.#rewriter.parser.ground || this.#moment.insideCharacter) return "";
    if (this.#suspended && !this.#alternate && !this.#ownRegion) return this.#reserve();
    return this.#stale ? this.#drawHere() : "";
  }

  get stale(): boolean {
    return (this.#suspended && !this.#ownRegion && !this.#alternate) || (this.#stale && this.#shown);
  }

  /** The terminal has another size, and lost region and row with the old one. */
  resize(size: GuardedSize): string {
    this.#size = size;
    if (this.#alternate || !this.#started) return "";
    this.#suspended = true;
    return this.draw();
  }

  /** Takes the row and the region away; the cursor stays where it is. */
  stop(): string {
    if (!this.#shown || !this.#started) return "";
    return (this.#rewriter.parser.ground ? "" : "\x1b\\") + withoutStatusLine(this.#size.rows, this.#moment.origin);
  }

  get #shown(): boolean {
    return !this.#alternate && !this.#suspended && !this.#ownRegion && this.#size.rows >= MIN_ROWS;
  }

  /** Between two sequences. */
  #drawHere(): string {
    this.#stale = true;
    const row = this.#options.render(this.#size.cols);
    if (!this.#shown || row === undefined || !this.#moment.good(this.#size.cols)) return "";
    this.#stale = false;
    this.#drawn = true;
    return this.#onRow(row);
  }

  /** Before the screen is cleared: terminals that keep what is cleared in their scrollback keep no row. */
  #erase(): string {
    if (!this.#drawn || !this.#moment.good(this.#size.cols)) return "";
    this.#drawn = false;
    return this.#onRow("\x1b[m\x1b[2K");
  }

  #onRow(text: string): string {
    this.#moment.overwritten();
    return onStatusLine(text, this.#size.rows, this.#moment.origin);
  }

  /** Sets the region and draws the row, or does without both when the program's saved cursor is in the way. */
  #reserve(): string {
    this.#suspended = !this.#moment.good(this.#size.cols) || this.#size.rows < MIN_ROWS;
    this.#options.onRows();
    if (this.#suspended) return "";
    this.#moment.overwritten();
    const origin = this.#moment.origin ? "\x1b[?6h" : "";
    return `\x1b7${regionAbove(this.#size.rows)}${origin}\x1b8${this.#drawHere()}`;
  }

  #rewrite(parser: ControlParser): string | undefined {
    if (parser.event === "string") return this.#string(parser);
    if (parser.event === "escape") return this.#escape(parser);
    if (parser.intermediate === 0x21 && parser.final === 0x70) return this.#afterReset("\x1b[!p");
    if (parser.intermediate !== 0) return undefined;
    if (parser.prefix === 0x3f) return this.#private(parser, String.fromCharCode(parser.final));
    return parser.prefix === 0 ? this.#csi(parser, String.fromCharCode(parser.final)) : undefined;
  }

  #csi(parser: ControlParser, final: string): string | undefined {
    this.#moment.follow(parser, final, this.#size.cols);
    if (final === "s" && !this.#moment.margins) this.#moment.saved();
    if (final === "u") return this.#moment.broughtBack();
    if (final === "r" && !this.#alternate) return this.#setRegion(parser);
    if (!this.#shown) return undefined;
    if (final !== "J") return this.#moment.origin ? undefined : stopAbove(parser, final, this.#size.rows);
    const which = parser.parameter(0, 0);
    return which === 0 || which === 2 ? `${this.#erase()}\x1b[${which}J${this.#drawHere()}` : undefined;
  }

  /** Setting a region moves the cursor home, so nothing needs to be saved around it. */
  #setRegion(parser: ControlParser): string | undefined {
    const { rows } = this.#size;
    const top = parser.parameter(0, 1) || 1;
    const bottom = Math.min(parser.parameter(1, 0) || rows, rows);
    if (top >= bottom || rows < MIN_ROWS) return undefined;
    const shown = this.#shown;
    this.#ownRegion = bottom < rows - 1;
    if (this.#ownRegion) {
      this.#options.onRows();
      return shown ? `\x1b[r\x1b[${rows};1H\x1b[2K\x1b[${top};${bottom}r` : undefined;
    }
    this.#suspended = false;
    if (!shown) this.#options.onRows();
    return `\x1b[${top};${rows - 1}r${shown ? "" : this.#drawHere()}`;
  }

  #private(parser: ControlParser, final: string): string | undefined {
    if (final !== "h" && final !== "l") return undefined;
    const on = final === "h";
    let after = "";
    for (let index = 0; index < parser.count; index += 1) after += this.#mode(parser.parameter(index, 0), on);
    if (after === "") return undefined;
    const modes = [...parser.parameters.subarray(0, parser.count)].join(";");
    return `\x1b[?${modes}${final}${after}`;
  }

  /** Returns what has to follow the change of this mode. */
  #mode(mode: number, on: boolean): string {
    if (ALTERNATE_SCREENS.includes(mode)) return on === this.#alternate ? "" : this.#switchScreen(mode, on);
    if (mode === 7 && !on) this.#moment.notPlain();
    else if (mode === 1048 && on) this.#moment.saved();
    else if (mode === 6) this.#moment.origin = on;
    else if (mode === 69) this.#moment.margins = on;
    // A line editor begins to read: whatever saved the cursor before is over.
    else if (mode === 2004 && on) this.#moment.forget();
    else if (mode === 2026) {
      this.#moment.synchronized = on;
      if (!on && this.#stale) return this.#drawHere();
    } else if (mode === 3 && this.#shown) return this.#reserve();
    return "";
  }

  #switchScreen(mode: number, on: boolean): string {
    this.#alternate = on;
    if (mode === 1049) this.#moment.forget();
    if (on) {
      this.#options.onRows();
      // The alternate screen keeps a saved cursor of its own, and nothing has saved it yet.
      return "\x1b7\x1b[r\x1b8";
    }
    this.#moment.column.at(0);
    this.#ownRegion = false;
    return this.#reserve();
  }

  #escape(parser: ControlParser): string | undefined {
    const name = String.fromCharCode(...(parser.intermediate === 0 ? [] : [parser.intermediate]), parser.final);
    if ("()*+".includes(name.charAt(0)) && name.charAt(1) !== "B") this.#moment.notPlain();
    else if (name === "7") this.#moment.saved();
    else if (name === "8") return this.#moment.broughtBack();
    else if (name === "c") return this.#afterReset("\x1bc");
    else if (name === "#8" && this.#shown) return `\x1b#8${regionAbove(this.#size.rows)}${this.#drawHere()}`;
    return undefined;
  }

  #afterReset(reset: string): string | undefined {
    this.#ownRegion = false;
    this.#moment.reset(reset === "\x1bc");
    if (reset === "\x1bc") this.#alternate = false;
    return this.#alternate ? undefined : reset + this.#reserve();
  }

  #string(parser: ControlParser): undefined {
    if (parser.final !== 0x5d || parser.cancelled) return;
    const text = parser.text();
    if (text.startsWith("8;")) this.#moment.linkOpen = text.slice(text.indexOf(";", 2) + 1) !== "";
    else if (text.startsWith("133;A")) this.#moment.forget();
  }
}
