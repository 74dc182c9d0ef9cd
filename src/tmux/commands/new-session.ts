// new-session: a session with one window and one pane, or with `-A` the one that is there already; `-t` joins a group.

import { EnvironmentTable } from "../model/environment-table.ts";
import { Session, Winlink } from "../model/model.ts";
import { attachClient } from "../server/attached-clients.ts";
import type { CommandContext, CommandHandler } from "../server/command-context.ts";
import { cleanName } from "../server/names.ts";
import { newWindow } from "../server/new-panes.ts";
import { statusRows } from "../server/window-sizes.ts";
import { targetOf } from "../targets/target.ts";
import { attach, isNested, NESTED } from "./attach-session.ts";
import { callerDirectory, startOf } from "./start-of.ts";

export const newSession: CommandHandler = {
  async run(context) {
    const { server, args, client } = context;
    const joined = args.value("t");
    if (joined !== undefined && (args.values.length > 0 || args.has("n"))) {
      return context.fail("command or window name given with target");
    }
    let name: string | undefined;
    const given = args.value("s");
    if (given !== undefined) {
      const expanded = await context.expand(given, {});
      name = cleanName(expanded);
      if (name === "") return context.fail(`invalid session: ${expanded}`);
    }
    const taken = name === undefined ? undefined : server.sessionNamed(name);
    if (taken !== undefined) {
      if (args.has("A") && isNested(context)) return context.fail(NESTED);
      if (args.has("A")) return attach(context, taken, { detachOthers: args.has("D"), readOnly: false });
      return context.fail(`duplicate session: ${name}`);
    }
    const group = joined === undefined ? undefined : groupOf(context, joined);
    const detached = args.has("d") || (client.session !== undefined && client.control);
    if (!detached && client.hello.terminal === null && !client.control) {
      return context.fail("open terminal failed: not a terminal");
    }
    if (!detached && isNested(context)) return context.fail(NESTED);
    const size = sizeOf(context, detached);
    if (typeof size === "string") return context.fail(size);
    const scope = server.settings.sessionScope();
    const session = new Session(server.nextSession, name ?? freeName(context, group?.name), "/", scope);
    server.nextSession += 1;
    session.environment = new EnvironmentTable();
    if (!args.has("E")) {
      session.environment.update(server.settings.list("update-environment", { session }), client.hello.env);
    }
    for (const pair of args.valuesOf("e")) {
      const at = pair.indexOf("=");
      if (at > 0) session.environment.set(pair.slice(0, at), pair.slice(at + 1));
    }
    if (detached && (args.has("x") || args.has("y"))) {
      server.settings.setSession(session, "default-size", `${size.cols}x${size.rows}`);
    }
    const start = { ...(await startOf(context, session, {})), environment: [] };
    session.cwd = args.has("c") ? start.cwd : callerDirectory(context, undefined);
    // Names were free before the directory was looked at; somebody may have been faster.
    if (name !== undefined && server.sessionNamed(name) !== undefined) {
      return args.has("A") ? newSession.run(context) : context.fail(`duplicate session: ${name}`);
    }
    server.addSession(session);
    if (group?.sessions[0] !== undefined) joinGroup(context, session, group.sessions[0]);
    else {
      if (group !== undefined) {
        session.group = { name: group.name, sessions: [session] };
      }
      const made = await newWindow(server, {
        session,
        index: server.freeIndex(session),
        name: args.has("n") ? cleanWindowName(await context.expand(args.value("n") ?? "", { session })) : undefined,
        size,
        start,
        select: true,
      });
      if (typeof made === "string") return context.fail(made);
    }
    server.notifier.sessionCreated(session);
    if (!detached) attachClient(server, client, session);
    if (args.has("P")) {
      const format = args.value("F") ?? "#{session_name}:";
      context.print(await context.expand(format, targetOf(session) ?? { session }));
    }
    return undefined;
  },
};

export function cleanWindowName(name: string): string {
  return name;
}

function groupOf({ server }: CommandContext, name: string): { name: string; sessions: readonly Session[] } {
  const target = server.sessionNamed(name.replace(/^=/, "")) ?? server.sessions.find((one) => one.group?.name === name);
  if (target === undefined) return { name, sessions: [] };
  target.group ??= { name: target.name, sessions: [target] };
  return target.group;
}

function freeName({ server }: CommandContext, group: string | undefined): string {
  if (group === undefined) return server.freeSessionName();
  for (let number = server.nextSession; ; number += 1) {
    if (server.sessionNamed(`${group}-${number}`) === undefined) return `${group}-${number}`;
  }
}

/** The new session shows the windows of the group at the same indexes. */
function joinGroup({ server }: CommandContext, session: Session, model: Session): void {
  const { group } = model;
  if (group === null) return;
  for (const link of model.links) session.insert(new Winlink(session, link.index, link.window));
  session.current = model.current === undefined ? session.links[0] : session.linkAt(model.current.index);
  session.group = group;
  group.sessions.push(session);
  for (const link of session.links) server.notifier.windowLinked(session, link.window);
}

/** `-x`, `-y`, the client's terminal without the status rows, else the option default-size. */
function sizeOf(context: CommandContext, detached: boolean): { cols: number; rows: number } | string {
  const { server, args, client } = context;
  const [cols = 80, rows = 24] = server.settings.text("default-size", {}).split("x").map(Number);
  const size = { cols, rows };
  const terminal = client.sized ? { cols: client.cols, rows: client.rows } : undefined;
  if (!detached && terminal !== undefined) {
    size.cols = terminal.cols;
    size.rows = Math.max(1, terminal.rows - (client.control ? 0 : statusRows(server, undefined)));
  }
  for (const [flag, key, word] of [
    ["x", "cols", "width"],
    ["y", "rows", "height"],
  ] as const) {
    const value = args.value(flag);
    if (value === undefined) continue;
    if (value === "-") {
      size[key] = terminal?.[key] ?? (key === "cols" ? 80 : 24);
      continue;
    }
    const problem = numberProblem(value, 1, 65535);
    if (problem !== undefined) return `${word} ${problem}`;
    size[key] = Number(value);
  }
  return size;
}

/** What strtonum(3) says about a text; undefined when it is a number in the range. */
export function numberProblem(text: string, least: number, most: number): string | undefined {
  if (!/^\s*[+-]?\d+$/.test(text)) return "invalid";
  const number = Number(text);
  return number < least ? "too small" : number > most ? "too large" : undefined;
}
