// A quick look at raw output: may it hold something that cannot wait for the screen model to be loaded?
// Called for each piece of output while there is no model; a false yes costs a little time, a false no would
// leave a program waiting for its answer. Light on purpose: the worker loads it without the model.

/** Output that may hold a question or a title: any OSC or DCS, a CSI that ends like a query, or one that is cut. */
export function asksOrNames(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x1b); at >= 0; at = bytes.indexOf(0x1b, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined || next === 0x5d || next === 0x50) return true;
    if (next !== 0x5b) continue;
    let end = at + 2;
    while (end < bytes.length && !isFinal(bytes[end] as number)) end += 1;
    const final = bytes[end];
    // c: DA, n: DSR, p: DECRQM, q: XTVERSION, u: kitty keyboard, t: window reports.
    if (final === undefined || QUERY_FINALS.has(final)) return true;
  }
  return false;
}

function isFinal(byte: number): boolean {
  return byte >= 0x40 && byte <= 0x7e;
}

const QUERY_FINALS = new Set([..."cnpqut"].map((letter) => letter.charCodeAt(0)));
