// `bide __complete live|ended|any|verb`: words for a shell's completion, one per line. Hidden and quick: it never
// starts a host, says nothing when something is wrong, and prints only what needs no quoting in any shell.

import { connect } from "../client/connect.ts";
import type { Session } from "../protocol/session.ts";
import { isLive } from "../protocol/session-state.ts";
import { allCommands } from "./command-table.ts";
import { writeText } from "./output.ts";

const PLAIN = /^[A-Za-z0-9._-]+$/;

/** Resolves to the exit code: always 0, because a shell would show an error in the middle of a line. */
export async function completeWords(args: readonly string[]): Promise<number> {
  const [kind = "any"] = args;
  if (kind === "verb") {
    writeText(
      `${allCommands()
        .flatMap(({ verb, shortcuts = [] }) => [verb, ...shortcuts])
        .join("\n")}\n`,
    );
    return 0;
  }
  const bide = await connect({ startHost: false }).catch(() => undefined);
  if (bide === undefined) return 0;
  try {
    const { sessions } = await bide.request("session.list", { all: kind !== "live" });
    const names = completedNames(sessions, kind, process.env.BIDE_SESSION_PREFIX ?? "");
    if (names.length > 0) writeText(`${names.join("\n")}\n`);
  } catch {
    // Nothing to offer.
  } finally {
    bide.close();
  }
  return 0;
}

/** Names as one would type them: the caller's prefix is put before them again by the command. */
export function completedNames(sessions: readonly Session[], kind: string, prefix: string): string[] {
  const wanted = sessions.filter((session) => kind === "any" || isLive(session) === (kind === "live"));
  const names = wanted
    .filter(({ name }) => name.startsWith(prefix) && PLAIN.test(name))
    .map(({ name }) => name.slice(prefix.length))
    .filter((name) => name !== "");
  return [...new Set(names)];
}
