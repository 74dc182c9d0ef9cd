// Feeds a Screen with as little work as the watchers allow. Small output is fed at once; a flood waits in a
// backlog, is fed when the stream pauses or somebody looks, and of plain output only what can still be seen is
// fed at all. The session pushes every byte here and settles before it reads the screen.

import { concat } from "../base/byte-queue.ts";
import { type Disposable, timeout } from "../base/disposable.ts";
import { decidingSgr, PlainScan } from "./plain-scan.ts";
import type { Screen } from "./screen.ts";

export interface FeedOptions {
  /** Lines beyond the scrollback that are still wanted (the session's history file); 0 when nobody keeps them. */
  readonly maxHistory?: number;
}

/** What a pause feeds at once: under 2 ms of parsing, so that keys and sockets are served in between. */
const SLICE = 64 * 1024;
/** Bytes between two pauses that are fed at once: a redraw of a large screen has less. */
const AT_ONCE = 64 * 1024;
/** A stream that was silent for so long has paused; a flood brings a chunk every 0.1 ms. */
const PAUSE_MS = 4;
/** Backlog of plain output, which has to hold the lines that are wanted: 11,000 of 380 bytes. */
const MAX_PLAIN = 4 << 20;

export class ScreenFeed implements Disposable {
  readonly #screen: Screen;
  readonly #maxHistory: number;
  readonly #scan = new PlainScan();
  #backlog = new Uint8Array(0);
  #start = 0;
  #end = 0;
  /** Where #start is in what was scanned. */
  #position = 0;
  /** The whole backlog is plain, and the screen is one that plain output only scrolls. */
  #plain = false;
  /** Output between the screen and the backlog was skipped. */
  #skipped = false;
  #burst = 0;
  #pushedAt = 0;
  #timer: Disposable | undefined;

  constructor(screen: Screen, options: FeedOptions = {}) {
    this.#screen = screen;
    this.#maxHistory = options.maxHistory ?? 10_000;
  }

  /** Bytes that wait. */
  get backlog(): number {
    return this.#end - this.#start;
  }

  /**
   * Takes bytes, which may be overwritten afterwards. `advance`: how far they move the session's offset, where it is
   * not their number (output that was unwrapped).
   */
  push(bytes: Uint8Array, advance: number = bytes.length): void {
    if (advance !== bytes.length) {
      this.settle();
      this.#screen.write(bytes, advance);
      return;
    }
    this.#pushedAt = performance.now();
    this.#burst += bytes.length;
    this.#arm();
    if (this.backlog === 0) {
      if (this.#burst <= AT_ONCE) {
        this.#screen.write(bytes);
        return;
      }
      this.#scan.reset(this.#screen.cols);
      this.#position = 0;
      this.#plain = onlyScrolls(this.#screen);
    }
    this.#plain = this.#plain && this.#scan.scan(bytes);
    this.#append(bytes);
    if (this.#plain) {
      this.#skip();
      this.#feed(Math.max(0, this.backlog - MAX_PLAIN));
    } else {
      // All of it has to be parsed, so nothing is gained by waiting; faster than it comes, but not all at once.
      this.#feed(Math.min(this.backlog, 2 * bytes.length + SLICE));
    }
  }

  /** Feeds everything: afterwards the screen shows all that was pushed. */
  settle(): void {
    this.#feed(this.backlog);
    if (this.#backlog.length > MAX_PLAIN) this.#backlog = new Uint8Array(0);
  }

  resize(cols: number, rows: number): void {
    this.settle();
    this.#screen.resize(cols, rows);
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#backlog = new Uint8Array(0);
    this.#start = 0;
    this.#end = 0;
  }

  #feed(count: number): void {
    if (count === 0) return;
    if (this.#skipped) {
      this.#skipped = false;
      // The skipped lines ended at the bottom, and its last line feed made the row that comes next.
      const bottom = encoder.encode(`\x1b[${this.#screen.rows};1H\n`);
      this.#screen.write(bottom, 0);
    }
    const bytes = this.#backlog.subarray(this.#start, this.#start + count);
    this.#screen.write(bytes);
    this.#drop(count);
    if (this.#start < this.#end) return;
    this.#start = 0;
    this.#end = 0;
    this.#plain = false;
  }

  /** Drops the beginning of a plain backlog whose lines nobody can ever see. */
  #skip(): void {
    const { rows, scrollback } = this.#screen;
    const { checkpoints } = this.#scan;
    const first = checkpoints[0];
    const wanted = rows + scrollback + this.#maxHistory;
    const surplus = this.#scan.rows - wanted - (first?.rows ?? 0);
    // In large steps, each of which is sure to have scrolled everything away that was on the screen before.
    if (first === undefined || surplus < Math.max(2 * rows, wanted >> 2)) return;
    const cut = checkpoints.findLast((place) => this.#scan.rows - place.rows >= wanted);
    if (cut === undefined || cut.rows - first.rows < rows) return;
    const count = cut.position - this.#position;
    this.#screen.write(concat(decidingSgr(this.#backlog.subarray(this.#start, this.#start + count))), 0);
    this.#screen.offset += count;
    this.#skipped = true;
    this.#drop(count);
  }

  #drop(count: number): void {
    this.#start += count;
    this.#position += count;
    if (this.#plain) this.#scan.forget(this.#position);
  }

  #append(bytes: Uint8Array): void {
    const length = this.backlog;
    if (this.#end + bytes.length > this.#backlog.length) {
      const needed = length + bytes.length;
      const waiting = this.#backlog.subarray(this.#start, this.#end);
      if (needed + (needed >> 4) > this.#backlog.length) {
        const grown = new Uint8Array(Math.max(needed, Math.min(2 * needed, MAX_PLAIN + 8 * SLICE), 4 * SLICE));
        grown.set(waiting);
        this.#backlog = grown;
      } else this.#backlog.copyWithin(0, this.#start, this.#end);
      this.#start = 0;
      this.#end = length;
    }
    this.#backlog.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  #arm(): void {
    this.#timer ??= timeout(PAUSE_MS, () => {
      this.#timer = undefined;
      if (performance.now() - this.#pushedAt >= PAUSE_MS) {
        this.#burst = 0;
        this.#feed(Math.min(SLICE, this.backlog));
        if (this.backlog === 0) {
          if (this.#backlog.length > SLICE) this.#backlog = new Uint8Array(0);
          return;
        }
      }
      this.#arm();
    });
  }
}

const encoder = new TextEncoder();

/** Whether plain output can only print and scroll: normal screen, everything that bends that at its default. */
function onlyScrolls(screen: Screen): boolean {
  const { engine } = screen;
  const { active, normal } = engine._bufferService.buffers;
  const dec = engine.coreService.decPrivateModes;
  return (
    active === normal &&
    active.scrollTop === 0 &&
    active.scrollBottom === screen.rows - 1 &&
    dec.wraparound &&
    !dec.origin &&
    !dec.reverseWraparound &&
    !engine.coreService.modes.insertMode &&
    !engine.options.convertEol &&
    engine._charsetService.charset === undefined &&
    screen.pendingInput.length === 0
  );
}
