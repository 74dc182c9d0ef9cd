// While a replay is drawn, what the terminal answers by itself must not reach the program: nobody asked now.
// Called by attach-terminal.ts for what is typed until the replay is over; keys pass.

import type { ControlParser } from "./control-parser.ts";
import { SequenceRewriter } from "./sequence-rewriter.ts";

export class ReplyFilter {
  #afterString = false;
  readonly #rewriter = new SequenceRewriter({
    holdStrings: true,
    rewrite: (parser) => (this.#isReply(parser) ? "" : undefined),
  });

  /** What of these bytes is typed. An unfinished sequence waits for `end`. */
  push(bytes: Uint8Array): Uint8Array {
    return this.#rewriter.push(bytes);
  }

  /** The replay is over: what waits goes on, if it is anything. */
  end(): Uint8Array {
    return this.#rewriter.end();
  }

  #isReply(parser: ControlParser): boolean {
    // ST is read as a sequence of its own, behind its string.
    const terminator = this.#afterString && parser.event === "escape" && parser.final === 0x5c;
    this.#afterString = parser.event === "string";
    if (this.#afterString || terminator) return true;
    if (parser.event !== "csi") return false;
    const final = String.fromCharCode(parser.final);
    // Device attributes, status, window reports, modes; positions, which a Shift-F3 looks like; kitty's flags.
    if ("cnty".includes(final)) return true;
    return (final === "R" && parser.count > 1) || (final === "u" && parser.prefix === 0x3f);
  }
}
