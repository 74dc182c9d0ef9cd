// Output of a pane as a control client gets it: control characters and backslashes as three octal digits, everything else
// byte for byte.

export function escapeOutput(bytes: Uint8Array): Uint8Array {
  let extra = 0;
  for (const byte of bytes) if (byte < 32 || byte === 92) extra += 3;
  if (extra === 0) return bytes;
  const escaped = new Uint8Array(bytes.length + extra);
  let at = 0;
  for (const byte of bytes) {
    if (byte >= 32 && byte !== 92) {
      escaped[at] = byte;
      at += 1;
      continue;
    }
    escaped[at] = 92;
    escaped[at + 1] = 48 + (byte >> 6);
    escaped[at + 2] = 48 + ((byte >> 3) & 7);
    escaped[at + 3] = 48 + (byte & 7);
    at += 4;
  }
  return escaped;
}
