// Finds a shell's marks in the bytes that a session prints, cut anywhere, each with its exact offsets. command-track.ts
// feeds it everything. Rule: output without marks costs one native search per chunk, and nothing here grows: a string
// longer than MOST_BYTES is no mark.

import { concat } from "../../base/byte-queue.ts";
import { type Mark, parseMark } from "./mark.ts";

const ESC = 0x1b;
const INTRODUCER = Buffer.from("\x1b]");
const CODES = ["133;", "633;", "7;"].map((code) => Buffer.from(code));
/** A command line of 4,096 characters, each escaped to as much as 4 bytes, and more. */
const MOST_BYTES = 32 * 1024;
const NOTHING = new Uint8Array(0);

/** Where a string of ours ends: `text` is its payload; `more` when its end has not come yet. */
type Found = { readonly text: string; readonly end: number } | "more" | "other";

export class MarkScanner {
  /** The beginning of what may be a mark. */
  #held: Uint8Array = NOTHING;

  /** Bytes at the end of what was scanned that may belong to a mark. */
  get held(): number {
    return this.#held.length;
  }

  /** Forgets the beginning of what may be a mark. */
  reset(): void {
    this.#held = NOTHING;
  }

  /** The marks that these bytes complete; `at` is the offset of the first. The bytes are not kept. */
  scan(chunk: Uint8Array, at: number): Mark[] {
    const bytes = this.#held.length > 0 ? concat([this.#held, chunk]) : chunk;
    const base = at - this.#held.length;
    this.#held = NOTHING;
    // Only a view: a Buffer has the native search.
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const marks: Mark[] = [];
    for (let from = 0; ; ) {
      const start = buffer.indexOf(INTRODUCER, from);
      if (start < 0) break;
      const found = stringAt(buffer, start + 2);
      if (found === "more") {
        this.#held = new Uint8Array(bytes.subarray(start));
        return marks;
      }
      from = found === "other" ? start + 2 : found.end;
      const mark = found === "other" ? undefined : parseMark(found.text, base + start, base + found.end);
      if (mark !== undefined) marks.push(mark);
    }
    if (bytes[bytes.length - 1] === ESC) this.#held = Uint8Array.of(ESC);
    return marks;
  }
}

function stringAt(buffer: Buffer, at: number): Found {
  const code = CODES.find((one) => buffer.subarray(at, at + one.length).equals(one.subarray(0, buffer.length - at)));
  if (code === undefined) return "other";
  const most = Math.min(buffer.length, at + MOST_BYTES);
  for (let end = at; end < most; end += 1) {
    const byte = buffer[end] as number;
    if (byte >= 0x20) continue;
    if (byte === 0x07) return { text: buffer.toString("utf8", at, end), end: end + 1 };
    if (byte !== ESC) return "other";
    if (end + 1 === buffer.length) return "more";
    return buffer[end + 1] === 0x5c ? { text: buffer.toString("utf8", at, end), end: end + 2 } : "other";
  }
  return most === buffer.length ? "more" : "other";
}
