// What the model and the sanitizer promise of any input whatever; the fuzzer looks for one that breaks them. Each promise
// is checked with fresh instances, so that an input fails by itself.

import { historyAnsi, historyText, screenState } from "../../../src/terminal/read-out.ts";
import { LineSanitizer } from "../../../src/terminal/sanitize.ts";
import { Screen } from "../../../src/terminal/screen.ts";
import { describe, screenDifferences } from "../../support/screen-equality.ts";
import type { FuzzInput } from "./fuzz-input.ts";

/** Far more than any small input may need; a hang in the model takes minutes. */
const MOST_MS = 5_000;
/** A cell with a long cluster, a style and a link takes much; nothing of an input this small takes more. */
const BYTES_PER_CELL = 400;
const SANITIZED_FORBIDS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const AFTER = new TextEncoder().encode("after\x1b[2;2Hall\r\n\t.");
const AFTER_RESIZE = new TextEncoder().encode("after\x1b[2;2Hall\r\n.");

/**
 * Known limit: a row of nothing but blanks in the styles of halves of wide characters. Halves come in pairs, which such a
 * row cannot always be made of.
 */
const ONLY_STYLED_BLANKS = /"(\{[^}]+\}·(\d+·)?)+"/;

/** Says what is broken; undefined when every promise was kept. */
export function brokenPromise(input: FuzzInput): string | undefined {
  const began = performance.now();
  try {
    const broken = brokenByModel(input) ?? brokenBySanitizer(input.bytes);
    const took = performance.now() - began;
    return broken ?? (took > MOST_MS ? `took ${took.toFixed(0)} ms` : undefined);
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

function brokenByModel({ rows, cols, scrollback, bytes }: FuzzInput): string | undefined {
  const open = () => new Screen({ rows, cols, scrollback });
  const lived = open();
  const pieces = open();
  const restored = open();
  const attached = open();
  try {
    lived.write(bytes);
    for (let at = 0; at < bytes.length; at += 1 + (at % 3)) pieces.write(bytes.subarray(at, at + 1 + (at % 3)));
    const chunked = screenDifferences(lived, pieces);
    if (chunked.length > 0) return `other in small pieces: ${chunked.join("; ")}`;
    const snapshot = lived.snapshot({ scrollback, target: "model" });
    if (snapshot.length > 10_000 + BYTES_PER_CELL * (2 * rows + scrollback) * cols + 20 * bytes.length) {
      return `a snapshot of ${snapshot.length} bytes`;
    }
    const { buffers } = lived.engine._bufferService;
    if (buffers.normal.lines.length > rows + scrollback || buffers.alt.lines.length > rows) return "too many lines";
    restored.write(snapshot);
    if ([...describe(lived).values()].some((line) => ONLY_STYLED_BLANKS.test(line))) return undefined;
    const atOnce = screenDifferences(lived, restored);
    if (atOnce.length > 0) return `restored is other: ${atOnce.join("; ")}`;
    // Neither may throw, whatever is there; and a terminal that is sent a screen must not be asked anything.
    screenState(lived);
    historyText(lived);
    historyAnsi(lived);
    let asked = false;
    attached.onQuery(() => {
      asked = true;
    });
    attached.write(lived.snapshot({ scrollback, target: "terminal", outer: "keep" }));
    if (asked) return "the screen for a terminal holds a question";
    for (const screen of [lived, restored]) {
      screen.write(AFTER);
      screen.resize(cols + 3, rows + 1);
      screen.write(AFTER_RESIZE);
    }
    const later = screenDifferences(lived, restored);
    return later.length > 0 ? `restored is other later: ${later.join("; ")}` : undefined;
  } finally {
    for (const screen of [lived, pieces, restored, attached]) screen.dispose();
  }
}

function brokenBySanitizer(bytes: Uint8Array): string | undefined {
  const text = sanitized(bytes, bytes.length);
  if (SANITIZED_FORBIDS.test(text)) return `the sanitizer let something through: ${JSON.stringify(text)}`;
  if (sanitized(bytes, 3) !== text) return "the sanitizer says other in small pieces";
  if (sanitized(new TextEncoder().encode(text), bytes.length) !== text.replace(/\n$/, "")) {
    return "the sanitizer changes what it sanitized";
  }
  return undefined;
}

function sanitized(bytes: Uint8Array, piece: number): string {
  const sanitizer = new LineSanitizer();
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += piece) {
    for (const { text } of sanitizer.write(bytes.subarray(at, at + piece))) lines.push(text);
  }
  for (const { text } of sanitizer.end()) lines.push(text);
  return lines.join("\n");
}
