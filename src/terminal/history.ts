// Lines that leave the scrollback of a model: each is encoded once, as text with SGR that begins and ends plain, the
// shell's marks (OSC 133) before it,
// and handed on before its memory is used again. The session keeps them as text; 10,000 coloured lines are 1 to 2 MB
// this way, in the model they would be 16 to 25. screen.ts installs it; feed.ts takes lines ahead of their time.

import { concat } from "../base/byte-queue.ts";
import { LineEncoder } from "./line-encoder.ts";
import { contentEnd } from "./row-cells.ts";
import { markSequence, type ShellMarks } from "./shell-marks.ts";
import type { TrackedState } from "./tracked-state.ts";
import type { Engine } from "./xterm-internals.ts";

/**
 * The line as UTF-8 without a line end, valid during the call; `wrapped`: the line after it continues it;
 * `continues`: it continues the one before.
 */
export type LineLeft = (line: Uint8Array, wrapped: boolean, continues: boolean) => void;

const encoder = new TextEncoder();

export class LeavingLines {
  readonly #engine: Engine;
  readonly #encoder: LineEncoder;
  readonly #marks: ShellMarks;
  readonly #onLineLeft: LineLeft | undefined;
  /** Lines from the top of the model that were handed on already. */
  #taken = 0;

  constructor(engine: Engine, { links, shell }: TrackedState, onLineLeft: LineLeft | undefined) {
    this.#engine = engine;
    this.#marks = shell.marks;
    this.#encoder = new LineEncoder(links);
    this.#onLineLeft = onLineLeft;
    if (onLineLeft === undefined) return;
    const service = engine._bufferService;
    const scroll = service.scroll;
    service.scroll = (fill, isWrapped) => {
      const buffer = service.buffers.active;
      const leaves = buffer === service.buffers.normal && buffer.scrollTop === 0 && buffer.lines.isFull;
      if (leaves && this.#taken > 0) this.#taken -= 1;
      else if (leaves) this.#report(0);
      scroll.call(service, fill, isWrapped);
    };
  }

  /** A narrower screen makes lines leave as well. */
  resize(cols: number, rows: number): void {
    const engine = this.#engine;
    if (this.#onLineLeft === undefined) return engine.resize(cols, rows);
    const { normal } = engine._bufferService.buffers;
    const { scrollback } = engine.options;
    // Room for every line wrapped anew, so that none is lost before it is reported; then trim.
    const rewrapped = normal.lines.length * Math.ceil(engine.cols / Math.max(1, cols)) + rows;
    engine.options.scrollback = Math.max(scrollback, rewrapped);
    engine.resize(cols, rows);
    const surplus = normal.lines.length - engine.rows - scrollback;
    for (let index = 0; index < surplus; index += 1) this.#report(index);
    engine.options.scrollback = scrollback;
  }

  /**
   * Hands on every line above the cursor although it is still there; it is not handed on again when it leaves.
   * Only where the cursor begins a fresh, blank row at the bottom of the normal screen, else nothing happens and the
   * answer is false. The caller promises that so many rows follow that all of them leave before anything else happens.
   */
  takeAboveCursor(): boolean {
    const { normal, active } = this.#engine._bufferService.buffers;
    const last = normal.ybase + this.#engine.rows - 1;
    const line = normal.lines.get(last);
    if (active !== normal || normal.x !== 0 || normal.ybase + normal.y !== last) return false;
    if (line === undefined || line._isWrapped || contentEnd(line) > 0) return false;
    for (let index = this.#taken; index < last; index += 1) this.#report(index);
    this.#taken = last;
    return true;
  }

  /** Lines above the cursor are not handed on when they leave. */
  forgetAboveCursor(): void {
    const { normal } = this.#engine._bufferService.buffers;
    this.#taken = normal.ybase + normal.y;
  }

  #report(index: number): void {
    const { lines } = this.#engine._bufferService.buffers.normal;
    const line = lines.get(index);
    const next = lines.get(index + 1);
    const wrapped = next?._isWrapped === true;
    if (line === undefined) return;
    const text = this.#encoder.encode(line, wrapped ? next : undefined);
    this.#onLineLeft?.(this.#marked(index, text), wrapped, line._isWrapped);
  }

  /** Within a row a mark would have to stand between cells; those at its beginning are what terminals jump to. */
  #marked(index: number, text: Uint8Array): Uint8Array {
    const marks = this.#marks.at(index).filter(({ column }) => column === 0);
    if (marks.length === 0) return text;
    return concat([encoder.encode(marks.map((mark) => markSequence(mark.text)).join("")), text]);
  }
}
