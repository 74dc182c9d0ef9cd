// Left and right margins (DECLRMM, CSI ? 69 h; DECSLRM, CSI l ; r s), which the engine does not have. They are one pair
// for both screens, as in xterm. This file keeps them and the cursor's relation to them; margin-moves.ts,
// margin-edits.ts and margin-print.ts do what they bend. While no program narrowed them, everything is the engine's.

import type { Engine, Params } from "./xterm-internals.ts";

/** Modes that put the cursor somewhere else: origin, and the alternate screen. */
const LEAVES_CURSOR: readonly number[] = [6, 47, 1047, 1048, 1049];

export class Margins {
  /** DECLRMM: a program may set margins. */
  enabled = false;
  /** Whether a program ever asked for them. */
  everUsed = false;
  /** The first and the last column between them. */
  left = 0;
  right: number;
  /** The cursor waits behind the right margin; the engine has it one column further. */
  pending = false;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.right = engine.cols - 1;
    const input = engine._inputHandler;
    const parser = input._parser;
    const mode = (on: boolean) => (params: Params) => {
      for (let index = 0; index < params.length; index += 1) {
        const number = params.params[index] ?? 0;
        if (number === 69) this.#enable(on);
        else if (LEAVES_CURSOR.includes(number)) this.settleCursor();
      }
      return false;
    };
    parser.registerCsiHandler({ prefix: "?", final: "h" }, mode(true));
    parser.registerCsiHandler({ prefix: "?", final: "l" }, mode(false));
    parser.registerCsiHandler({ final: "s" }, (params) => {
      if (this.enabled) this.#set(params);
      return this.enabled;
    });
    parser.registerCsiHandler({ intermediates: "!", final: "p" }, () => this.#reset());
    parser.registerEscHandler({ final: "c" }, () => this.#reset());
    parser.registerEscHandler({ intermediates: "#", final: "8" }, () => {
      this.#widen();
      return false;
    });
    this.#bendCursor();
  }

  /** They are narrower than the screen. */
  get active(): boolean {
    return this.left > 0 || this.right < this.#engine.cols - 1;
  }

  /** The column that the cursor is in, also while it waits at an edge. */
  get cursorColumn(): number {
    const { x } = this.#engine._inputHandler._activeBuffer;
    return this.pending ? this.right : Math.min(x, this.#engine.cols - 1);
  }

  /** Where columns count from. */
  get origin(): number {
    return this.#engine.coreService.decPrivateModes.origin ? this.left : 0;
  }

  /** The screen has another size. */
  resized(): void {
    this.#widen();
  }

  /** Takes the cursor from behind the margin into its last column: it waits no longer. */
  settleCursor(): void {
    if (!this.pending) return;
    this.pending = false;
    this.#engine._inputHandler._activeBuffer.x = this.right;
  }

  #enable(on: boolean): void {
    this.everUsed = true;
    this.enabled = on;
    if (!on) this.#widen();
  }

  /** At least two columns; anything else changes nothing. The cursor goes home. */
  #set(params: Params): void {
    const last = this.#engine.cols;
    const left = params.params[0] || 1;
    const right = Math.min((params.length > 1 ? params.params[1] : 0) || last, last);
    if (left >= right) return;
    this.settleCursor();
    this.left = left - 1;
    this.right = right - 1;
    this.#engine._inputHandler._setCursor(0, 0);
  }

  #reset(): boolean {
    this.enabled = false;
    this.#widen();
    return false;
  }

  #widen(): void {
    this.settleCursor();
    this.left = 0;
    this.right = this.#engine.cols - 1;
  }

  /** Everything in the engine that places the cursor comes through these two. */
  #bendCursor(): void {
    const input = this.#engine._inputHandler;
    const restrict = input._restrictCursor;
    input._restrictCursor = (most) => {
      this.settleCursor();
      restrict.call(input, most);
      if (!this.active || !this.#engine.coreService.decPrivateModes.origin) return;
      const buffer = input._activeBuffer;
      buffer.x = Math.min(Math.max(buffer.x, this.left), this.right);
    };
    const set = input._setCursor;
    input._setCursor = (x, y) => {
      this.pending = false;
      set.call(input, x + this.origin, y);
    };
  }
}
