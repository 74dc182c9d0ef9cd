// Random terminal output for property tests, the same for the same seed: text with styles, plain output as logs
// have it, and everything that moves, scrolls, switches or asks.

const TEXT = [
  "a",
  "x ",
  "hello ",
  "0123456789",
  "the quick brown fox ",
  "   ",
  "ß",
  "漢字",
  "─│",
  "e\u0301",
  "🙂",
  "👨‍👩‍👧",
  "🇩🇪",
  "क्षि",
  "\u00ad",
];
const SGR =
  "|0|1|2|3|4|4:3|4:2|5|7|8|9|21|22|23|24|25|27|28|29|31|42|38;5;123|48;5;17|38;2;1;2;3|48;2;9;8;7|39|49|53|55|58:5:9|58:2::1:2:3|59|91|104|1;4;31|7;45".split(
    "|",
  );
const MODES = [
  1, 3, 5, 6, 7, 9, 25, 40, 45, 47, 66, 1000, 1002, 1003, 1004, 1006, 1007, 1016, 1047, 1048, 1049, 2004, 2026,
];
const FIXED = [
  "\x1b7",
  "\x1b8",
  "\x1b[s",
  "\x1b[u",
  "\x1bM",
  "\x1bD",
  "\x1bE",
  "\x1bH",
  "\x1b[g",
  "\x1b[3g",
  "\x1b[r",
  "\x1b(0",
  "\x1b(B",
  "\x1b)0",
  "\x0e",
  "\x0f",
  "\x1b*A",
  "\x1bn",
  "\x1b6",
  "\x1b9",
  "\x1b=",
  "\x1b>",
];
const UNFINISHED = ["\x1b[", "\x1b]0;ab", "\x1bP$q", "\x1b[38;5", "\x1b"];

export class RandomStream {
  #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** 0 to below `limit`. */
  below(limit: number): number {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  /** Text, styles, and what a shell's tools print. */
  styled(parts: number): string {
    return this.#join(parts, () => [
      this.#text,
      this.#text,
      this.#text,
      this.#sgr,
      () => this.pick(["\r\n", "\n", "\t", "\b"]),
    ]);
  }

  /** As styled, with the long lines and many line ends of a log: everything that feed.ts may skip. */
  plain(parts: number): string {
    return this.#join(parts, () => [
      this.#text,
      this.#text,
      this.#sgr,
      () => this.pick(["\r\n", "\r\n", "\r\n", "\t", "\b", "\r"]),
    ]);
  }

  /** Anything a program may print to a screen of this size. */
  anything(parts: number, rows: number, cols: number): string {
    const some = (limit: number) => this.below(limit);
    const rarely = (sequence: string) => (some(20) === 0 ? sequence : "");
    const csi = (limit: number, finals: string) => `\x1b[${some(limit)}${this.pick([...finals])}`;
    return this.#join(parts, () => [
      ...[this.#text, this.#text, this.#text, this.#text, this.#sgr, this.#sgr],
      () => this.pick(["\r\n", "\r\n", "\n", "\r", "\t", "\b"]),
      () => `\x1b[${1 + some(rows)};${1 + some(cols)}H`,
      () => csi(5, "ABCDEFGdXP@LMSTIZbae`"),
      () => csi(3, "JK"),
      () => `\x1b[?${some(3)}${this.pick(["J", "K"])}`,
      () => `\x1b[${1 + some(rows - 1)};${2 + some(rows)}r`,
      () => this.pick(FIXED),
      () => this.pick(FIXED),
      () => `\x1b[?${this.pick(MODES)}${this.pick(["h", "l"])}`,
      () => `\x1b[${this.pick([4, 20])}${this.pick(["h", "l"])}`,
      () => `\x1b]8;${this.pick(["", "id=1"])};${this.pick(["http://a", "http://b", ""])}\x1b\\`,
      () => `\x1b]${some(3)};t${some(9)}\x07\x1b[${this.pick([22, 23])};${some(3)}t`,
      () => `\x1b[${this.pick(["=", "<", ">"])}${some(8)}u\x1b[>4;${some(3)}m`,
      () => `\x1b[${some(7)} q\x1b[${some(3)}"q`,
      () => `\x1b]4;${some(5)};#12345${some(9)}\x07\x1b]1${some(3)};rgb:1/2/${some(9)}\x07\x1b]11${some(3)}\x07`,
      () => `\x1b[?${this.pick([1, 6, 25, 2004, 1049])}${this.pick(["s", "r"])}`,
      () => `\x1b]7;file:///tmp/x${some(9)}\x07\x1b]133;${this.pick(["A", "B", "C", "D;3"])}\x07`,
      () => `\x1b[?69${this.pick(["h", "h", "l"])}\x1b[${1 + some(cols)};${1 + some(cols)}s`,
      () => `\x1b[${some(3)}${this.pick([" @", " A", "'}", "'~"])}`,
      () => rarely("\x1bc") + rarely("\x1b[!p") + rarely("\x1b#8") + rarely("\x1b[3J") + rarely(this.pick(UNFINISHED)),
    ]);
  }

  #text = () => this.pick(TEXT);
  #sgr = () => `\x1b[${this.pick(SGR)}m`;

  #join(parts: number, choices: () => readonly (() => string)[]): string {
    const all = choices();
    let out = "";
    for (let part = 0; part < parts; part += 1) out += this.pick(all)();
    return out;
  }
}
