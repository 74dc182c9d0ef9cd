// The text of a target cut into its parts, as tmux's cmd-find does it: SESSION:WINDOW.PANE, of which most may be missing,
// signs that say what a single word is, and words in braces for signs. Knows nothing of what there is.

import type { TargetKind } from "./target.ts";

const WINDOW_WORDS = new Map([
  ["{start}", "^"],
  ["{last}", "!"],
  ["{end}", "$"],
  ["{next}", "+"],
  ["{previous}", "-"],
]);
const PANE_WORDS = new Map([
  ["{last}", "!"],
  ["{next}", "+"],
  ["{previous}", "-"],
  ["{top}", "top"],
  ["{bottom}", "bottom"],
  ["{left}", "left"],
  ["{right}", "right"],
  ["{top-left}", "top-left"],
  ["{top-right}", "top-right"],
  ["{bottom-left}", "bottom-left"],
  ["{bottom-right}", "bottom-right"],
]);

export interface TargetParts {
  readonly session: string | undefined;
  readonly window: string | undefined;
  readonly pane: string | undefined;
  /** Behind a colon: a window and nothing else. */
  readonly windowOnly: boolean;
  /** Behind a period: a pane and nothing else. */
  readonly paneOnly: boolean;
  /** After `=`: neither the beginning of a name nor a pattern. */
  readonly exactSession: boolean;
  readonly exactWindow: boolean;
}

/** `kind`: what a single word without a sign is. */
export function splitTarget(text: string, kind: TargetKind): TargetParts {
  const parts: { session?: string; window?: string; pane?: string } = {};
  const colon = text.indexOf(":");
  const afterColon = colon < 0 ? text : text.slice(colon + 1);
  const period = afterColon.indexOf(".");
  const beforePeriod = period < 0 ? afterColon : afterColon.slice(0, period);
  if (colon >= 0) {
    parts.session = text.slice(0, colon);
    parts.window = beforePeriod;
  } else if (period >= 0) parts.window = beforePeriod;
  if (period >= 0) parts.pane = afterColon.slice(period + 1);
  if (colon < 0 && period < 0) {
    if (text.startsWith("$")) parts.session = text;
    else if (text.startsWith("@")) parts.window = text;
    else if (text.startsWith("%")) parts.pane = text;
    else parts[kind] = text;
  }
  const session = named(parts.session);
  const window = named(parts.window);
  return {
    session: session.text,
    window: window.text && (WINDOW_WORDS.get(window.text) ?? window.text),
    pane: parts.pane ? (PANE_WORDS.get(parts.pane) ?? parts.pane) : undefined,
    windowOnly: colon >= 0,
    paneOnly: period >= 0,
    exactSession: session.exact,
    exactWindow: window.exact,
  };
}

function named(text = ""): { text: string | undefined; exact: boolean } {
  const exact = text.startsWith("=");
  return { text: (exact ? text.slice(1) : text) || undefined, exact };
}
