// Which keys a worker may type without asking the client whose keyboard it reads (direct-terminal.ts): those that are no
// detach key in any encoding, begin no paste and end where they end. The rest is for the client's own filter
// (src/attach/key-filter.ts), with which plain-keys.test.ts compares.

const ESC = 0x1b;
const BRACKET = 0x5b;
const SINGLE_SHIFT = 0x4f;
const LESS_THAN = 0x3c;
/** Arrows, Begin, End, Home, F1 to F4, back-tab, focus: what a CSI without parameters is for. */
const CSI_FINALS = new Set(Buffer.from("ABCDEFHIOPQRSZ"));

/** `held`: bytes that are or begin the detach key. */
export function areForProgram(bytes: Uint8Array, held: readonly number[]): boolean {
  if (held.some((byte) => bytes.indexOf(byte) >= 0)) return false;
  for (let at = bytes.indexOf(ESC); at >= 0; at = bytes.indexOf(ESC, at)) {
    at = sequenceEnd(bytes, at);
    if (at < 0) return false;
  }
  return true;
}

/** Behind a sequence that is only a key or a mouse report; -1 for any other and for one that is cut. */
function sequenceEnd(bytes: Uint8Array, from: number): number {
  const kind = bytes[from + 1];
  const next = bytes[from + 2] ?? 0;
  if (kind === SINGLE_SHIFT) return isLetter(next) ? from + 3 : -1;
  if (kind !== BRACKET) return -1;
  if (next === LESS_THAN) return mouseEnd(bytes, from + 3);
  return CSI_FINALS.has(next) ? from + 3 : -1;
}

/** `CSI < 0 ; 12 ; 34 M`, or m. */
function mouseEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === 0x4d || byte === 0x6d) return at + 1;
    if (byte < 0x30 || byte > 0x3b || byte === 0x3a) return -1;
  }
  return -1;
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}
