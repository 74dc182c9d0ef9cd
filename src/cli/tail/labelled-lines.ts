// How `bide tail` shows lines: with the session's name before each, in one of six colours on a terminal, or as one
// JSON object each. Everything shown is safe: lines come sanitized, names are made visible.

import type { Environment } from "../../base/locations.ts";
import type { Session } from "../../protocol/session.ts";
import { visible } from "../../terminal/visible.ts";
import { textWidth } from "../../terminal/width.ts";
import { say, writeJson, writeText } from "../output.ts";
import { type StyleName, styleFor } from "../terminal-style.ts";
import type { TailWriter } from "./follow-session.ts";

const COLOURS: readonly StyleName[] = ["cyan", "yellow", "green", "magenta", "blue", "red"];

/** `names`: of all sessions, which decide about width and colours; who is called something longer meanwhile is shown so. */
export function labelledLines(names: readonly string[], env: Environment): TailWriter {
  const width = Math.max(0, ...names.map((name) => textWidth(visible(name))));
  const label = (fd: number, { name }: Session) => {
    const colour = COLOURS[names.indexOf(name) % COLOURS.length] ?? "cyan";
    const shown = visible(name);
    return styleFor(fd, env)(colour, shown + " ".repeat(Math.max(0, width - textWidth(shown))));
  };
  return {
    lines: (session, lines) => {
      const before = label(1, session);
      // One write for all, so that a reader of the pipe never sees a part of a line.
      writeText(lines.map(({ text }) => `${before} | ${text}\n`).join(""));
    },
    ended: (session) => say(`${label(2, session)} | ${styleFor(2, env)("dim", `[${endOf(session)}]`)}`),
  };
}

/** One object per line of output, and one when a session ends. */
export function jsonLines(): TailWriter {
  return {
    lines: async ({ session_id, name }, lines, times) => {
      for (const { text, offset } of lines) {
        writeJson({ session_id, name, line: text, offset, time: await times.timeOf(offset) });
      }
    },
    ended: ({ session_id, name, state, exit_code, exit_signal, ended_at }) => {
      writeJson({ session_id, name, event: "ended", state, exit_code, exit_signal, time: ended_at });
    },
  };
}

function endOf({ state, exit_code, exit_signal }: Session): string {
  if (exit_signal !== null) return `${state}: ${exit_signal}`;
  return exit_code === null ? state : `${state}: exit ${exit_code}`;
}
