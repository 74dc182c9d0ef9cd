// The clean lines of a range of a log, with the offset of each line's first byte.

import { type LogRange, logPieces } from "../../client/log-pieces.ts";
import type { RecordedSession } from "../../client/recorded-session.ts";
import { LineSanitizer, type SanitizedLine } from "../../terminal/sanitize.ts";

/** Lines in batches, as they arrive; a last line without a line end counts when it shows anything. */
export async function* printedLines(recorded: RecordedSession, range: LogRange): AsyncGenerator<SanitizedLine[]> {
  let sanitizer = new LineSanitizer(range.from);
  let at = range.from;
  for await (const { offset, bytes } of logPieces(recorded, range)) {
    if (offset !== at) {
      // Something between is missing: what was open there ends here.
      yield sanitizer.end();
      sanitizer = new LineSanitizer(offset);
    }
    yield sanitizer.write(bytes);
    at = offset + bytes.length;
  }
  yield sanitizer.end();
}
