// Finds the control sequences in a stream for a terminal, cut anywhere, as xterm reads it: C0 and C1 controls,
// escape sequences, CSI, and strings (OSC, DCS, APC, PM, SOS). Pulled by mode-tracker.ts and
// sequence-rewriter.ts: `scan` stops behind each sequence. Text between sequences is skipped at memory speed.

export type ControlEvent = "none" | "control" | "escape" | "csi" | "string";

/** Of a string only its beginning is kept: no sequence that matters here is longer. */
const MAX_STRING = 4096;
const MAX_PARAMETERS = 32;
/** Numbers beyond this mean nothing to anybody and must not overflow. */
const MAX_NUMBER = 1_000_000;

const BEL = 0x07;
const SO = 0x0e;
const SI = 0x0f;
const CAN = 0x18;
const SUB = 0x1a;
const ESC = 0x1b;
const C1_LEAD = 0xc2;

const STATE = { ground: 0, c1: 1, escape: 2, csi: 3, string: 4, stringC1: 5 } as const;
type State = (typeof STATE)[keyof typeof STATE];

export class ControlParser {
  /** What `scan` stopped behind; `none`: the chunk is over. */
  event: ControlEvent = "none";
  /** Where that sequence begins in this chunk; -1 when it began in an earlier one. */
  begin = -1;
  /** `<`, `=`, `>` or `?` of a CSI, the last intermediate byte (or 0), the final byte; of a string its kind. */
  prefix = 0;
  intermediate = 0;
  final = 0;
  /** Numbers of a CSI, absent ones as -1; colons separate like semicolons. */
  readonly parameters = new Int32Array(MAX_PARAMETERS);
  count = 0;
  /** A string that CAN or SUB cancelled: nothing of it is carried out. */
  cancelled = false;
  #state: State = STATE.ground;
  #string: number[] = [];
  #chunk: Uint8Array | undefined;
  /** The chunk has bytes beside ESC that begin something. */
  #rare = false;

  /** No sequence is open: whatever is written now is read from its beginning. */
  get ground(): boolean {
    return this.#state === STATE.ground;
  }

  /** Inside OSC, DCS, APC, PM or SOS. */
  get inString(): boolean {
    return this.#state >= STATE.string;
  }

  /** The number of a CSI, or `absent`. */
  parameter(index: number, absent: number): number {
    const value = index < this.count ? (this.parameters[index] as number) : -1;
    return value < 0 ? absent : value;
  }

