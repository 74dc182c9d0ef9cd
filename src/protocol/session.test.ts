// The states of sessions, known ones and those of a newer version.

import { expect, test } from "bun:test";
import { isLive, SESSION_STATES } from "./session-state.ts";

test("a state that we know, it alone says whether the session is live", () => {
  const live = SESSION_STATES.filter((state) => isLive({ state, ended_at: "2026-01-31T12:00:00.000Z" }));
  expect(live).toEqual(["starting", "running", "stale", "orphaned"]);
  expect(SESSION_STATES.filter((state) => isLive({ state, ended_at: null }))).toEqual(live);
});

test("a state of a newer version, live until it says when it ended", () => {
  expect(isLive({ state: "hibernating", ended_at: null })).toBe(true);
  expect(isLive({ state: "hibernated", ended_at: "2026-01-31T12:00:00.000Z" })).toBe(false);
});
