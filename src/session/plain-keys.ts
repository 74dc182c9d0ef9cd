// Which keys a worker may type without asking the client whose keyboard it reads (direct-terminal.ts): those that are no
// detach key in any encoding, begin no paste and end where they end. The rest is for the client's own filters
// (src/attach/key-filter.ts, reply-filter.ts), with which plain-keys.test.ts compares.

const ESC = 0x1b;
const BEL = 0x07;
const [BRACKET, SINGLE_SHIFT, DCS, OSC, BACKSLASH] = Buffer.from("[OP]\\");
const [LESS_THAN, QUESTION, GREATER_THAN] = Buffer.from("<?>");
const MOUSE_FINALS = new Set(Buffer.from("Mm"));
/** Arrows, Begin, End, Home, F1 to F4, back-tab, focus: what a CSI without parameters is for. */
const BARE_FINALS = new Set(Buffer.from("ABCDEFHIOPQRSZ"));
/** Those of them that have modifiers as parameters and are no answer of a terminal as well. */
const KEY_FINALS = new Set(Buffer.from("ABCDEFHPQS"));
/** Device attributes, status, position, modes, window reports. */
const ANSWER_FINALS = new Set(Buffer.from("cnRyt"));

/** `held`: bytes that are or begin the detach key. `answers`: what a terminal says by itself may pass, too. */
export function areForProgram(bytes: Uint8Array, held: readonly number[], answers: boolean): boolean {
  if (held.some((byte) => bytes.indexOf(byte) >= 0)) return false;
  for (let at = bytes.indexOf(ESC); at >= 0; at = bytes.indexOf(ESC, at)) {
    at = sequenceEnd(bytes, at, answers);
    if (at < 0) return false;
  }
  return true;
}

/** Behind a sequence that may pass; -1 for any other and for one that is cut. */
function sequenceEnd(bytes: Uint8Array, from: number, answers: boolean): number {
  const kind = bytes[from + 1];
  if (kind === BRACKET) return csiEnd(bytes, from + 2, answers);
  if (kind === SINGLE_SHIFT) return isLetter(bytes[from + 2] ?? 0) ? from + 3 : -1;
  return answers && (kind === DCS || kind === OSC) ? stringEnd(bytes, from + 2, kind === OSC) : -1;
}

function csiEnd(bytes: Uint8Array, from: number, answers: boolean): number {
  let at = from;
  while (isBetween(bytes[at], 0x30, 0x3f)) at += 1;
  const bare = at === from;
  const intermediates = at;
  while (isBetween(bytes[at], 0x20, 0x2f)) at += 1;
  const final = bytes[at] ?? 0;
  const key = at === intermediates && isKey(bytes[from], bare, final);
  return key || (answers && !bare && isAnswer(bytes[from], final)) ? at + 1 : -1;
}

/** `prefix`: the byte behind `CSI`. */
function isKey(prefix: number | undefined, bare: boolean, final: number): boolean {
  if (bare) return BARE_FINALS.has(final);
  if (prefix === LESS_THAN) return MOUSE_FINALS.has(final);
  return isBetween(prefix, 0x30, 0x3b) && KEY_FINALS.has(final);
}

function isAnswer(prefix: number | undefined, final: number): boolean {
  if (prefix === QUESTION || prefix === GREATER_THAN) return isBetween(final, 0x40, 0x7e);
  return isBetween(prefix, 0x30, 0x3b) && ANSWER_FINALS.has(final);
}

/** `OSC 11 ; rgb:... ST`, or with BEL; an answer of DCS. */
function stringEnd(bytes: Uint8Array, from: number, belEnds: boolean): number {
  const bel = belEnds ? bytes.indexOf(BEL, from) : -1;
  const next = bytes.indexOf(ESC, from);
  if (bel >= 0 && (next < 0 || bel < next)) return bel + 1;
  return next >= 0 && bytes[next + 1] === BACKSLASH ? next + 2 : -1;
}

function isBetween(byte: number | undefined, least: number, most: number): boolean {
  return byte !== undefined && byte >= least && byte <= most;
}

function isLetter(byte: number): boolean {
  return isBetween(byte, 0x41, 0x5a) || isBetween(byte, 0x61, 0x7a);
}
