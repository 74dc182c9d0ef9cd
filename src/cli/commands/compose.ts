// `bide compose SEL`: a session's text with one line below to write to it, for narrow terminals and slow lines. Never an
// attached client: the session keeps its size, its owner and its screen.

import { BideError } from "../../base/errors.ts";
import type { SessionConnection } from "../../client/index.ts";
import { RecordedSession } from "../../client/recorded-session.ts";
import { isLive } from "../../protocol/session-state.ts";
import { visible } from "../../terminal/visible.ts";
import type { Command, CommandContext } from "../command.ts";
import type { ComposerOptions } from "../compose/composer.ts";
import { sendMessage } from "../compose/send-message.ts";
import { sessionLines } from "../compose/session-lines.ts";
import { say, writeJson, writeLine } from "../output.ts";
import { takeSelector } from "../selector.ts";

const LINES = 80;
const REFRESH_MS = 500;
const LEAST_REFRESH_MS = 50;

export const run: Command = async (context) => {
  const { flags, json } = context;
  const message = flags.text("message");
  const once = flags.has("once") || message !== undefined;
  if (json && !once) throw new BideError("usage", "--json goes with --once");
  const refreshMs = Math.max(LEAST_REFRESH_MS, flags.duration("refresh") ?? REFRESH_MS);
  const options = {
    lines: flags.integer("tail", 0) ?? LINES,
    refreshMs,
    enter: !flags.has("no-enter"),
    force: flags.has("force"),
  };
  const bide = await context.connect();
  const connection = await bide.session(takeSelector(context).selector);
  try {
    if (once) {
      const lines = options.lines === 0 ? [] : await sessionLines(connection, options.lines);
      const { session_id } = connection.session;
      if (!json) for (const line of lines) writeLine(visible(line));
      if (message !== undefined) await sendMessage(connection, message, options);
      if (json) writeJson({ schema_version: 1, session_id, lines, sent: message !== undefined });
      return 0;
    }
    return await composeInteractively(context, connection, options);
  } finally {
    connection.close();
  }
};

async function composeInteractively(context: CommandContext, connection: SessionConnection, options: ComposerOptions) {
  const { Composer } = await import("../compose/composer.ts");
  const composer = new Composer(connection, options);
  let left: Awaited<ReturnType<typeof composer.run>>;
  try {
    left = await composer.run();
  } finally {
    composer.dispose();
  }
  if (left !== "nothing more") return left;
  const recorded = await RecordedSession.open(context, { text: connection.session.session_id });
  const session = await recorded.latest().finally(() => recorded.close());
  const { name, exit_signal, exit_code } = session;
  if (isLive(session)) throw new BideError("worker_unreachable", `the worker of ${name} closed the connection`);
  say(`[${visible(name)} ended: ${exit_signal ?? `exit ${exit_code ?? 0}`}]`);
  return 0;
}
