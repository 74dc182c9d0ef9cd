// Feeds a Screen with as little work as the watchers allow. Small output is fed at once; a flood waits in a
// backlog, is fed when the stream pauses or somebody looks, and of plain output only what can still be seen is
// fed at all: lines that will certainly have left go to the history as they are (direct-lines.ts). The session
// pushes every byte here and settles before it reads the screen.

import { type Disposable, timeout } from "../base/disposable.ts";
import { DirectLines, type TakeLines } from "./direct-lines.ts";
import { PlainScan } from "./plain-scan.ts";
import type { Screen } from "./screen.ts";
import type { ScreenBuffer } from "./xterm-internals.ts";

/** What a pause feeds at once: under 2 ms of parsing, so that keys and sockets are served in between. */
const SLICE = 64 * 1024;
/** What the engine is given at once: it keeps four bytes for each, for ever, and is no faster with more. */
const PARSED = 16 * 1024;
/** Bytes between two pauses that are fed at once: a redraw of a screen has less. */
const AT_ONCE = 8 * 1024;
/** A stream that was silent for so long has paused; a flood brings a chunk every 0.1 ms. */
const PAUSE_MS = 4;
/** Backlog of plain output: more only where the rows that are still wanted have thousands of bytes each. */
const MAX_PLAIN = 512 * 1024;
/** Rows that must be past caring about before anything is done about them. */
const WORTH_IT = 32;
/** Bytes that are drawn, to the end of a line, where one came that cannot go to the history directly. */
const DRAWN = 256;
const LINE_FEED = 0x0a;
const NOTHING = new Uint8Array(0);

export class ScreenFeed implements Disposable {
  readonly #screen: Screen;
  readonly #direct: DirectLines;
  readonly #scan = new PlainScan();
  #backlog = NOTHING;
  #start = 0;
  #end = 0;
  /** Where #start is in what was scanned. */
  #position = 0;
  /** The whole backlog is plain, and the screen is one that plain output only scrolls. */
  #plain = false;
  #burst = 0;
  #pushedAt = 0;
  #timer: Disposable | undefined;

  /** `onLines`: lines that leave without having been drawn, in order with those of the screen's onLineLeft. */
  constructor(screen: Screen, onLines: TakeLines = () => {}) {
    this.#screen = screen;
    this.#direct = new DirectLines(screen, onLines);
  }

  /** Bytes that wait. */
  get backlog(): number {
    return this.#end - this.#start;
  }

  /** What waits is not only plain output, so a question of the program may be in it. */
  get mayAsk(): boolean {
    return this.backlog > 0 && !this.#plain;
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
      this.#passBy();
      this.#feed(Math.max(0, this.backlog - MAX_PLAIN));
    } else {
      // All of it has to be parsed, so nothing is gained by waiting; faster than it comes, but not all at once.
      this.#feed(Math.min(this.backlog, 2 * bytes.length + SLICE));
    }
  }

  /** Feeds everything: afterwards the screen shows all that was pushed. */
  settle(): void {
    this.#feed(this.backlog);
    if (this.#backlog.length > SLICE) this.#backlog = NOTHING;
  }

  resize(cols: number, rows: number): void {
    this.settle();
    this.#screen.resize(cols, rows);
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#backlog = NOTHING;
    this.#start = 0;
    this.#end = 0;
  }

  #feed(count: number): void {
    if (count === 0) return;
    const end = this.#start + count;
    for (let at = this.#start; at < end; at += PARSED)
      this.#screen.write(this.#backlog.subarray(at, Math.min(end, at + PARSED)));
    this.#drop(count);
    if (this.#start < this.#end) return;
    this.#start = 0;
    this.#end = 0;
    this.#plain = false;
  }

  /** Takes the beginning of a plain backlog, whose lines nobody can ever see on the screen or in its scrollback. */
  #passBy(): void {
    const { checkpoints, rows } = this.#scan;
    const wanted = this.#screen.rows + this.#screen.scrollback;
    if (rows - wanted - (checkpoints[0]?.rows ?? rows) < WORTH_IT) return;
    const cut = checkpoints.findLast((place) => rows - place.rows >= wanted);
    if (cut === undefined) return;
    const backlog = this.#backlog;
    const to = this.#start + cut.position - this.#position;
    const simple = this.#scan.simpleFrom <= this.#position;
    for (let at = this.#start; at < to; ) {
      at = this.#direct.take(backlog, at, to, simple);
      if (at === to) break;
      const end = backlog.indexOf(LINE_FEED, Math.min(at + DRAWN, to - 1)) + 1;
      this.#screen.write(backlog.subarray(at, end));
      at = end;
    }
    this.#drop(to - this.#start);
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
        const grown = new Uint8Array(Math.max(needed, Math.min(2 * needed, MAX_PLAIN + 2 * SLICE), SLICE));
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
          this.#backlog = NOTHING;
          this.#direct.release();
          return;
        }
      }
      this.#arm();
    });
  }
}

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
    !screen.margins.active &&
    !dec.reverseWraparound &&
    !engine.coreService.modes.insertMode &&
    !engine.options.convertEol &&
    hasDefaultTabs(normal, screen.cols) &&
    engine._charsetService.charset === undefined &&
    screen.pendingInput.length === 0
  );
}

function hasDefaultTabs({ tabs }: ScreenBuffer, cols: number): boolean {
  for (let column = 0; column < cols; column += 1) if ((tabs[column] === true) !== (column % 8 === 0)) return false;
  return true;
}
