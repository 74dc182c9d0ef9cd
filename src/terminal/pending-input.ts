// The bytes of an unfinished character or escape sequence at the end of what was fed. They are kept so that a
// snapshot can end with them and the next live bytes complete them, wherever the cut was. screen.ts feeds it
// after every write; while nothing is unfinished it costs one comparison.

import { concat } from "../base/byte-queue.ts";
import { MAX_STRING } from "./string-sequences.ts";
import type { Engine } from "./xterm-internals.ts";

const ESC = 0x1b;
/** The second byte of OSC in its 7-bit form and in UTF-8. */
const OSC: readonly number[] = [0x5d, 0x9d];
/** The first byte of every 8-bit control character as UTF-8. */
const C1_LEAD = 0xc2;
const C1 = Uint8Array.of(C1_LEAD);
const NOTHING = new Uint8Array(0);
/** What stands for a string past the cap: one that every terminal swallows, to BEL or ST, or to ST only. */
const SWALLOWED_OSC = new TextEncoder().encode("\x1b]99999;");
const SWALLOWED = new TextEncoder().encode("\x1bX");

export class PendingInput {
  #bytes: Uint8Array[] = [];
  #length = 0;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** `chunk` has just been fed. */
  fed(chunk: Uint8Array): void {
    const input = this.#engine._inputHandler;
    const parser = input._parser;
    if (parser.currentState === parser.initialState) {
      if (this.#length > 0 || input._utf8Decoder.interim[0] !== 0)
        this.#set(partialCharacter(input._utf8Decoder.interim));
      return;
    }
    const start = lastIntroducer(chunk);
    if (start >= 0) this.#set(chunk.slice(start));
    else if (this.#bytes.at(-1)?.at(-1) === C1_LEAD && introduces(chunk[0])) this.#set(concat([C1, chunk]));
    else this.#add(chunk.slice());
  }

  /** What a terminal that missed the bytes has to be sent; control characters among them were obeyed already. */
  get bytes(): Uint8Array {
    if (this.#length > MAX_STRING) return OSC.includes(this.#bytes[0]?.[1] ?? 0) ? SWALLOWED_OSC : SWALLOWED;
    const all = concat(this.#bytes, this.#length);
    return isString(all) ? all : all.filter((byte, at) => at === 0 || byte > 0x1f);
  }

  #set(bytes: Uint8Array): void {
    this.#bytes = bytes.length === 0 ? [] : [bytes];
    this.#length = bytes.length;
  }

  #add(bytes: Uint8Array): void {
    this.#length += bytes.length;
    if (this.#length <= MAX_STRING) this.#bytes.push(bytes);
    else if (this.#bytes.length > 1) this.#bytes = [concat(this.#bytes).slice(0, 8)];
  }
}

function partialCharacter(interim: Uint8Array): Uint8Array {
  const end = interim.indexOf(0);
  return end === 0 ? NOTHING : interim.slice(0, end < 0 ? interim.length : end);
}

/** Every state but the ground state was entered by the last ESC or by the last 8-bit introducer (as UTF-8). */
function lastIntroducer(chunk: Uint8Array): number {
  const lastEscape = chunk.lastIndexOf(ESC);
  for (let at = chunk.lastIndexOf(C1_LEAD); at > lastEscape; at = chunk.lastIndexOf(C1_LEAD, at - 1)) {
    if (introduces(chunk[at + 1])) return at;
    if (at === 0) break;
  }
  return lastEscape;
}

/** The second byte of DCS, SOS, CSI, OSC, PM and APC. */
function introduces(byte = 0): boolean {
  return byte === 0x90 || byte === 0x98 || byte === 0x9b || (byte >= 0x9d && byte <= 0x9f);
}

/** OSC, DCS, SOS, PM, APC: control characters belong to the payload. */
function isString(bytes: Uint8Array): boolean {
  const kind = bytes[0] === ESC ? bytes[1] : (bytes[1] ?? 0) - 0x40;
  return kind === 0x5d || kind === 0x50 || kind === 0x58 || kind === 0x5e || kind === 0x5f;
}
