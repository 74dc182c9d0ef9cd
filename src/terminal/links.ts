// The hyperlinks (OSC 8) of a model, in place of the engine's own table. The engine's puts a marker with three
// listeners on every line of every link, which makes each scrolled line cost as much as there are links; here a
// link is a number, equal links share it, and numbers that no cell uses any more are swept when there are many.

import { CELL_WORDS, HAS_EXTENDED } from "./cell.ts";
import type { Engine, ScreenBuffer } from "./xterm-internals.ts";

export interface Link {
  /** The program's own id, empty when it gave none. */
  readonly id: string;
  readonly uri: string;
}

/** Longer addresses are no links: VTE's published limits are 2083 bytes and 250 for the id. */
const MAX_URI = 2083;
const MAX_ID = 250;
/** Links and characters of links kept at once; a screen with 1,000 lines above it rarely has 1,000. */
const MAX_LINKS = 4096;
const MAX_TEXT = 1 << 20;
/** A sweep looks at every cell, so it must be worth it: after a poor one that many new links are refused. */
const REFUSALS = 1024;

export class Links {
  #byNumber = new Map<number, Link>();
  #byKey = new Map<string, number>();
  #next = 1;
  #text = 0;
  #refusals = 0;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
    engine._oscLinkService.registerLink = (link) => this.#register(link.id ?? "", link.uri);
    engine._oscLinkService.addLineToLink = () => {};
  }

  get(number: number): Link | undefined {
    return this.#byNumber.get(number);
  }

  /** The link's number, or 0 (no link) when it is too long or there are too many alive. */
  #register(id: string, uri: string): number {
    if (uri.length > MAX_URI || id.length > MAX_ID) return 0;
    const key = `${id}\n${uri}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (this.#isFull() && !this.#makeRoom()) return 0;
    this.#text += key.length;
    const number = this.#next;
    this.#next += 1;
    this.#byNumber.set(number, { id, uri });
    this.#byKey.set(key, number);
    return number;
  }

  #isFull(): boolean {
    return this.#byNumber.size >= MAX_LINKS || this.#text >= MAX_TEXT;
  }

  #makeRoom(): boolean {
    if (this.#refusals > 0) {
      this.#refusals -= 1;
      return false;
    }
    this.#sweep();
    if (this.#byNumber.size < MAX_LINKS / 2 && this.#text < MAX_TEXT / 2) return true;
    this.#refusals = REFUSALS;
    return !this.#isFull();
  }

  #sweep(): void {
    const used = new Set<number>([this.#engine._inputHandler._curAttrData.extended._urlId]);
    const { normal, alt } = this.#engine._bufferService.buffers;
    collect(normal, used);
    collect(alt, used);
    for (const [number, link] of this.#byNumber) {
      if (used.has(number)) continue;
      const key = `${link.id}\n${link.uri}`;
      this.#byNumber.delete(number);
      this.#byKey.delete(key);
      this.#text -= key.length;
    }
  }
}

function collect(buffer: ScreenBuffer, used: Set<number>): void {
  for (let row = 0; row < buffer.lines.length; row += 1) {
    const line = buffer.lines.get(row);
    if (line === undefined) continue;
    for (let column = 0; column < line.length; column += 1) {
      if ((line._data[column * CELL_WORDS + 2] ?? 0) & HAS_EXTENDED) {
        const link = line._extendedAttrs[column]?._urlId ?? 0;
        if (link !== 0) used.add(link);
      }
    }
  }
}
