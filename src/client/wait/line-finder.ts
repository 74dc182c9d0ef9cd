// Looks for something in the lines of a stream of output, cut anywhere: complete lines as they come, the unended
// last one when there is nothing more to read. until-text.ts feeds it.

import { LineSanitizer, type SanitizedLine } from "../../terminal/sanitize.ts";
import type { FoundText, Search } from "./condition.ts";

export class LineFinder {
  readonly #search: Search;
  #lines: LineSanitizer;
  /** The unended line as it was looked at last. */
  #pending = "";
  /** Offset of the line that was found last: it is not found again when it grows. */
  #found = -1;
  #skipped: ReadonlySet<string> = new Set();
  #skippedBefore = 0;

  /** `offset`: of the first byte to come. */
  constructor(search: Search, offset: number) {
    this.#search = search;
    this.#lines = new LineSanitizer(offset);
  }

  /** Lines that begin before `offset` and were found elsewhere. */
  skip(lines: ReadonlySet<string>, offset: number): void {
    this.#skipped = lines;
    this.#skippedBefore = offset;
  }

  write(bytes: Uint8Array): FoundText[] {
    return this.#find(this.#lines.write(bytes));
  }

  /** Bytes are missing: what is open ends here and the next ones begin at `offset`. */
  gap(offset: number): FoundText[] {
    const found = this.#find(this.#lines.end());
    this.#lines = new LineSanitizer(offset);
    return found;
  }

  /** Everything printed so far has been written: looks at the unended line as it is now. */
  pending(): FoundText[] {
    const line = this.#lines.pending;
    if (line === undefined || line.text === this.#pending) return [];
    this.#pending = line.text;
    return this.#find([line]);
  }

  #find(lines: readonly SanitizedLine[]): FoundText[] {
    const all: FoundText[] = [];
    for (const { text, offset } of lines) {
      if (offset === this.#found) continue;
      const found = findIn(this.#search, text, offset);
      if (found === undefined) continue;
      this.#found = offset;
      const known = offset < this.#skippedBefore && [...this.#skipped].some((line) => text.startsWith(line));
      if (!known) all.push(found);
    }
    return all;
  }
}

export function findIn(search: Search, line: string, offset: number | null): FoundText | undefined {
  const found = search(line);
  return found === undefined ? undefined : { match: line.slice(found.start, found.end), line, offset };
}

/** Whether output places text by the cursor, so that its lines say little and the screen has to be looked at. */
export function addressesScreen(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(ESCAPE); at >= 0; at = bytes.indexOf(ESCAPE, at + 1)) {
    if (bytes[at + 1] !== BRACKET) continue;
    let end = at + 2;
    while (end < bytes.length && !((bytes[end] as number) >= 0x40)) end += 1;
    const final = bytes[end];
    // One that is cut may be one.
    if (final === undefined || PLACING.has(final)) return true;
  }
  return false;
}

const ESCAPE = 0x1b;
const BRACKET = 0x5b;
/** Cursor up, down, to a row, to a place; insert and delete lines, scroll. */
const PLACING = new Set([..."ABEFHfdLMST"].map((letter) => letter.charCodeAt(0)));
