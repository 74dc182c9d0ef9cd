// Watches every byte that reached the outer terminal and knows what is switched away from how it was found, so
// that restore.ts can undo exactly that. Fed by terminal-writer.ts with what was really written, in any
// chunking. The state that a human's terminal is found in is the one between two commands of a shell.

import { ControlParser } from "./control-parser.ts";
import { KeyboardChanges } from "./keyboard-changes.ts";
import { PenSkipper } from "./skip-pens.ts";
import { StringChanges } from "./string-changes.ts";
import { ALTERNATE_SCREENS, SwitchedModes } from "./switched-modes.ts";

const SPACE = 0x20;

/** More than terminals keep (xterm and bide 10). */
const MAX_TITLES = 16;

/** SGR, DECSCA, G0 to G3 (by their introducers), SO and LS2 or LS3. */
export interface PrintStyle {
  readonly pen: boolean;
  readonly protection: boolean;
  readonly charsets: readonly string[];
  readonly shifted: boolean;
}

const PLAIN: PrintStyle = { pen: false, protection: false, charsets: [], shifted: false };

/** What a cursor that nobody saved brings back. */
const HOME = { style: PLAIN, origin: false };
const ORIGIN = 6;

export class ModeTracker {
  readonly parser = new ControlParser();
  readonly modes = new SwitchedModes();
  readonly ansi = new Map<number, boolean>();
  readonly keyboard = new KeyboardChanges();
  readonly strings = new StringChanges();
  /** The mode that entered the alternate screen, or 0 on the primary one. */
  alternate = 0;
  /** What the next character looks like. Of all this, only it and origin mode come back with a saved cursor. */
  style = PLAIN;
  utf8Off = false;
  keypad = false;
  region = false;
  cursorStyle = false;
  tabs = false;
  /** Of each title that was put away, whether that was the title (2), the icon name (1) or both (0). */
  titles: number[] = [];
  vt52 = false;
  /** The last thing shown was a line end: the cursor stands in column 0 of a line of its own. */
  atLineStart = false;
  /** Of the primary and of the alternate screen. */
  readonly #saved = [HOME, HOME];

  push(bytes: Uint8Array): void {
    const parser = this.parser;
    parser.beginChunk();
    const pens = new PenSkipper(bytes);
    for (let position = 0; position < bytes.length; ) {
      if (parser.ground) {
        const { at, pen, atLineStart } = pens.skip(position);
        if (pen !== undefined) this.#restyle({ pen });
        if (atLineStart !== undefined) this.atLineStart = atLineStart;
        if (at === bytes.length) return;
        position = at;
      }
      const from = position;
      const inText = parser.ground;
      position = parser.scan(bytes, position);
      const textEnd = parser.event === "none" && parser.ground ? position : parser.begin;
      if (inText && textEnd > from) this.atLineStart = bytes[textEnd - 1] === 0x0a;
      if (parser.event === "csi") this.#csi();
      else if (parser.event === "string") this.#string();
      else if (parser.event === "escape") this.#escape();
      else if (parser.event === "control") this.#restyle({ shifted: parser.final === 0x0e });
      else break;
    }
  }

  get inAlternate(): boolean {
    return this.alternate !== 0;
  }

