// Makes one line of foreign text safe to show: names, titles, argv, labels, paths and messages, in tables
// and in JSON strings alike. Everything that prints something a program or a user chose calls this last.
// Rule kept: cli.md "shown with control and bidi characters made visible", faults S4 and S6.

import { escapeOf, UNPRINTABLE } from "./unprintable.ts";

/**
 * The text with every control (C0 with newline and tab, DEL, C1), direction mark and line separator
 * written as an escape: `\x1b`, `\n`, `\u202e`. Nothing else changes: a backslash stays one backslash, so
 * clean text comes back as it is and applying it twice is the same as once.
 */
export function visible(text: string): string {
  // `search` ignores the global flag's position, and most text is clean: no new string then.
  return text.search(UNPRINTABLE) < 0 ? text : text.replace(UNPRINTABLE, (found) => escapeOf(found.charCodeAt(0)));
}