  /** The beginning of a finished string, one character per byte. */
  text(): string {
    return String.fromCharCode(...this.#string);
  }

  /** Another chunk, though its array may be the same. */
  beginChunk(): void {
    this.#chunk = undefined;
  }

  /** Reads on from `at`; returns where it stopped, and says in `event` why. */
  scan(bytes: Uint8Array, at: number): number {
    if (bytes !== this.#chunk || at === 0) {
      this.#chunk = bytes;
      this.#rare = bytes.indexOf(SO) >= 0 || bytes.indexOf(SI) >= 0 || bytes.indexOf(C1_LEAD) >= 0;
      this.begin = -1;
    }
    this.event = "none";
    let position = at;
    while (position < bytes.length && this.event === "none") {
      if (this.#state === STATE.ground) {
        position = this.#skipText(bytes, position);
        if (position >= bytes.length) break;
        this.begin = position;
      }
      position += this.#step(bytes[position] as number, position);
    }
    if (this.event === "none") this.#chunk = undefined;
    return position;
  }

  #skipText(bytes: Uint8Array, from: number): number {
    if (!this.#rare) {
      const next = bytes.indexOf(ESC, from);
      return next < 0 ? bytes.length : next;
    }
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      if (byte === ESC || byte === SO || byte === SI || byte === C1_LEAD) return at;
    }
    return bytes.length;
  }

  /** Returns how many bytes were taken: an ESC that ends a string is left, because it begins something. */
  #step(byte: number, position: number): 0 | 1 {
    switch (this.#state) {
      case STATE.ground:
        if (byte === ESC) this.#state = STATE.escape;
        else if (byte === C1_LEAD) this.#state = STATE.c1;
        else this.#control(byte);
        this.intermediate = 0;
        return 1;
      case STATE.c1:
        // U+0080 to U+009F; anything else was an ordinary character.
        this.#state = STATE.ground;
        if (byte === ESC) this.#restart(position);
        else if (byte >= 0x80 && byte <= 0x9f) this.#escape(byte - 0x40);
        return 1;
      case STATE.escape:
        if (byte === ESC) this.#restart(position);
        else if (byte === CAN || byte === SUB) this.#state = STATE.ground;
        else if (byte < 0x20) this.#control(byte);
        else if (byte < 0x30) this.intermediate = byte;
        else this.#escape(byte);
        return 1;
      case STATE.csi:
        this.#inCsi(byte, position);
        return 1;
      default:
        return this.#inString(byte);
    }
  }

  /** SO and SI count; they are carried out at once, even inside a sequence. */
  #control(byte: number): void {
    if (byte !== SO && byte !== SI) return;
    this.event = "control";
    this.final = byte;
  }

  #escape(byte: number): void {
    this.#state = STATE.ground;
    if (this.intermediate === 0) {
      if (byte === 0x5b) {
        this.#state = STATE.csi;
        this.prefix = 0;
        this.count = 0;
        return;
      }
      if (byte === 0x5d || byte === 0x50 || byte === 0x5f || byte === 0x5e || byte === 0x58) {
        this.#state = STATE.string;
        this.final = byte;
        this.#string = [];
        return;
      }
    }
    if (byte > 0x7e) return;
    this.final = byte;
    this.event = "escape";
  }

  #inCsi(byte: number, position: number): void {
    if (byte >= 0x30 && byte <= 0x39) {
      if (this.count === 0) this.parameters[this.count++] = -1;
      const old = Math.max(0, this.parameters[this.count - 1] as number);
      this.parameters[this.count - 1] = Math.min(MAX_NUMBER, old * 10 + byte - 0x30);
    } else if (byte === 0x3b || byte === 0x3a) {
      if (this.count === 0) this.parameters[this.count++] = -1;
      if (this.count < MAX_PARAMETERS) this.parameters[this.count++] = -1;
    } else if (byte >= 0x40 && byte <= 0x7e) {
      this.#state = STATE.ground;
      this.final = byte;
      this.event = "csi";
    } else if (byte >= 0x3c && byte <= 0x3f) this.prefix = byte;
    else if (byte === ESC) this.#restart(position);
    else if (byte === CAN || byte === SUB) this.#state = STATE.ground;
    else if (byte < 0x20) this.#control(byte);
    else if (byte < 0x30) this.intermediate = byte;
  }

  /** OSC, DCS, ...: up to ST, BEL (OSC), CAN or SUB. The backslash of an ST counts as a sequence of its own. */
  #inString(byte: number): 0 | 1 {
    const c1 = this.#state === STATE.stringC1;
    this.#state = STATE.string;
    if (byte === ESC) {
      this.#endString(false);
      return 0;
    }
    if (byte === CAN || byte === SUB) this.#endString(true);
    else if ((byte === BEL && this.final === 0x5d) || (c1 && byte === 0x9c)) this.#endString(false);
    else {
      if (byte === C1_LEAD) this.#state = STATE.stringC1;
      if (this.#string.length < MAX_STRING) this.#string.push(byte);
    }
    return 1;
  }

  #endString(cancelled: boolean): void {
    this.#state = STATE.ground;
    this.cancelled = cancelled;
    this.event = "string";
  }

  /** ESC inside a sequence begins a new one. */
  #restart(position: number): void {
    this.#state = STATE.escape;
    this.begin = position;
    this.intermediate = 0;
  }
}
