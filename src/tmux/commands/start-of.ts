// What new-session, new-window, split-window and the respawns say about the program: its words, its directory (a format
// that is expanded for the target), its variables.

import { isAbsolute, resolve } from "node:path";
import type { Session } from "../model/model.ts";
import type { CommandContext } from "../server/command-context.ts";
import type { FormatPlace } from "../server/expand.ts";
import { existingDirectory, type Start } from "../server/pane-command.ts";

export async function startOf(context: CommandContext, session: Session, place: FormatPlace): Promise<Start> {
  const { args, client } = context;
  return {
    argv: args.texts(),
    cwd: await directoryOf(context, session, place),
    environment: args.valuesOf("e"),
    umask: client.hello.umask,
    session,
  };
}

/** `-c`, else where the caller stands, else the session's directory; one that exists. */
async function directoryOf(context: CommandContext, session: Session, place: FormatPlace): Promise<string> {
  const wanted = context.args.value("c");
  const home = context.client.hello.env.HOME ?? "/";
  const here = callerDirectory(context, session);
  if (wanted === undefined) return existingDirectory(here, home);
  const expanded = await context.expand(wanted, place);
  const path = expanded === "" ? here : isAbsolute(expanded) ? expanded : resolve(here, expanded);
  return existingDirectory(path, home);
}

/** An attached client has no directory of its own: it stands where its session does. */
export function callerDirectory({ client }: CommandContext, session: Session | undefined): string {
  if (client.session === undefined && client.hello.version !== 0) return client.hello.cwd;
  return session?.cwd ?? client.session?.cwd ?? client.hello.cwd;
}
