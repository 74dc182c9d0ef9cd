// Where a shell said that its prompts, commands and outputs begin and end (OSC 133), by the rows that they stand in:
// a terminal jumps from one to the next, so an attach has to repeat each in its place. The engine's markers move
// with the rows. Part of ShellReports; the snapshot and the lines that leave the model repeat them.

import type { Engine, Marker } from "./xterm-internals.ts";

export interface ShellMark {
  readonly column: number;
  /** What follows `133;`: a letter and what the shell said with it. */
  readonly text: string;
}

interface PlacedMark extends ShellMark {
  readonly marker: Marker;
}

/** Each costs a little whenever a row scrolls; a screen with 50 rows above it rarely has more prompts than rows. */
const MAX_MARKS = 128;
/** Longer ones (kitty repeats the command line) are repeated without what follows the letter. */
const MAX_TEXT = 200;
const NONE: readonly ShellMark[] = [];

export class ShellMarks {
  /** The mark of last, wherever it was. */
  latest: string | undefined;
  #marks: PlacedMark[] = [];
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** At the cursor. Marks on the alternate screen have no place that lasts. */
  add(payload: string): void {
    const text = payload.length <= MAX_TEXT && /^[\x20-\x7e]*$/.test(payload) ? payload : payload.slice(0, 1);
    this.latest = text;
    const { active, normal } = this.#engine._bufferService.buffers;
    if (active !== normal) return;
    const row = normal.ybase + normal.y;
    const column = Math.min(normal.x, this.#engine.cols - 1);
    // A prompt that is drawn again says the same again.
    const again = this.#marks.find((mark) => mark.marker.line === row && isAgain(mark, { column, text }));
    again?.marker.dispose();
    this.#marks = this.#marks.filter((mark) => !mark.marker.isDisposed);
    if (this.#marks.length >= MAX_MARKS) this.#marks.shift()?.marker.dispose();
    this.#marks.push({ column, text, marker: normal.addMarker(row) });
  }

  /** The row of the latest one, -1 when it is gone. */
  get latestRow(): number {
    return this.#marks.at(-1)?.marker.line ?? -1;
  }

  /** Those in this row of the normal screen (from the top of its scrollback), in the order in which they came. */
  at(row: number): readonly ShellMark[] {
    if (this.#marks.length === 0) return NONE;
    const last = this.#engine.cols - 1;
    const here = this.#marks
      .filter(({ marker }) => marker.line === row)
      .map(({ column, text }) => ({ column: Math.min(column, last), text }));
    // Columns meet where the screen became narrower.
    return here.filter((mark, index) => !here.slice(index + 1).some((later) => isAgain(mark, later)));
  }

  reset(): void {
    for (const { marker } of this.#marks) marker.dispose();
    this.#marks = [];
    this.latest = undefined;
  }
}

function isAgain(one: ShellMark, other: ShellMark): boolean {
  return one.column === other.column && one.text[0] === other.text[0];
}

const MARK = "\x1b]133;";

export function markSequence(text: string): string {
  return `${MARK}${text}\x1b\\`;
}

/** Text with SGR without the marks in it. */
export function withoutMarks(text: Uint8Array): Uint8Array {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  if (!bytes.includes(MARK)) return text;
  return Buffer.from(bytes.toString("latin1").replaceAll(/\x1b\]133;[^\x1b]*\x1b\\/g, ""), "latin1");
}
