// The clean lines of a range of a log, with the offset of each line's first byte. Where bytes are gone (retention, a disk
// that was full) the line behind says how many, so that nobody takes two halves for neighbours.

import { type LogRange, logPieces } from "../../client/log-pieces.ts";
import type { RecordedSession } from "../../client/recorded-session.ts";
import { LineSanitizer, type SanitizedLine } from "../../terminal/sanitize.ts";

export interface PrintedLine extends SanitizedLine {
  /** Bytes that are not there any more right before this line; absent where there are none. */
  readonly missing?: number;
}

/**
 * Lines in batches, as they arrive; a last line without a line end counts when it shows anything. `missingAtEnd` is told
 * of the bytes that are gone behind the last line, where no line can say so.
 */
export async function* printedLines(
  recorded: RecordedSession,
  range: LogRange,
  missingAtEnd?: (bytes: number) => void,
): AsyncGenerator<PrintedLine[]> {
  let sanitizer = new LineSanitizer(range.from);
  let at = range.from;
  let missing = 0;
  const marked = (lines: SanitizedLine[]): PrintedLine[] => {
    const [first, ...others] = lines;
    if (missing === 0 || first === undefined) return lines;
    const all = [{ ...first, missing }, ...others];
    missing = 0;
    return all;
  };
  for await (const { offset, bytes } of logPieces(recorded, range)) {
    if (offset !== at) {
      // What was open before the gap ends there.
      yield marked(sanitizer.end());
      missing = offset - at;
      sanitizer = new LineSanitizer(offset);
    }
    yield marked(sanitizer.write(bytes));
    at = offset + bytes.length;
  }
  yield marked(sanitizer.end());
  if (missing > 0) missingAtEnd?.(missing);
}
