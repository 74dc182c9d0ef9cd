// DECSC and DECRC as terminals do them, where the engine differs: the saved row is a row of the screen (the
// engine's moves with the scrollback until that is full), the underline and its colour are saved with the
// rest of the pen, a DECRC without a DECSC brings the defaults, and DECSTR forgets all of it. screen.ts
// installs it; the snapshot writer reads it.

import type { Engine, ExtendedAttributes, ScreenBuffer } from "./xterm-internals.ts";

interface Saved {
  row: number;
  extended: ExtendedAttributes;
}

export class SavedCursors {
  #saved = new WeakMap<ScreenBuffer, Saved>();
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
    const input = engine._inputHandler;
    const save = input.saveCursor;
    const restore = input.restoreCursor;
    const softReset = input.softReset;
    input.saveCursor = (params) => {
      const buffer = input._activeBuffer;
      this.#saved.set(buffer, { row: buffer.y, extended: input._curAttrData.extended.clone() });
      const done = save.call(input, params);
      // A place on the screen, not that the cursor waits behind the last column.
      buffer.savedX = Math.min(buffer.x, engine.cols - 1);
      return done;
    };
    input.restoreCursor = (params) => {
      const buffer = input._activeBuffer;
      buffer.savedY = buffer.ybase + Math.min(this.row(buffer), engine.rows - 1);
      buffer.savedCharsets = [0, 1, 2, 3].map((set) => buffer.savedCharsets[set]);
      const done = restore.call(input, params);
      const pen = input._curAttrData;
      const link = pen.extended._urlId;
      pen.extended = pen.extended.clone();
      pen.extended._ext = this.#saved.get(buffer)?.extended._ext ?? 0;
      pen.extended._urlId = link;
      pen.updateExtended();
      return done;
    };
    input.softReset = (params) => {
      const done = softReset.call(input, params);
      const buffer = input._activeBuffer;
      this.#saved.delete(buffer);
      buffer.savedCharsets = [];
      buffer.savedGlevel = 0;
      buffer.savedOriginMode = false;
      buffer.savedWraparoundMode = true;
      return done;
    };
  }

  /** The screen has so many rows now; a place below is one in the last. */
  resized(rows: number): void {
    const { normal, alt } = this.#engine._bufferService.buffers;
    for (const buffer of [normal, alt]) {
      const saved = this.#saved.get(buffer);
      if (saved !== undefined) saved.row = Math.min(saved.row, rows - 1);
    }
  }

  /** The saved row, from 0; 0 when nothing was saved. */
  row(buffer: ScreenBuffer): number {
    return this.#saved.get(buffer)?.row ?? 0;
  }

  /** The saved pen's underline bits; undefined when nothing was saved. */
  extended(buffer: ScreenBuffer): ExtendedAttributes | undefined {
    return this.#saved.get(buffer)?.extended;
  }
}
