// One line while it is being printed: text, a cursor, and what CR, BS and the line-editing sequences do to
// them, so that `10%\r20%` ends as a terminal would show it. Used by `sanitize.ts` only.
// Rule kept: every operation costs O(1) or is bounded, whatever a hostile program prints (faults T1).
// Columns count code points: wide and combining characters are not told apart, which is enough for
// progress bars and edited command lines.

/** Longest line in code points; a longer one is broken in two (the task's limit, 1 MiB). */
export const MAX_LINE = 1 << 20;

/** How far a cursor movement may go past the end; more would turn 7 bytes into a megabyte of blanks. */
const MAX_GAP = 256;

/** Blanking, inserting and deleting cost the cells they touch; past this many they are ignored. */
const MAX_EDITED = 4096;

const SPACE = 0x20;

export class PrintedLine {
  // A line is a plain string until something is written before its end, then an array of code points.
  #text = "";
  #cells: Uint32Array | undefined;
  #length = 0;
  #column = 0;

  /** Code points in the line. */
  get length(): number {
    return this.#length;
  }

  /** Whether the next character would make the line too long: the caller has to take it first. */
  get full(): boolean {
    return this.#column >= MAX_LINE;
  }

  /** How many code points may still be added with `append`, or 0 when the cursor is not at the end. */
  get room(): number {
    return this.#cells === undefined && this.#column === this.#length ? MAX_LINE - this.#length : 0;
  }

  /** Adds plain text at the end; `count` is its code points and at most `room`. */
  append(text: string, count: number): void {
    this.#text += text;
    this.#length += count;
    this.#column = this.#length;
  }

  /** Writes one code point at the cursor, over what is there. */
  print(codePoint: number): void {
    if (this.#cells === undefined && this.#column >= this.#length) {
      const gap = this.#column - this.#length;
      this.append(" ".repeat(gap) + String.fromCodePoint(codePoint), gap + 1);
      return;
    }
    const cells = this.#editable(this.#column + 1);
    cells.fill(SPACE, this.#length, Math.max(this.#length, this.#column));
    cells[this.#column] = codePoint;
    this.#column += 1;
    this.#length = Math.max(this.#length, this.#column);
  }

  /** A tab at the end is text; within the line it only moves, as on a screen. */
  tab(): void {
    if (this.#column >= this.#length) this.print(0x09);
    else this.moveTo(this.#column + 8 - (this.#column % 8));
  }

  moveTo(column: number): void {
    this.#column = Math.max(0, Math.min(column, this.#length + MAX_GAP, MAX_LINE));
  }

  moveBy(columns: number): void {
    this.moveTo(this.#column + columns);
  }

  /** EL: 0 from the cursor to the end, 1 from the start to the cursor, 2 all; others do nothing. */
  erase(part: number): void {
    if (part === 0) this.#truncate(this.#column);
    else if (part === 2) this.#truncate(0);
    else if (part === 1) this.#blank(0, this.#column + 1);
  }

  /** ECH: `count` blanks from the cursor on, which stays. */
  eraseCharacters(count: number): void {
    this.#blank(this.#column, this.#column + count);
  }

  /** DCH: removes `count` characters at the cursor. */
  deleteCharacters(count: number): void {
    if (this.#column >= this.#length || this.#length > MAX_EDITED) return;
    const end = Math.min(this.#column + count, this.#length);
    const cells = this.#editable(this.#length);
    cells.copyWithin(this.#column, end, this.#length);
    this.#length -= end - this.#column;
  }

  /** ICH: makes room for `count` blanks at the cursor. */
  insertBlanks(count: number): void {
    if (this.#column >= this.#length || this.#length > MAX_EDITED) return;
    const added = Math.min(count, MAX_GAP);
    const cells = this.#editable(this.#length + added);
    cells.copyWithin(this.#column + added, this.#column, this.#length);
    cells.fill(SPACE, this.#column, this.#column + added);
    this.#length += added;
  }

  /** The text so far, as it would be shown now. */
  read(): string {
    const cells = this.#cells;
    if (cells === undefined) return this.#text;
    let text = "";
    // In slices: the arguments of one call live on the stack.
    for (let at = 0; at < this.#length; at += 4096) {
      text += String.fromCodePoint(...cells.subarray(at, Math.min(at + 4096, this.#length)));
    }
    return text;
  }

  /** The text, and an empty line with the cursor at its start. */
  take(): string {
    const text = this.read();
    this.#truncate(0);
    this.#column = 0;
    return text;
  }

  #truncate(length: number): void {
    if (length >= this.#length) return;
    if (length > 0) this.#editable(length);
    else {
      this.#text = "";
      this.#cells = undefined;
    }
    this.#length = length;
  }

  #blank(from: number, to: number): void {
    const end = Math.min(to, this.#length);
    if (from < end && end - from <= MAX_EDITED) this.#editable(this.#length).fill(SPACE, from, end);
  }

  /** The line as an array with room for `capacity` code points; doubling keeps growth linear. */
  #editable(capacity: number): Uint32Array {
    const cells = this.#cells;
    if (cells !== undefined && cells.length >= capacity) return cells;
    const grown = new Uint32Array(Math.max(capacity, this.#length, 2 * (cells?.length ?? 64)));
    if (cells !== undefined) grown.set(cells.subarray(0, this.#length));
    else {
      let at = 0;
      for (const character of this.#text) {
        grown[at] = character.codePointAt(0) ?? SPACE;
        at += 1;
      }
      this.#text = "";
    }
    this.#cells = grown;
    return grown;
  }
}
