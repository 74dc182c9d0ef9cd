// Follows SGR sequences in raw bytes just closely enough to know when the pen is plain again and when it has a
// background. direct-lines.ts asks it for each sequence of a line that the model never sees; sequences that it does
// not know for certain send the line to the model.

const NOTHING = 0;
const BACKGROUND = 1;
/** Stands for whatever the pen has at the beginning; only a reset clears it for certain. */
const UNKNOWN = 2048;

/** Which attributes each parameter sets: one bit per thing that one other parameter clears. */
const SETS = new Map<number, number>();
const CLEARS = new Map<number, number>();

function pair(bit: number, clearedBy: number, ...setBy: number[]): void {
  CLEARS.set(clearedBy, (CLEARS.get(clearedBy) ?? 0) | bit);
  for (const parameter of setBy) SETS.set(parameter, bit);
}

const FOREGROUND = 2;
pair(BACKGROUND, 49, 40, 41, 42, 43, 44, 45, 46, 47, 48, 101, 102, 103, 104, 105, 106, 107);
pair(FOREGROUND, 39, 30, 31, 32, 33, 34, 35, 36, 37, 38, 90, 91, 92, 93, 94, 95, 96, 97);
pair(4, 22, 1, 2);
pair(8, 23, 3);
pair(16, 24, 4, 21);
pair(32, 25, 5);
pair(64, 27, 7);
pair(128, 28, 8);
pair(256, 29, 9);
pair(512, 55, 53);
pair(1024, 59, 58);

/** The engine reads 32 parameters and ignores the rest. */
const MOST_PARAMETERS = 32;

export class SgrTracker {
  #set = NOTHING;

  /** Before any sequence: the pen is plain, or it is anything but has no background. */
  begin(plain: boolean): void {
    this.#set = plain ? NOTHING : UNKNOWN;
  }

  /** False also while it cannot be told. */
  get plain(): boolean {
    return this.#set === NOTHING;
  }

  get background(): boolean {
    return (this.#set & BACKGROUND) !== 0;
  }

  /** The sequence that begins at `at` with ESC: the index after its `m`, or -1 when it is not known for certain. */
  apply(bytes: Uint8Array, at: number): number {
    let parameter = 0;
    /** Numbers to come that are a colour, not attributes; -1: the kind of colour is to come. */
    let colour = 0;
    let parameters = 0;
    for (let next = at + 2; next < bytes.length; next += 1) {
      const byte = bytes[next] as number;
      if (byte >= 0x30 && byte <= 0x39) {
        parameter = parameter * 10 + byte - 0x30;
        continue;
      }
      parameters += 1;
      if ((byte !== 0x3b && byte !== 0x6d) || parameters > MOST_PARAMETERS) return -1;
      if (colour > 0) colour -= 1;
      else if (colour < 0) {
        colour = parameter === 5 ? 1 : parameter === 2 ? 3 : 0;
        if (colour === 0) return -1;
      } else if (parameter === 0) this.#set = NOTHING;
      else if (!this.#attribute(parameter)) return -1;
      else if (parameter === 38 || parameter === 48 || parameter === 58) colour = -1;
      parameter = 0;
      if (byte === 0x6d) return colour === 0 ? next + 1 : -1;
    }
    return -1;
  }

  #attribute(parameter: number): boolean {
    const sets = SETS.get(parameter);
    if (sets !== undefined) {
      this.#set |= sets;
      return true;
    }
    const clears = CLEARS.get(parameter);
    if (clears === undefined) return false;
    this.#set &= ~clears;
    return true;
  }
}
