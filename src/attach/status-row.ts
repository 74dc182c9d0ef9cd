// The text of the status row: which session this is, how it is doing, who else is here, and how to leave. One
// row of the terminal's width in the theme's colours. Drawn by row-guard.ts, told by attach-terminal.ts.

import type { STATUS_THEMES } from "../protocol/session-state.ts";
import { visible } from "../terminal/visible.ts";
import { textWidth, truncateToWidth } from "../terminal/width.ts";

export type StatusTheme = (typeof STATUS_THEMES)[number];

export interface StatusFacts {
  readonly name: string;
  readonly state: string;
  readonly clients: number;
  /** `owner`: keys and size count; `guest`: keys count; `observer`: read-only. */
  readonly part: "owner" | "guest" | "observer";
  /** As people write it; `none` when it is switched off. */
  readonly detachKey: string;
}

/** SGR of each theme: the 16 colours that every terminal has, so that a person's own palette applies. */
const SGR: Record<StatusTheme, string> = {
  blue: "97;44",
  green: "30;42",
  magenta: "97;45",
  cyan: "30;46",
  amber: "30;43",
  red: "97;41",
  gray: "97;100",
  plain: "7",
};

export function isStatusTheme(theme: string | null | undefined): theme is StatusTheme {
  return typeof theme === "string" && Object.hasOwn(SGR, theme);
}

/** Exactly `cols` cells of text with its colours, and the plain pen afterwards. Moves nothing else. */
export function renderStatusRow(facts: StatusFacts, theme: StatusTheme, cols: number): string {
  return `\x1b[0;${SGR[theme]}m${layOut(facts, cols)}\x1b[m`;
}

function layOut(facts: StatusFacts, cols: number): string {
  const clients = facts.clients === 1 ? "1 client" : `${facts.clients} clients`;
  const left = ` ${[facts.name, facts.state, clients, facts.part].map(visible).join("  ")} `;
  const right = facts.detachKey === "none" ? "" : ` ${visible(facts.detachKey)} detaches `;
  const room = cols - textWidth(left) - textWidth(right);
  if (room >= 0) return left + " ".repeat(room) + right;
  const cut = truncateToWidth(left, cols);
  return cut + " ".repeat(Math.max(0, cols - textWidth(cut)));
}
