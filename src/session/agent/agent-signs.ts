// How the agents that people run show what they are doing: words of their notifications, signs in their titles.
// agent-watch.ts asks. Pure, so that a new agent's convention is one line here and one in the test.

import type { AgentState } from "../../protocol/session-state.ts";

/** In the order in which they are tried. */
const TITLE_SIGNS: readonly (readonly [RegExp, AgentState])[] = [
  [/action required|needs (?:your )?(?:input|approval|permission)|waiting for approval/i, "blocked"],
  // Gemini's raised hand.
  [/^\u270b/, "blocked"],
  // Spinners of dots (Claude Code, Codex and most libraries), and Gemini's stars and clock.
  [/^[\u2801-\u28ff]/, "working"],
  [/^[\u2726\u23f2]/, "working"],
  [/^[|/\\-] /, "working"],
  // Claude Code's star and Gemini's diamond.
  [/^\u2733/, "idle"],
  [/^\u25c7/, "idle"],
];

const NOTIFICATION_SIGNS: readonly (readonly [RegExp, AgentState])[] = [
  [
    /permission|approv|confirm|question|decision|blocked|\ballow\b|needs? (?:your )?(?:input|attention|answer)/i,
    "blocked",
  ],
  [/waiting for (?:your )?(?:input|next)/i, "idle"],
];

/** Undefined: the title says nothing about it. */
export function titleSign(title: string): AgentState | undefined {
  return TITLE_SIGNS.find(([sign]) => sign.test(title))?.[1];
}

/** An agent that calls somebody without asking for anything has finished something. */
export function notificationSign(text: string): AgentState {
  return NOTIFICATION_SIGNS.find(([sign]) => sign.test(text))?.[1] ?? "done";
}

/** Typed to answer a question: Enter, in whatever encoding, or one character that chooses. */
export function isAnswer(bytes: Uint8Array): boolean {
  if (bytes.includes(0x0d)) return true;
  const text = Buffer.from(bytes).toString("latin1");
  return /^[!-~]$/.test(text) || /\x1b\[13(?:;1(?::1)?)?u/.test(text);
}
