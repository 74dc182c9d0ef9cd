// Runs lists of commands for a client, one after the other, as tmux's command queue does: the first that fails takes the
// rest of its group with it, hooks run after their command, and what is changed is on the disk before an answer goes out.

import type { CommandList, ParsedCommand } from "../argv/command-list.ts";
import { type ParseContext, parseText } from "../argv/parse-commands.ts";
import type { Target } from "../targets/target.ts";
import type { TmuxClient } from "./client.ts";
import { CommandContext } from "./command-context.ts";
import { writeRecord } from "./record.ts";
import type { TmuxServer } from "./tmux-server.ts";

/** Who runs commands, and where what they say goes. */
export interface Runner {
  readonly client: TmuxClient;
  print(bytes: Uint8Array): void;
  error(text: string): void;
  /** What commands without a target mean, when it is not what the client's own place says. */
  readonly current?: Target | undefined;
  /** Formats that only this run knows (`hook_pane`). */
  readonly formats?: Readonly<Record<string, string>>;
  /** A hook's own commands run no hooks. */
  readonly quiet?: boolean;
}

export interface Outcome {
  readonly ok: boolean;
  /** Of the last command that said how the client is to end (run-shell, a failure). */
  readonly code: number;
}

export async function runCommands(server: TmuxServer, list: CommandList, runner: Runner): Promise<Outcome> {
  let outcome: Outcome = { ok: true, code: 0 };
  for (const group of list) {
    for (const command of group) {
      const one = await runCommand(server, command, runner);
      if (one.code !== 0) outcome = { ok: outcome.ok && one.ok, code: one.code };
      if (!one.ok) {
        outcome = { ok: false, code: one.code };
        break;
      }
    }
  }
  return outcome;
}

async function runCommand(server: TmuxServer, command: ParsedCommand, runner: Runner): Promise<Outcome> {
  const { name } = command.entry;
  const handler = server.handlers[name];
  if (handler === undefined) {
    runner.client.unsupported.push(name);
    return { ok: true, code: 0 };
  }
  const context = new CommandContext(server, runner, command, handler);
  let failure: string | undefined;
  try {
    const result = await handler.run(context);
    failure = result === undefined || result.ok ? undefined : result.message;
    if (result !== undefined && !result.ok && failure === "") return { ok: false, code: context.code || 1 };
  } catch (error) {
    // A worker that died meanwhile, mostly; tmux has no words for that.
    failure = error instanceof Error ? error.message : String(error);
  }
  flush(server);
  if (failure !== undefined) {
    runner.error(failure);
    return { ok: false, code: 1 };
  }
  if (!runner.quiet) await server.notifier.commandRan(context);
  return { ok: true, code: context.code };
}

/** Records what has changed. */
export function flush(server: TmuxServer): void {
  if (server.takeDirty() && !server.ended) writeRecord(server);
}

/** The commands in a text (a hook, a binding, if-shell), with this server's aliases and variables. */
export function parseCommandText(server: TmuxServer, text: string, more: Partial<ParseContext> = {}) {
  return parseText(text, { ...parseContext(server), ...more });
}

export function parseContext(server: TmuxServer): ParseContext {
  return {
    alias: (name) => server.settings.alias(name),
    environment: (name) => server.environment.get(name)?.value ?? undefined,
    home: (user) => (user === "" ? (server.environment.get("HOME")?.value ?? process.env.HOME) : undefined),
  };
}
