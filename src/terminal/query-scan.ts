// A quick look at raw output: may it hold something that cannot wait for the screen model to be fed at leisure?
// Called for each piece of output while nobody is attached; a false yes costs a little time, a false no would
// leave a program waiting for its answer. Light on purpose: the worker loads it without the model.

import { concat } from "../base/byte-queue.ts";

/** Output that may hold a question or a title: any OSC or DCS, or a CSI that ends like a query. */
export function asksOrNames(bytes: Uint8Array): boolean {
  return lookForQueries(bytes) !== "no";
}

/** `cut`: no, as far as it goes, but the bytes end within an escape sequence, the one that the last ESC begins. */
export function lookForQueries(bytes: Uint8Array): "yes" | "no" | "cut" {
  for (let at = bytes.indexOf(0x1b); at >= 0; at = bytes.indexOf(0x1b, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) return "cut";
    if (next === 0x5d || next === 0x50) return "yes";
    if (next !== 0x5b) continue;
    let end = at + 2;
    while (end < bytes.length && !isFinal(bytes[end] as number)) end += 1;
    const final = bytes[end];
    if (final === undefined) return "cut";
    // c: DA, n: DSR, p: DECRQM, q: XTVERSION, u: kitty keyboard, t: window reports.
    if (QUERY_FINALS.has(final)) return "yes";
  }
  return "no";
}

/** The same over any cuts: says whether these bytes, or those with the last ones, complete a question or a title. */
export class QueryWatch {
  #cut: Uint8Array | undefined;

  push(bytes: Uint8Array): boolean {
    const joined = this.#cut === undefined ? bytes : concat([this.#cut, bytes]);
    const found = lookForQueries(joined);
    const cut = found === "cut" ? joined.slice(joined.lastIndexOf(0x1b)) : undefined;
    // No query is that long; whoever prints such a thing may as well be looked at.
    const endless = cut !== undefined && cut.length > MOST_CUT;
    this.#cut = endless ? undefined : cut;
    return found === "yes" || endless;
  }
}

const MOST_CUT = 256;

function isFinal(byte: number): boolean {
  return byte >= 0x40 && byte <= 0x7e;
}

const QUERY_FINALS = new Set([..."cnpqut"].map((letter) => letter.charCodeAt(0)));
