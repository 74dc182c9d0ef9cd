// Cuts text to what an answer may have, at line ends, and says how much is missing: a model that does not know that it
// sees a part takes it for the whole.

export interface CappedText {
  readonly text: string;
  /** Lines that were left out. */
  readonly left: number;
}

/** The first lines that fit into `most` UTF-16 units; a first line that is longer than that alone is cut. */
export function firstLines(lines: readonly string[], most: number): CappedText {
  const kept: string[] = [];
  let room = most;
  for (const line of lines) {
    if (kept.length > 0 && line.length + 1 > room) break;
    kept.push(line.slice(0, most));
    room -= line.length + 1;
  }
  return { text: kept.join("\n"), left: lines.length - kept.length };
}

/** The last lines that fit. */
export function lastLines(lines: readonly string[], most: number): CappedText {
  const kept: string[] = [];
  let room = most;
  for (const line of lines.toReversed()) {
    if (kept.length > 0 && line.length + 1 > room) break;
    kept.unshift(line.slice(-most));
    room -= line.length + 1;
  }
  return { text: kept.join("\n"), left: lines.length - kept.length };
}
