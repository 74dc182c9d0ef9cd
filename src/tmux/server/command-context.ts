// What a command's handler gets: the server, the client, its flags and words, its targets, and the way to print. The same
// shape for all of commands/, so that each of them says only what is particular about it.

import type { CommandArguments, ParsedCommand } from "../argv/command-list.ts";
import { type Parsed, type ParseFailure, parsed, parseFailure } from "../argv/parsed.ts";
import { TargetFinder } from "../targets/find-target.ts";
import { type Target, type TargetFlags, type TargetKind, targetOf } from "../targets/target.ts";
import { bestSession, stateOfPane } from "../targets/target-space.ts";
import type { TmuxClient } from "./client.ts";
import { expand, type FormatPlace } from "./expand.ts";
import type { Runner } from "./queue.ts";
import type { TmuxServer } from "./tmux-server.ts";

/** `undefined` and ok: done. A failure with an empty text has said it already. */
export type CommandResult = undefined | { readonly ok: true } | ParseFailure;

export interface CommandHandler {
  /** Runs with the server's state as it is; whatever it awaits may have changed it. */
  readonly run: (context: CommandContext) => CommandResult | Promise<CommandResult>;
}

export class CommandContext {
  readonly server: TmuxServer;
  readonly runner: Runner;
  readonly command: ParsedCommand;
  /** What the client ends with when nothing fails: run-shell's status. */
  code = 0;

  constructor(server: TmuxServer, runner: Runner, command: ParsedCommand, _handler: CommandHandler) {
    this.server = server;
    this.runner = runner;
    this.command = command;
  }

  get client(): TmuxClient {
    return this.runner.client;
  }

  get args(): CommandArguments {
    return this.command.arguments;
  }

  print(line: string): void {
    this.runner.print(encoder.encode(`${line}\n`));
  }

  printBytes(bytes: Uint8Array): void {
    this.runner.print(bytes);
  }

  /** What `-t` (or another flag) means; the failure is tmux's text. */
  target(kind: TargetKind, flags: TargetFlags = {}, flag = "t"): Parsed<Target> {
    return this.find(this.args.value(flag), kind, flags);
  }

  find(text: string | undefined, kind: TargetKind, flags: TargetFlags = {}): Parsed<Target> {
    return new TargetFinder(this.server, this.current(flags), flags).find(text, kind);
  }

  /** What is meant without a target: the client's session, the window of the pane it runs in, else the last used one. */
  current(flags: TargetFlags = {}): Target | undefined {
    return this.runner.current ?? currentOf(this.server, this.client, flags);
  }

  /** Expands a format for a place. */
  expand(format: string, place: FormatPlace): Promise<string> {
    return expand(this.server, format, {
      ...place,
      client: place.client ?? this.formatClient,
      extra: { ...this.runner.formats, ...place.extra },
    });
  }

  /** Whom formats are about: somebody who is attached, never the call itself, which nobody looks at (oracle, 3.3a). */
  get formatClient(): TmuxClient | undefined {
    const found = this.attachedClient(undefined);
    return found.ok ? found.value : undefined;
  }

  fail(message: string): ParseFailure {
    return parseFailure(message);
  }

  /** A client that is attached: the one named with `-c` or `-t`, else this one, else the one that was used last. */
  attachedClient(name: string | undefined): Parsed<TmuxClient> {
    const clients = this.server.attachedClients;
    if (name !== undefined) {
      const bare = name.endsWith(":") ? name.slice(0, -1) : name;
      const found = clients.find((one) => one.name === bare || one.name === `/dev/${bare}`);
      return found === undefined ? parseFailure(`can't find client: ${name}`) : parsed(found);
    }
    const found = this.client.attached ? this.client : latestClient(clients, this.current()?.session);
    return found === undefined ? parseFailure("no current client") : parsed(found);
  }
}

/** The most recently used client, of a session when there is one. */
export function latestClient(clients: readonly TmuxClient[], session?: Target["session"]): TmuxClient | undefined {
  const own = clients.filter((one) => one.session === session);
  const candidates = own.length > 0 ? own : clients;
  return candidates.reduce<TmuxClient | undefined>(
    (best, one) => (best === undefined || one.activityAt > best.activityAt ? one : best),
    undefined,
  );
}

export function currentOf(server: TmuxServer, client: TmuxClient, flags: TargetFlags = {}): Target | undefined {
  if (client.session !== undefined) return targetOf(client.session);
  const inside = paneAround(server, client);
  if (inside !== undefined) {
    const state = stateOfPane(server, inside);
    // The window of the pane, but the pane that is active there (oracle, 3.3a).
    if (state !== undefined) return { ...state, pane: state.window.active ?? inside };
  }
  const best = bestSession(server, server.sessions, flags);
  return best && targetOf(best);
}

/** The pane that a client runs in: by its terminal, else by what its environment says. */
function paneAround(server: TmuxServer, { hello }: TmuxClient) {
  const tty = hello.terminal?.path;
  const here = tty ? [...server.panes.values()].find((pane) => pane.tty === tty && pane.dead === null) : undefined;
  if (here !== undefined) return here;
  const name = hello.env.TMUX_PANE ?? hello.pane ?? undefined;
  return name !== undefined && /^%\d+$/.test(name) ? server.paneById(Number(name.slice(1))) : undefined;
}

const encoder = new TextEncoder();
