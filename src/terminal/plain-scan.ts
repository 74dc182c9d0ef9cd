// Tells whether bytes are plain output: printable text, CR, LF, TAB, BS, BEL and complete SGR sequences, nothing
// that could move the cursor up, change a mode or ask anything. Such output only scrolls, so most of a flood of
// it can be skipped (feed.ts). One pass with a table, several times as fast as parsing, over any chunks.

/** Classes of bytes; text and line feeds are the common ones. */
const TEXT = 0;
const LINE_FEED = 1;
const FORBIDDEN = 2;
const ESCAPE = 3;
/** Beyond ASCII: cells are not counted, for it may join. */
const HIGH = 4;
/** Begins the 8-bit control characters as UTF-8 has them, C2 80 to C2 9F. */
const LEADS_TO_C1 = 5;
const CARRIAGE_RETURN = 6;
/** BS: the cells of the line say nothing about its rows any more. */
const BACKWARD = 7;
/** Moves or rings, but fills no cell for certain. */
const NO_CELL = 8;

const CLASSES = new Uint8Array(256);
CLASSES.fill(FORBIDDEN, 0, 0x20);
CLASSES.fill(HIGH, 0x80);
CLASSES[0x07] = NO_CELL;
CLASSES[0x08] = BACKWARD;
CLASSES[0x09] = NO_CELL;
CLASSES[0x0a] = LINE_FEED;
CLASSES[0x0d] = CARRIAGE_RETURN;
CLASSES[0x1b] = ESCAPE;
CLASSES[0x7f] = FORBIDDEN;
CLASSES[0xc2] = LEADS_TO_C1;

type State = "text" | "after-c2" | "after-escape" | "in-sgr";

/** A place where a line begins (after CR LF), `position` bytes and at least `rows` rows after the reset. */
export interface Checkpoint {
  readonly position: number;
  readonly rows: number;
}

/** Rows between two checkpoints. */
const STEP = 32;

export class PlainScan {
  /** At least so many rows were begun since the reset. */
  rows = 0;
  checkpoints: Checkpoint[] = [];
  /** From here on there is nothing but printable ASCII and CR LF. */
  simpleFrom = 0;
  #cols = 1;
  #position = 0;
  /** Rows at the last checkpoint. */
  #marked = 0;
  #state: State = "text";
  /** Cells of the present line that are certain; a bare CR or a BS makes them uncertain. */
  #cells = 0;
  #straight = true;
  #returned = false;

  reset(cols: number): void {
    this.rows = 0;
    this.checkpoints = [];
    this.simpleFrom = 0;
    this.#cols = cols;
    this.#position = 0;
    this.#marked = 0;
    this.#state = "text";
    this.#beginLine();
  }

  /** Whether the bytes, which follow those of the last call, are plain. After false: reset. */
  scan(bytes: Uint8Array): boolean {
    const end = bytes.length;
    const words = wordsOf(bytes);
    for (let at = 0; at < end; at += 1) {
      if (this.#state === "text") {
        const start = at;
        let kind = TEXT;
        while (at < end) {
          if ((at & 3) === 0) {
            let word = at >> 2;
            while (word < words.length && isText(words[word] as number)) word += 1;
            at = word << 2;
            if (at === end) break;
          }
          kind = CLASSES[bytes[at] as number] as number;
          if (kind !== TEXT) break;
          at += 1;
        }
        if (at > start) this.#text(at - start, this.#position + at);
        if (at < end && !this.#special(kind, this.#position + at + 1)) return false;
        continue;
      }
      if (!this.#inSequence(bytes[at] as number)) return false;
      this.simpleFrom = this.#position + at + 1;
      // What follows C2 is looked at again as text, for the two bytes need not belong together.
      if (this.#state === "after-c2") {
        this.#state = "text";
        at -= 1;
      }
    }
    this.#position += end;
    return true;
  }

  /** Drops checkpoints that do not lie behind `position`. */
  forget(position: number): void {
    const kept = this.checkpoints.findIndex((place) => place.position > position);
    this.checkpoints = kept < 0 ? [] : this.checkpoints.slice(kept);
  }

  #text(cells: number, position: number): void {
    if (this.#returned) this.#bend(position);
    this.#cells += cells;
  }

  /** The line is no longer one run from its first column on. */
  #bend(position: number): void {
    this.#straight = false;
    this.#returned = false;
    this.simpleFrom = position;
  }

  /** `position`: after the byte. */
  #special(kind: number, position: number): boolean {
    switch (kind) {
      case LINE_FEED:
        this.rows += 1 + (this.#straight ? Math.floor(Math.max(0, this.#cells - 1) / this.#cols) : 0);
        if (!this.#returned) this.simpleFrom = position;
        if (this.#returned && this.rows - this.#marked >= STEP) {
          this.#marked = this.rows;
          this.checkpoints.push({ position, rows: this.rows });
        }
        this.#beginLine();
        return true;
      case CARRIAGE_RETURN:
        if (this.#returned) this.simpleFrom = position;
        this.#returned = true;
        return true;
      case BACKWARD:
        this.#bend(position);
        return true;
      case LEADS_TO_C1:
        this.#state = "after-c2";
        this.simpleFrom = position;
        this.#text(-1, position);
        return true;
      case HIGH:
        // An ASCII character after it may join it.
        this.simpleFrom = position;
        this.#text(-1, position);
        return true;
      case NO_CELL:
        this.simpleFrom = position;
        if (this.#returned) this.#bend(position);
        return true;
      case ESCAPE:
        this.simpleFrom = position;
        this.#state = "after-escape";
        return true;
    }
    return false;
  }

  #inSequence(byte: number): boolean {
    if (this.#state === "after-c2") return byte < 0x80 || byte > 0x9f;
    if (this.#state === "after-escape") {
      this.#state = "in-sgr";
      return byte === 0x5b;
    }
    if (byte === 0x6d) {
      this.#state = "text";
      return true;
    }
    return byte >= 0x30 && byte <= 0x3b;
  }

  #beginLine(): void {
    this.#cells = 0;
    this.#straight = true;
    this.#returned = false;
  }
}

const NO_WORDS = new Int32Array(0);

/** The same bytes, four at a time, where they lie so that this is possible. */
function wordsOf({ buffer, byteOffset, length }: Uint8Array): Int32Array {
  return (byteOffset & 3) === 0 ? new Int32Array(buffer, byteOffset, length >> 2) : NO_WORDS;
}

/** Whether four bytes are all printable ASCII: none below 0x20, none above 0x7e. */
function isText(word: number): boolean {
  return (((word - 0x20202020) | (word + 0x01010101) | word) & 0x80808080) === 0;
}

const ESC = 0x1b;

/**
 * Of plain bytes, the SGR sequences that decide the pen at their end: those since the last one that begins with
 * a reset. The bytes begin and end between sequences.
 */
export function decidingSgr(bytes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = bytes.lastIndexOf(ESC); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(ESC, at - 1)) {
    found.push(bytes.subarray(at, bytes.indexOf(0x6d, at) + 1));
    const first = bytes[at + 2];
    const next = bytes[at + 3];
    // `m`, `;`, and `0` followed by `m` or `;`.
    if (first === 0x6d || first === 0x3b || (first === 0x30 && (next === 0x6d || next === 0x3b))) break;
  }
  return found.reverse();
}
