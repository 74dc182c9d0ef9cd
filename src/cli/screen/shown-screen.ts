// The screen and history of a session, from its worker while that lives, else from the files that it left: there
// terminal.snapshot.json is checked, because nobody knows what happened to it since.

import { BideError } from "../../base/errors.ts";
import { WorkerSilent } from "../../base/worker-silent.ts";
import type { Bide } from "../../client/bide.ts";
import { SessionConnection, withoutSocket } from "../../client/session-connection.ts";
import type { Selector } from "../../protocol/host-messages.ts";
import type { Session } from "../../protocol/session.ts";
import { LastScreenSchema } from "../../protocol/stored-files.ts";
import { validate } from "../../protocol/validate.ts";
import type { ScreenStatePayload } from "../../protocol/worker-messages.ts";
import { LineSanitizer } from "../../terminal/sanitize.ts";

export type HistoryFormat = "text" | "ansi";

export interface ShownScreen {
  readonly session: Session;
  /** `since`: the hash of a screen shown before; then the answer may have `changed_rows`. */
  state(since?: string): Promise<ScreenStatePayload>;
  /** Lines with their line ends; `lines`: the last so many. */
  history(format: HistoryFormat, lines: number | undefined): Promise<Uint8Array>;
  close(): void;
}

/** @throws BideError `session_not_found`, `ambiguous_selector`. */
export async function openScreen(bide: Bide, selector: Selector): Promise<ShownScreen> {
  const { session, socket } = await bide.request("session.resolve", { selector });
  if (socket !== null) {
    const connection = await SessionConnection.open(socket, session).catch(unlessSilent);
    if (connection !== undefined) return liveScreen(connection);
  } else if (session.state === "running") {
    // What files there are would be of an earlier life.
    throw withoutSocket(session);
  }
  return endedScreen(bide, session);
}

/** A worker that just went away leaves files; one that stands still has left none yet. */
function unlessSilent(error: unknown): undefined {
  if (error instanceof WorkerSilent) throw error;
}

function liveScreen(connection: SessionConnection): ShownScreen {
  return {
    session: connection.session,
    state: (since) => connection.request("screen.state", since === undefined ? {} : { since }),
    async history(format, lines) {
      return (await connection.requestBytes("history.read", { format, lines: lines ?? null })).bytes;
    },
    close: () => connection.close(),
  };
}

function endedScreen(bide: Bide, session: Session): ShownScreen {
  const read = async () => {
    const answer = await bide.request("session.snapshot_read", { session_id: session.session_id });
    // Null when its worker was killed; a host of an earlier version passes on whatever the file holds.
    const { scrollback, damage } = answer;
    const snapshot = answer.snapshot ?? (damage === undefined ? await blankScreen(bide, session) : null);
    const checked = snapshot === null ? undefined : validate(LastScreenSchema, snapshot, "the last screen");
    if (checked?.ok) return { ...checked.value, scrollback };
    const why = checked?.message ?? damage;
    const what = why === undefined ? "left no screen" : "left a screen that is damaged";
    throw new BideError("failed", `session ${session.name} ${what} (${why ?? session.state})`, {
      hint: "`bide logs` shows what it printed",
    });
  };
  return {
    session,
    state: async () => (await read()).state,
    async history(format, lines) {
      const { scrollback, rows_ansi } = await read();
      const all = new TextEncoder().encode(scrollback + rows_ansi);
      const shown = format === "ansi" ? ansiLines(all) : textLines(all);
      while (shown.length > 0 && isBlank(shown.at(-1) ?? "")) shown.pop();
      const wanted = lines === undefined ? shown : shown.slice(Math.max(0, shown.length - lines));
      return new TextEncoder().encode(wanted.map((line) => `${line}\n`).join(""));
    },
    close() {},
  };
}

/**
 * The last screen of a program that printed nothing: it has no file, which would cost the worker more than many a program
 * does. Null for one that did print, or never ran.
 */
async function blankScreen(bide: Bide, { session_id, started_at, rows, cols }: Session): Promise<unknown> {
  if (started_at === null) return null;
  if ((await bide.request("session.log_read", { session_id, offset: 0, max: 0 })).end > 0) return null;
  const [{ Screen }, { screenState }] = await Promise.all([
    import("../../terminal/screen.ts"),
    import("../../terminal/read-out.ts"),
  ]);
  const screen = new Screen({ rows, cols });
  try {
    return { schema_version: 1, state: screenState(screen), rows_ansi: "" };
  } finally {
    screen.dispose();
  }
}

function ansiLines(bytes: Uint8Array): string[] {
  const text = new TextDecoder().decode(bytes);
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

function textLines(bytes: Uint8Array): string[] {
  const sanitizer = new LineSanitizer();
  return [...sanitizer.write(bytes), ...sanitizer.end()].map((line) => line.text.trimEnd());
}

function isBlank(line: string): boolean {
  // Styles of a blank line are its own; what follows ESC [ ... m counts.
  return line.replaceAll(/\x1b\[[0-9;:]*m/g, "").trim() === "";
}
