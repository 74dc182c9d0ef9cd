// Replaces single control sequences in a stream for a terminal, cut anywhere, and passes the rest on untouched.
// Used by row-guard.ts (a status row is shown) and query-filter.ts (raw replays). An unfinished sequence is
// held until its end comes, as the terminal would have to do anyway.

import { concat } from "../base/byte-queue.ts";
import { ControlParser } from "./control-parser.ts";

export interface RewriterOptions {
  /** What to send instead of the sequence that the parser has just read, or undefined to pass it. */
  rewrite(parser: ControlParser): string | undefined;
  /** Sees what stands between sequences, SO and SI included. */
  onText?(text: Uint8Array): void;
  /** Hold OSC, DCS and the like until they end; without it they pass as they come and are only looked at. */
  readonly holdStrings: boolean;
}

/** Longer than any sequence that is replaced; what is longer passes. */
const MAX_HELD = 4096;

export class SequenceRewriter {
  readonly parser = new ControlParser();
  readonly #options: RewriterOptions;
  readonly #encoder = new TextEncoder();
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  /** The beginning of the open sequence has gone on, so its end has to. */
  #passing = false;
  #out: Uint8Array[] = [];

  constructor(options: RewriterOptions) {
    this.#options = options;
  }

  /** Views of `bytes` where nothing was replaced: use them before `bytes` changes. */
  push(bytes: Uint8Array): Uint8Array {
    const { parser } = this;
    let from = 0;
    let position = 0;
    do {
      position = parser.scan(bytes, position);
      // SO and SI stand in the text, or inside a sequence that goes on.
      if (parser.event === "control") continue;
      if (parser.event === "none") this.#endOfChunk(bytes, from);
      else this.#sequence(bytes, from, position);
      from = position;
    } while (parser.event !== "none");
    const out = this.#out.length === 1 ? (this.#out[0] as Uint8Array) : concat(this.#out);
    this.#out = [];
    return out;
  }

  /** The beginning of a sequence that is still held, and no longer is. */
  end(): Uint8Array {
    this.#release();
    this.#passing = true;
    const out = concat(this.#out);
    this.#out = [];
    return out;
  }

  #endOfChunk(bytes: Uint8Array, from: number): void {
    const { parser } = this;
    if (parser.ground) {
      this.#text(bytes.subarray(from));
      this.#passing = false;
      return;
    }
    const begin = parser.begin;
    if (begin >= from) {
      this.#text(bytes.subarray(from, begin));
      this.#passing = false;
    }
    const open = bytes.slice(Math.max(from, begin));
    this.#held.push(open);
    this.#heldBytes += open.length;
    const pass = parser.inString && !this.#options.holdStrings;
    if (this.#passing || pass || this.#heldBytes > MAX_HELD) {
      this.#release();
      this.#passing = true;
    }
  }

  #sequence(bytes: Uint8Array, from: number, end: number): void {
    const { parser } = this;
    if (parser.begin >= from) {
      this.#text(bytes.subarray(from, parser.begin));
      this.#passing = false;
    }
    const replacement = this.#options.rewrite(parser);
    if (replacement === undefined || this.#passing) {
      this.#release();
      this.#emit(bytes.subarray(Math.max(from, parser.begin), end));
    } else {
      this.#emit(this.#encoder.encode(replacement));
      this.#held = [];
      this.#heldBytes = 0;
    }
    this.#passing = false;
  }

  /** Something that was held before has turned out to be no sequence. */
  #text(bytes: Uint8Array): void {
    this.#release();
    if (bytes.length > 0) this.#options.onText?.(bytes);
    this.#emit(bytes);
  }

  #release(): void {
    for (const part of this.#held) this.#emit(part);
    this.#held = [];
    this.#heldBytes = 0;
  }

  #emit(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#out.push(bytes);
  }
}
