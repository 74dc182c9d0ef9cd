// How a session is shown to people: the words that several verbs use about one.

import type { Session } from "../protocol/session.ts";
import type { StyleName } from "./terminal-style.ts";

/** `running`, `exited 3`, `killed SIGKILL`, `failed_start program_not_found`, `running (unresponsive)`. */
export function stateText(session: Session): string {
  const { state, exit_code, exit_signal, failure } = session;
  if (!session.responsive) return `${state} (unresponsive)`;
  if (state === "failed_start" && failure !== null) return `${state} ${failure.code}`;
  if (exit_signal !== null) return `${state} ${exit_signal}`;
  return exit_code === null ? state : `${state} ${exit_code}`;
}

export function stateStyle(session: Session): StyleName | undefined {
  if (!session.responsive) return "yellow";
  switch (session.state) {
    case "running":
      return "green";
    case "starting":
    case "stale":
    case "orphaned":
      return "yellow";
    case "exited":
      return session.exit_code === 0 ? "dim" : "red";
    default:
      return "red";
  }
}

/** The program as one would type it: words with blanks or quotes are quoted. */
export function commandText(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./~^-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}

/** A directory, with the caller's home written as `~`. */
export function pathText(path: string, home: string | undefined): string {
  if (!home || home === "/") return path;
  if (path === home) return "~";
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
