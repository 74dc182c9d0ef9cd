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

interface KeptLink extends Link {
  /** The sweep that last met it in a cell. */
  met: number;
}

export class Links {
  #byNumber = new Map<number, KeptLink>();
  #byKey = new Map<string, number>();
  #next = 1;
  #text = 0;
  #refusals = 0;
  #sweeps = 0;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
    engine._oscLinkService.addLineToLink = () => {};
  }

  /** What follows `8;`: `PARAMETERS;ADDRESS` opens a link for what is printed from now on, without an address it ends. */
  open(payload: string): void {
    const at = payload.indexOf(";");
    if (at < 0) return;
    const uri = payload.slice(at + 1);
    const id = at < 3 ? "" : (/(?:^|:)id=([^:]*)/.exec(payload.slice(0, at))?.[1] ?? "");
    const pen = this.#engine._inputHandler._curAttrData;
    const number = uri === "" ? 0 : this.#register(id, uri);
    if (number === pen.extended._urlId) return;
    pen.extended = pen.extended.clone();
    pen.extended._urlId = number;
    pen.updateExtended();
  }

  get(number: number): Link | undefined {
    return this.#byNumber.get(number);
  }

  /** The link's number, or 0 (no link) when it is too long or there are too many alive. */
  #register(id: string, uri: string): number {
    if (uri.length > MAX_URI || id.length > MAX_ID) return 0;
    const key = keyOf(id, uri);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (this.#isFull() && !this.#makeRoom()) return 0;
    this.#text += key.length;
    const number = this.#next;
    this.#next += 1;
    this.#byNumber.set(number, { id, uri, met: 0 });
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
    this.#sweeps += 1;
    this.#meet(this.#engine._inputHandler._curAttrData.extended._urlId);
    const { normal, alt } = this.#engine._bufferService.buffers;
    this.#meetIn(normal);
    this.#meetIn(alt);
    // Not for-of: an array for each of 4,096 links, a hundred times over, is what a flood of links would leave behind.
    this.#byNumber.forEach((link, number) => {
      if (link.met === this.#sweeps) return;
      const key = keyOf(link.id, link.uri);
      this.#byNumber.delete(number);
      this.#byKey.delete(key);
      this.#text -= key.length;
    });
  }

  #meetIn(buffer: ScreenBuffer): void {
    for (let row = 0; row < buffer.lines.length; row += 1) {
      const line = buffer.lines.get(row);
      if (line === undefined) continue;
      for (let column = 0; column < line.length; column += 1) {
        if ((line._data[column * CELL_WORDS + 2] ?? 0) & HAS_EXTENDED) {
          this.#meet(line._extendedAttrs[column]?._urlId ?? 0);
        }
      }
    }
  }

  #meet(number: number): void {
    const link = this.#byNumber.get(number);
    if (link !== undefined) link.met = this.#sweeps;
  }
}

/** Most links have no id, and need no string of their own for a key. An address holds no control characters. */
function keyOf(id: string, uri: string): string {
  return id === "" ? uri : `${id}\n${uri}`;
}
