// The words that a session's `state` and `status_theme` may be. Apart from the schemas of session.ts because the table
// of commands needs these words and `bide help` should not pay for loading a schema.

export const SESSION_STATES = [
  "starting",
  "running",
  "exited",
  "crashed",
  "killed",
  "failed_start",
  "lost",
  "stale",
  "orphaned",
] as const;
/** One of these, or another word of a newer version. */
export type SessionState = (typeof SESSION_STATES)[number] | (string & {});

/** States in which a program may still run: the session holds its name. */
const LIVE: readonly SessionState[] = ["starting", "running", "stale", "orphaned"];

/** Whether its program may still run. A state of a newer version counts as live until it says when it ended. */
export function isLive({ state, ended_at }: { readonly state: string; readonly ended_at: string | null }): boolean {
  const isKnown = SESSION_STATES.some((known) => known === state);
  return isKnown ? LIVE.includes(state) : ended_at === null;
}

/** What an agent in a session is doing, as it says or as its output shows (docs/protocol.md, "Agent states"). */
export const AGENT_STATES = ["working", "blocked", "idle", "done"] as const;
export type AgentState = (typeof AGENT_STATES)[number];

export const STATUS_THEMES = ["blue", "green", "magenta", "cyan", "amber", "red", "gray", "plain"] as const;
