// Takes the questions out of a raw replay: what a program once asked its terminal must not be asked again, or
// the terminal's answers would reach the program as if they were typed. Used by attach-terminal.ts while a
// `--replay raw` runs (the other replays are written by us and hold no question), and for output that a session's own
// terminal has answered: show-ended.ts, cli/commands/run.ts.

import type { ControlParser } from "./control-parser.ts";
import { SequenceRewriter } from "./sequence-rewriter.ts";

/** Reports of the window and of titles (XTWINOPS). */
const WINDOW_REPORTS = [11, 13, 14, 15, 16, 18, 19, 20, 21];

export class QueryFilter {
  readonly #rewriter = new SequenceRewriter({
    holdStrings: true,
    rewrite: (parser) => (isQuery(parser) ? "" : undefined),
  });

  push(bytes: Uint8Array): Uint8Array {
    return this.#rewriter.push(bytes);
  }
}

function isQuery(parser: ControlParser): boolean {
  if (parser.event === "csi") return isCsiQuery(parser);
  if (parser.event === "string") return isStringQuery(String.fromCharCode(parser.final), parser.text());
  // DECID
  return parser.event === "escape" && parser.intermediate === 0 && parser.final === 0x5a;
}

function isCsiQuery(parser: ControlParser): boolean {
  const prefix = parser.prefix === 0 ? "" : String.fromCharCode(parser.prefix);
  const intermediate = parser.intermediate === 0 ? "" : String.fromCharCode(parser.intermediate);
  switch (prefix + intermediate + String.fromCharCode(parser.final)) {
    // Device attributes, DECREQTPARM, XTVERSION, kitty flags, XTQMODKEYS, sixel limits.
    case "c":
    case ">c":
    case "=c":
    case "x":
    case ">q":
    case "?u":
    case "?m":
    case "?S":
    // Modes, checksums, presentation, colours.
    case "$p":
    case "?$p":
    case "*y":
    case "$w":
    case "$u":
    case "#R":
    case "&w":
    // Status and cursor position.
    case "n":
    case "?n":
      return true;
    case "t":
      return WINDOW_REPORTS.includes(parser.parameter(0, 0));
    default:
      return false;
  }
}

function isStringQuery(kind: string, text: string): boolean {
  if (kind === "P") return /^[$+]q/.test(text) || /^\d*\$q/.test(text);
  // kitty graphics: a question draws nothing. Answers to images are dropped on their way in.
  if (kind === "_") return /^G(|.*,)a=q/.test(text.split(";", 1)[0] ?? "");
  if (kind !== "]") return false;
  const [number = "", ...rest] = text.split(";");
  if (rest.length === 0) return false;
  if (number === "52") return rest.at(-1) === "?";
  return (
    /^(4|5|1\d|21|22|60|61|99|1337|5522|66)$/.test(number) && rest.some((part) => part === "?" || part.endsWith("=?"))
  );
}
