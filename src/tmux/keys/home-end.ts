// Home and End as tmux sends them into its panes. In the terminfo of tmux and screen, which programs in panes read, these
// two are not xterm's; whatever terminal a person sits at, the program sees these.

export const HOME_SENDS = "\x1b[1~";
export const END_SENDS = "\x1b[4~";

/** Typed bytes with both keys as a pane's program expects them. */
export function asPaneKeys(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(0x1b)) return bytes;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const meant = text.replace(/\x1b[[O]([HF])/g, (_, key) => (key === "H" ? HOME_SENDS : END_SENDS));
  return meant === text ? bytes : new Uint8Array(Buffer.from(meant, "latin1"));
}
