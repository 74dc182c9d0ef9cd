// attach-session and switch-client: which session a client looks at. A terminal is needed, or control mode.

import type { Session } from "../model/model.ts";
import { attachClient, detachClient } from "../server/attached-clients.ts";
import type { CommandContext, CommandHandler, CommandResult } from "../server/command-context.ts";

export const attachSession: CommandHandler = {
  run(context) {
    const { server, args } = context;
    if (server.sessions.length === 0) return context.fail("no sessions");
    if (isNested(context)) return context.fail(NESTED);
    const text = args.value("t");
    const found = context.find(text, text !== undefined && /[:.]/.test(text) ? "pane" : "session", {
      preferUnattached: true,
    });
    if (!found.ok) return found;
    const { session, link, pane } = found.value;
    if (text !== undefined && /[:.]/.test(text)) {
      session.select(link);
      server.activate(pane);
    }
    return attach(context, session, {
      detachOthers: args.has("d") || args.has("x"),
      readOnly: args.has("r"),
      flags: args.value("f"),
      cwd: args.value("c"),
      updateEnvironment: !args.has("E"),
    });
  },
};

export const NESTED = "sessions should be nested with care, unset $TMUX to force";

/** The client's terminal is a pane of this very server: a session would be shown within itself. */
export function isNested({ server, client }: CommandContext): boolean {
  const { TMUX } = client.hello.env;
  const { terminal } = client.hello;
  if (!TMUX || terminal === null || client.session !== undefined) return false;
  // Not every system says which terminal it is.
  if (terminal.path === "") return TMUX.split(",", 1)[0] === server.socket;
  return [...server.panes.values()].some((pane) => pane.tty === terminal.path);
}

export async function attach(
  context: CommandContext,
  session: Session,
  options: {
    readonly detachOthers: boolean;
    readonly readOnly: boolean;
    readonly flags?: string | undefined;
    readonly cwd?: string | undefined;
    readonly updateEnvironment?: boolean;
  },
): Promise<CommandResult> {
  const { server, client } = context;
  if (client.session === undefined && client.hello.terminal === null && !client.control) {
    return context.fail("open terminal failed: not a terminal");
  }
  if (options.cwd !== undefined) session.cwd = await context.expand(options.cwd, { session });
  if (options.updateEnvironment !== false) {
    session.environment.update(server.settings.list("update-environment", { session }), client.hello.env);
  }
  if (options.readOnly) client.readOnly = true;
  setClientFlags(client, options.flags);
  for (const other of server.attachedClients) {
    if (options.detachOthers && other !== client && other.session === session) detachClient(server, other);
  }
  attachClient(server, client, session);
  return undefined;
}

/** `-f`: a comma-separated list, `!` takes one away. */
export function setClientFlags(client: CommandContext["client"], text: string | undefined): void {
  for (const word of (text ?? "").split(",").filter(Boolean)) {
    const off = word.startsWith("!");
    const name = (off ? word.slice(1) : word).trim();
    const kind = name.split("=", 1)[0] ?? name;
    for (const flag of [...client.flags]) if (flag === kind || flag.startsWith(`${kind}=`)) client.flags.delete(flag);
    if (!off) client.flags.add(name);
    if (kind === "read-only") client.readOnly = !off;
  }
}

export const switchClient: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const found = context.attachedClient(args.value("c"));
    if (!found.ok) return found;
    const client = found.value;
    if (args.has("r")) {
      client.readOnly = !client.readOnly;
      return undefined;
    }
    const table = args.value("T");
    if (table !== undefined) {
      client.keyTable = table;
      return undefined;
    }
    const { sessions } = server;
    const at = client.session === undefined ? -1 : sessions.indexOf(client.session);
    let session: Session | undefined;
    if (args.has("n") || args.has("p")) {
      session = sessions[(at + (args.has("n") ? 1 : -1) + sessions.length) % sessions.length];
      if (session === undefined) return context.fail(`can't find ${args.has("n") ? "next" : "previous"} session`);
    } else if (args.has("l")) {
      session = client.lastSession && sessions.includes(client.lastSession) ? client.lastSession : undefined;
      if (session === undefined) return context.fail("can't find last session");
    } else {
      const text = args.value("t");
      const target = context.find(text, text !== undefined && /[:.%]/.test(text) ? "pane" : "session", {
        preferUnattached: true,
      });
      if (!target.ok) return target;
      ({ session } = target.value);
      if (text !== undefined && /[:.%]/.test(text)) {
        session.select(target.value.link);
        server.activate(target.value.pane);
      }
    }
    if (!args.has("E")) {
      session.environment.update(server.settings.list("update-environment", { session }), client.hello.env);
    }
    attachClient(server, client, session);
    return undefined;
  },
};

export const detachCommand: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const exec = args.value("E");
    const named = args.value("s");
    const asked = context.attachedClient(args.value("t"));
    if (!asked.ok) return asked;
    if (named !== undefined) {
      const found = context.find(named, "session");
      if (!found.ok) return found;
      for (const client of server.attachedClients) {
        if (client.session === found.value.session) detachClient(server, client, exec);
      }
      return undefined;
    }
    if (!args.has("a")) {
      detachClient(server, asked.value, exec);
      return undefined;
    }
    for (const client of server.attachedClients) if (client !== asked.value) detachClient(server, client, exec);
    return undefined;
  },
};
