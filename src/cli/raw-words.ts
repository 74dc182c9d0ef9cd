// Words of the command line that are no UTF-8. The runtime has put U+FFFD for what it could not read; the kernel still has
// the bytes (Linux). Each byte that is no text becomes half of a surrogate pair (U+DC80 to U+DCFF), as in Python's
// `surrogateescape`, so that a word stays a string and nothing is lost. Loaded only where a word holds U+FFFD.

import { readFileSync } from "node:fs";
import { BideError } from "../base/errors.ts";
import type { CommandSpec } from "./command.ts";

const ESCAPES = 0xdc00;
/** With `u` the second half of a real pair is none. */
const ESCAPED = /[\udc80-\udcff]/u;

/** The words with every byte that was given; as they are where the system does not tell. */
export function rawWords(argv: readonly string[]): readonly string[] {
  const given = bytesOfWords().slice(-argv.length);
  return given.length === argv.length ? given.map(escaped) : argv;
}

/** @throws BideError `bad_value` for words that are no text, if the verb can only pass on text. */
export function checkWords(words: readonly string[], command: CommandSpec): void {
  const wrong = command.takesBytes ? undefined : words.find((word) => ESCAPED.test(word));
  if (wrong === undefined) return;
  throw new BideError("bad_value", `${JSON.stringify(wrong.toWellFormed())} is no UTF-8`, {
    hint: '`bide send` and `bide write` take any bytes; for a program let a shell make them: sh -c \'cat "$(printf "caf\\351")"\'',
  });
}

/** What was given for a word. */
export function bytesOf(word: string): Uint8Array {
  const parts = word.split(/([\udc80-\udcff]+)/u);
  return Buffer.concat(
    parts.map((part, at) =>
      at % 2 === 0 ? Buffer.from(part) : Uint8Array.from(part, (unit) => unit.charCodeAt(0) - ESCAPES),
    ),
  );
}

function bytesOfWords(): Uint8Array[] {
  const words: Uint8Array[] = [];
  try {
    const line = readFileSync("/proc/self/cmdline");
    for (let start = 0; start < line.length; ) {
      const end = line.indexOf(0, start);
      words.push(line.subarray(start, end < 0 ? line.length : end));
      start = end < 0 ? line.length : end + 1;
    }
  } catch {
    // No /proc.
  }
  return words;
}

function escaped(bytes: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const read = (from: number, to: number): string | undefined => {
    try {
      return decoder.decode(bytes.subarray(from, to));
    } catch {
      return undefined;
    }
  };
  const whole = read(0, bytes.length);
  if (whole !== undefined) return whole;
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    const character = at + length <= bytes.length ? read(at, at + length) : undefined;
    // Several characters of which the first is one byte: it begins none.
    const isOne = character !== undefined && [...character].length === 1;
    text += isOne ? character : String.fromCharCode(ESCAPES + byte);
    at += isOne ? length : 1;
  }
  return text;
}
