// Which text changes nothing that outlives the lines that it prints: no sequence, no other character set, no control
// character of eight bits. Native searches, so 100 MB take some 10 ms. Used for what need not be followed (unread-lines.ts,
// session/direct-output.ts).

const ESC = 0x1b;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
/** Begins U+0080 to U+00BF in UTF-8; those up to U+009F are the controls. */
const C1_LEAD = 0xc2;

/** The bytes begin between sequences and characters. False as well for a character that may be such a control and is cut. */
export function isStatelessText(bytes: Uint8Array): boolean {
  if (bytes.indexOf(ESC) >= 0 || bytes.indexOf(SHIFT_OUT) >= 0 || bytes.indexOf(SHIFT_IN) >= 0) return false;
  for (let at = bytes.indexOf(C1_LEAD); at >= 0; at = bytes.indexOf(C1_LEAD, at + 1)) {
    const next = bytes[at + 1] ?? 0x80;
    if (next >= 0x80 && next <= 0x9f) return false;
  }
  return true;
}
