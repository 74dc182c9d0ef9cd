// Attaching as `attach`, `open` and `start --attach` do it: a terminal, or streams without one, again and again
// while the client is switched from session to session. Inside a session it moves the client that is attached
// there instead: it never nests by accident and never moves somebody else's terminal.

import { attachStream } from "../attach/attach-stream.ts";
import { type AttachTerminalOptions, attachTerminal } from "../attach/attach-terminal.ts";
import { parseDetachKey } from "../attach/detach-key.ts";
import { hasTerminal, OuterTerminal } from "../attach/outer-terminal.ts";
import { BideError, unwrap } from "../base/errors.ts";
import type { Attach, Selector, SessionConnection } from "../client/index.ts";
import type { CommandContext } from "./command.ts";
import { type Configuration, readConfiguration } from "./config.ts";
import { checkSwitch, switchClient } from "./switch-client.ts";

type Wanted = Omit<AttachTerminalOptions, "connection" | "terminal">;
type Theme = NonNullable<Wanted["status"]>["theme"];

/**
 * Resolves to the exit code: the program's own, 0 after a detach, 69 when the worker died. `own` is what the verb wants
 * in the place of the user's configuration.
 */
export async function attachSession(
  context: CommandContext,
  selector: Selector,
  own: Partial<Configuration["attach"]> = {},
): Promise<number> {
  const wanted = wantedOf(context, { ...(await readConfiguration(context.env)).attach, ...own });
  if (await switchClient(context, selector)) return 0;
  const terminal = hasTerminal() ? unwrap(OuterTerminal.open()) : undefined;
  try {
    let connection = await openSession(context, selector, false);
    for (;;) {
      const result = await attachOnce(connection, wanted, terminal);
      if (result.end.reason !== "switched") return result.exitCode;
      connection = await openSession(context, { text: result.end.to }, true);
    }
  } finally {
    terminal?.dispose();
  }
}

/**
 * What `attachSession` would refuse about the command itself, told before a session is created for it.
 *
 * @throws BideError `usage`, `bad_value`, `bad_config`, `not_permitted`
 */
export async function checkAttach(context: CommandContext): Promise<void> {
  wantedOf(context, (await readConfiguration(context.env)).attach);
  await checkSwitch(context);
}

/** `again`: hours may have passed, and the host that was asked first may be gone. */
async function openSession(context: CommandContext, selector: Selector, again: boolean): Promise<SessionConnection> {
  const bide = await context.connect({ again });
  try {
    return await bide.session(selector);
  } finally {
    // An attached client needs the worker alone; the host does not hold a connection for each of them.
    bide.close();
  }
}

async function attachOnce(connection: SessionConnection, wanted: Wanted, terminal: OuterTerminal | undefined) {
  try {
    if (terminal === undefined) return await attachStream({ ...wanted, connection });
    return await attachTerminal({ ...wanted, connection, terminal });
  } finally {
    connection.close();
  }
}

/** @throws BideError `usage`, `bad_value` before anything is connected. */
function wantedOf({ flags, command }: CommandContext, configured: Configuration["attach"]): Wanted {
  const excluded = [
    ["status", "no-status"],
    ["replay", "no-scrollback"],
    ["read-only", "take"],
    ["raw", "status"],
    ["raw", "detach-key"],
  ].find(([a = "", b = ""]) => flags.has(a) && flags.has(b));
  if (excluded !== undefined) throw new BideError("usage", `--${excluded.join(" and --")} exclude each other`);
  const theme = flags.text("status-theme") as Theme;
  // Whoever attaches with a theme wants to see it; for `open` it may be meant for the session that is created.
  const wished = flags.has("status") || configured.status || (command.verb === "attach" && theme !== undefined);
  const shown = wished && !flags.has("no-status") && !flags.has("raw");
  const detachKey = flags.text("detach-key") ?? configured.detach_key;
  return {
    readOnly: flags.has("read-only"),
    take: flags.has("take"),
    replay: flags.has("no-scrollback") ? "screen" : (flags.text("replay") as Attach["replay"]),
    scrollback: configured.scrollback,
    raw: flags.has("raw"),
    detachKey: unwrap(parseDetachKey(detachKey)),
    status: shown ? { theme: theme ?? ((configured.status_theme ?? undefined) as Theme) } : undefined,
  };
}
