// What a person types at an attached client: bytes for the program, and keys after the prefix, which are the server's. Names
// keys as tmux does, for the sequences that terminals send in their usual modes.

export type Typed =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "key"; readonly key: string };

const SEQUENCES: readonly (readonly [sequence: string, key: string])[] = [
  ["\x1b[A", "Up"],
  ["\x1b[B", "Down"],
  ["\x1b[C", "Right"],
  ["\x1b[D", "Left"],
  ["\x1bOA", "Up"],
  ["\x1bOB", "Down"],
  ["\x1bOC", "Right"],
  ["\x1bOD", "Left"],
  ["\x1b[1;5A", "C-Up"],
  ["\x1b[1;5B", "C-Down"],
  ["\x1b[1;5C", "C-Right"],
  ["\x1b[1;5D", "C-Left"],
  ["\x1b[5~", "PPage"],
  ["\x1b[6~", "NPage"],
];

export class PrefixKeys {
  /** The byte of the prefix; undefined: there is none. */
  prefix: number | undefined = 2;
  #waiting = false;

  push(bytes: Uint8Array): Typed[] {
    const typed: Typed[] = [];
    let from = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      if (this.#waiting) {
        const { key, length } = keyAt(bytes, at);
        this.#waiting = false;
        typed.push({ kind: "key", key });
        at += length - 1;
        from = at + 1;
      } else if (bytes[at] === this.prefix) {
        if (at > from) typed.push({ kind: "bytes", bytes: bytes.subarray(from, at) });
        this.#waiting = true;
        from = at + 1;
      }
    }
    if (from < bytes.length) typed.push({ kind: "bytes", bytes: bytes.subarray(from) });
    return typed;
  }
}

/** `C-b` as the byte that it sends; undefined for what is no control character. */
export function prefixByte(name: string): number | undefined {
  const match = /^C-([a-z@[\]\\^_ ])$/i.exec(name);
  return match?.[1] === undefined ? undefined : match[1].toUpperCase().charCodeAt(0) & 0x1f;
}

function keyAt(bytes: Uint8Array, at: number): { key: string; length: number } {
  const text = new TextDecoder("latin1").decode(bytes.subarray(at, at + 8));
  const found = SEQUENCES.find(([sequence]) => text.startsWith(sequence));
  if (found !== undefined) return { key: found[1], length: found[0].length };
  const byte = bytes[at] ?? 0;
  const named: Readonly<Record<number, string>> = {
    9: "Tab",
    13: "Enter",
    27: "Escape",
    32: "Space",
    127: "BSpace",
    0: "C-Space",
  };
  if (named[byte] !== undefined) return { key: named[byte], length: 1 };
  if (byte < 32) return { key: `C-${String.fromCharCode(byte + 96)}`, length: 1 };
  const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
  return { key: new TextDecoder().decode(bytes.subarray(at, at + length)), length };
}
