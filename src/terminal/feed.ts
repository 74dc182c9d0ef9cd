// Feeds a Screen with as little work as the watchers allow. Small output is fed at once; a flood waits in a
// backlog, is fed when the stream pauses or somebody looks, and of plain output only what can still be seen is
// fed at all: lines that will certainly have left go to the history as they are (direct-lines.ts), and those of a long
// flood that will have left the history too are forgotten (unread-lines.ts). The session pushes every byte here and
// settles before it reads the screen.

import { AppendBuffer } from "../base/append-buffer.ts";
import { type Disposable, timeout } from "../base/disposable.ts";
import { DirectLines, type TakeLines } from "./direct-lines.ts";
import { PlainScan } from "./plain-scan.ts";
import type { Screen } from "./screen.ts";
import { isStatelessText } from "./stateless-text.ts";
import { UnreadLines } from "./unread-lines.ts";
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
/** A flood of text is not even looked at after so much. */
const LONG = 256 * 1024;
/** Text that nobody looked at: more only where 10,000 lines have more than 200 bytes each. */
const MAX_UNREAD = 2 * 1024 * 1024;
/** A pause reads so much of it at once: about 1 ms. */
const READ = 256 * 1024;
const LINE_FEED = 0x0a;

/** Who keeps the lines that leave the screen. */
export interface KeptLines {
  /** So many of the last lines are wanted: those before them may be forgotten. */
  readonly wanted: number;
  /** As many will follow: forgets everything so far. */
  forget(): void;
}

export class ScreenFeed implements Disposable {
  readonly #screen: Screen;
  readonly #direct: DirectLines;
  readonly #kept: KeptLines | undefined;
  readonly #scan = new PlainScan();
  /** What follows the backlog. */
  readonly #unread = new UnreadLines();
  /** Nothing is left of what was before #unread. */
  #forgot = false;
  /** Nothing of this flood can be forgotten: its lines are too long, or do not end in CR LF. */
  #readsAll = false;
  /** Bytes since the last that change more than lines. */
  #stateless = 0;
  readonly #backlog = new AppendBuffer();
  /** Where the backlog begins in what was scanned. */
  #position = 0;
  /** The whole backlog is plain, and the screen is one that plain output only scrolls. */
  #plain = false;
  #burst = 0;
  #pushedAt = 0;
  #timer: Disposable | undefined;

  /**
   * `onLines`: lines that leave without having been drawn, in order with those of the screen's onLineLeft. Without `kept`
   * none is forgotten.
   */
  constructor(screen: Screen, onLines: TakeLines = () => {}, kept?: KeptLines) {
    this.#screen = screen;
    this.#direct = new DirectLines(screen, onLines);
    this.#kept = kept;
  }

  /** Bytes that wait to be drawn, or to go to the history. */
  get backlog(): number {
    return this.#backlog.length;
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
    if (this.#kept !== undefined && this.#putOff(this.#kept, bytes)) return;
    this.#readUnread(Number.POSITIVE_INFINITY);
    if (this.backlog === 0 && this.#burst <= AT_ONCE) this.#screen.write(bytes);
    else this.#read(bytes);
  }

  /** Feeds everything: afterwards the screen shows all that was pushed. */
  settle(): void {
    this.#readUnread(Number.POSITIVE_INFINITY);
    this.#feed(this.backlog);
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
  }

  /** Keeps the bytes as they are, behind the backlog; false: they have to be looked at. */
  #putOff(kept: KeptLines, bytes: Uint8Array): boolean {
    const unread = this.#unread;
    this.#stateless = isStatelessText(bytes) ? this.#stateless + bytes.length : 0;
    // Plain: the backlog is, and the screen does nothing but scroll.
    const long = this.#stateless > LONG && this.#plain && !this.#readsAll;
    if (this.#stateless === 0 || (unread.length === 0 && !long)) return false;
    unread.add(bytes);
    const forgotten = unread.forget(kept.wanted + this.#screen.rows + this.#screen.scrollback);
    if (forgotten > 0) this.#forget(kept, forgotten);
    else if (this.#readsAll || unread.length > MAX_UNREAD) {
      // Faster than it comes, but not all at once.
      this.#readsAll = true;
      this.#readUnread(2 * bytes.length);
    }
    return true;
  }

  /** So many bytes in front of #unread will never be read, and so none before them. */
  #forget(kept: KeptLines, count: number): void {
    const screen = this.#screen;
    if (!this.#forgot) {
      this.#forgot = true;
      // There may be colours in it.
      this.#feed(this.backlog);
      // What follows begins a row, as it did when it was printed.
      screen.scrollAway();
      kept.forget();
    }
    screen.offset += count;
  }

  /** Looks at what was put off, at most at about `most` bytes. */
  #readUnread(most: number): void {
    for (let read = 0; read < most; ) {
      const bytes = this.#unread.take();
      if (bytes === undefined) return;
      this.#forgot = false;
      read += bytes.length;
      this.#read(bytes);
    }
  }

  /** Looks at bytes of a flood. */
  #read(bytes: Uint8Array): void {
    if (this.backlog === 0) {
      this.#scan.reset(this.#screen.cols);
      this.#position = 0;
      this.#plain = onlyScrolls(this.#screen);
    }
    this.#plain = this.#plain && this.#scan.scan(bytes);
    this.#backlog.add(bytes);
    if (this.#plain) {
      this.#passBy();
      this.#feed(Math.max(0, this.backlog - MAX_PLAIN));
    } else {
      // All of it has to be parsed, so nothing is gained by waiting; faster than it comes, but not all at once.
      this.#feed(Math.min(this.backlog, 2 * bytes.length + SLICE));
    }
  }

  #feed(count: number): void {
    if (count === 0) return;
    const { bytes } = this.#backlog;
    for (let at = 0; at < count; at += PARSED) this.#screen.write(bytes.subarray(at, Math.min(count, at + PARSED)));
    this.#drop(count);
    if (this.backlog === 0) this.#plain = false;
  }

  /** Takes the beginning of a plain backlog, whose lines nobody can ever see on the screen or in its scrollback. */
  #passBy(): void {
    const { checkpoints, rows } = this.#scan;
    const wanted = this.#screen.rows + this.#screen.scrollback;
    if (rows - wanted - (checkpoints[0]?.rows ?? rows) < WORTH_IT) return;
    const cut = checkpoints.findLast((place) => rows - place.rows >= wanted);
    if (cut === undefined) return;
    const { bytes } = this.#backlog;
    const to = cut.position - this.#position;
    const simple = this.#scan.simpleFrom <= this.#position;
    for (let at = 0; at < to; ) {
      at = this.#direct.take(bytes, at, to, simple);
      if (at === to) break;
      const end = bytes.indexOf(LINE_FEED, Math.min(at + DRAWN, to - 1)) + 1;
      this.#screen.write(bytes.subarray(at, end));
      at = end;
    }
    this.#drop(to);
  }

  #drop(count: number): void {
    this.#backlog.drop(count);
    this.#position += count;
    if (this.#plain) this.#scan.forget(this.#position);
  }

  #arm(): void {
    this.#timer ??= timeout(PAUSE_MS, () => {
      this.#timer = undefined;
      if (performance.now() - this.#pushedAt >= PAUSE_MS) {
        this.#burst = 0;
        this.#stateless = 0;
        this.#readsAll = false;
        if (this.#unread.length > 0) this.#readUnread(READ);
        else this.#feed(Math.min(SLICE, this.backlog));
        if (this.backlog === 0 && this.#unread.length === 0) {
          this.#backlog.release();
          this.#direct.release();
          this.#unread.release();
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