  #csi(): void {
    const { prefix, intermediate } = this.parser;
    const final = String.fromCharCode(this.parser.final);
    const first = (absent: number) => this.parser.parameter(0, absent);
    switch (String.fromCharCode(prefix || SPACE, intermediate || SPACE)) {
      case "  ":
        if (final === "q" && intermediate !== 0) this.cursorStyle = first(0) !== 0;
        else this.#plainCsi(final);
        return;
      case "? ":
        return this.#private(final);
      case "> ":
        return this.#modifiers(final);
      case "< ":
        if (final === "u") this.keyboard.pop(this.inAlternate, first(1));
        return;
      case "= ":
        if (final === "u") this.keyboard.set(this.inAlternate, first(0), this.parser.parameter(1, 1));
        return;
      case ' "':
        if (final === "q") this.#restyle({ protection: first(0) === 1 });
        return;
      case " !":
        if (final === "p") this.#softReset();
        return;
    }
  }

  #plainCsi(final: string): void {
    switch (final) {
      case "m":
        return this.#restyle({ pen: this.#anyParameter() });
      case "h":
      case "l":
        return this.#ansiModes(final === "h");
      case "t":
        return this.#window();
      case "g":
        this.tabs = true;
        return;
      case "r":
        this.region = this.#anyParameter();
        break;
      case "s":
        if (!this.modes.get(69)) this.#saveCursor();
        return;
      case "u":
        this.#bringCursorBack();
        break;
      // Erasing and asking leave the cursor where it is.
      case "J":
      case "K":
      case "n":
        return;
    }
    this.atLineStart = false;
  }

  #anyParameter(): boolean {
    for (let index = 0; index < this.parser.count; index += 1) if (this.parser.parameter(index, 0) !== 0) return true;
    return false;
  }

  #ansiModes(on: boolean): void {
    for (let index = 0; index < this.parser.count; index += 1) this.ansi.set(this.parser.parameter(index, 0), on);
  }

  /** The title stack (22 and 23). */
  #window(): void {
    const what = this.parser.parameter(0, 0);
    const which = this.parser.parameter(1, 0);
    if (what === 22 && which <= 2) this.titles = [...this.titles, which].slice(-MAX_TITLES);
    if (what !== 23) return;
    const same = this.titles.lastIndexOf(which);
    this.titles.splice(same < 0 ? this.titles.length - 1 : same, 1);
  }

  #private(final: string): void {
    for (let index = 0; index < this.parser.count; index += 1) {
      const mode = this.parser.parameter(index, 0);
      if (final === "h" || final === "l") this.#privateMode(mode, final === "h");
      else if (final === "s") this.modes.save(mode);
      else if (final === "r") this.modes.bringBack(mode);
    }
  }

  #privateMode(mode: number, on: boolean): void {
    if (ALTERNATE_SCREENS.includes(mode)) {
      if (mode === 1049 && on) this.#saveCursor();
      if (on && this.alternate === 0) this.alternate = mode;
      else if (!on) this.alternate = 0;
      if (mode === 1049 && !on) this.#bringCursorBack();
      this.atLineStart = false;
    } else if (mode === 66) this.keypad = on;
    else if (mode === 2) this.vt52 = !on;
    else if (mode === 1048 && on) this.#saveCursor();
    else if (mode === 1048) this.#bringCursorBack();
    else this.modes.set(mode, on);
    if (mode === ORIGIN || mode === 3) this.atLineStart = false;
  }

  #modifiers(final: string): void {
    const { parser, keyboard } = this;
    if (final === "u") keyboard.push(this.inAlternate);
    else if (final === "m") keyboard.modify(parser.parameter(0, -1), parser.parameter(1, 0));
    else if (final === "n") keyboard.disable(parser.parameter(0, 2));
    else if (final === "f") keyboard.format(parser.parameter(0, -1), parser.parameter(1, 0));
  }

  #escape(): void {
    const { intermediate, final } = this.parser;
    const name = String.fromCharCode(final);
    if (intermediate !== 0) {
      const set = String.fromCharCode(intermediate);
      if ("()*+-./".includes(set)) {
        const others = this.style.charsets.filter((other) => other !== set);
        this.#restyle({ charsets: name === "B" ? others : [...others, set] });
      } else if (set === "%") this.utf8Off = name !== "G" && name !== "/";
      return;
    }
    if (name === "c") this.#fullReset();
    else if (name === "=" || name === ">") this.keypad = name === "=";
    else if (name === "<") this.vt52 = false;
    else if (name === "n" || name === "o") this.#restyle({ shifted: true });
    else if (name === "7") this.#saveCursor();
    else if (name === "8") this.#bringCursorBack();
    else if (name === "H") this.tabs = true;
    else if ("DEM".includes(name)) this.atLineStart = false;
  }

  #string(): void {
    if (this.parser.final === 0x5d && !this.parser.cancelled) this.strings.osc(this.parser.text());
  }

  /** Pens come by the thousand: a new object only when something changes. */
  #restyle(changes: Partial<PrintStyle>): void {
    if (changes.pen === this.style.pen) return;
    this.style = { ...this.style, ...changes };
  }

  #saveCursor(): void {
    this.#saved[this.inAlternate ? 1 : 0] = { style: this.style, origin: this.modes.get(ORIGIN) };
  }

  #bringCursorBack(): void {
    const { style, origin } = this.#saved[this.inAlternate ? 1 : 0] ?? HOME;
    this.style = style;
    if (origin !== this.modes.get(ORIGIN)) this.modes.set(ORIGIN, origin);
    this.atLineStart = false;
  }

  #softReset(): void {
    for (const mode of [1, ORIGIN, 69]) this.modes.set(mode, false);
    this.modes.set(25, true);
    this.ansi.delete(4);
    this.keypad = false;
    this.region = false;
    this.style = PLAIN;
    this.#saveCursor();
  }

  #fullReset(): void {
    this.#softReset();
    this.modes.reset();
    this.ansi.clear();
    this.keyboard.reset();
    this.strings.reset();
    this.alternate = 0;
    this.utf8Off = false;
    this.cursorStyle = false;
    this.tabs = false;
    this.titles = [];
    this.vt52 = false;
    this.atLineStart = false;
  }
}
