// `attach` inside a session: the client that shows this session is sent to another one. Only when the command
// really sits in that session's terminal: an environment that leaked into another terminal moves nobody.

import { readFileSync } from "node:fs";
import { BideError } from "../base/errors.ts";
import { type SessionConnection, withoutSocket } from "../client/session-connection.ts";
import type { Selector } from "../protocol/host-messages.ts";
import type { Session } from "../protocol/session.ts";
import { isTerminal } from "./caller-terminal.ts";
import type { CommandContext } from "./command.ts";

/**
 * True when a client was switched, so that there is nothing left to attach here.
 *
 * @throws BideError `usage` for the session one is in, `not_permitted` when nobody is attached to it: drawing one
 *   session inside another is not what anybody wants.
 */
export async function switchClient(context: CommandContext, selector: Selector): Promise<boolean> {
  const seat = await seatOf(context);
  if (seat === undefined) return false;
  const { connection, session } = seat;
  try {
    const bide = await context.connect();
    const { session: target, socket } = await bide.request("session.resolve", { selector });
    if (target.session_id === session.session_id) {
      throw new BideError("usage", `this is session ${session.name} already`);
    }
    if (socket === null) throw withoutSocket(target);
    await connection.request("session.detach", { client_id: clientOf(session), switch_to: target.session_id });
    return true;
  } finally {
    connection.close();
  }
}

/** For who is about to create a session to attach to. @throws BideError `not_permitted` as `switchClient` does. */
export async function checkSwitch(context: CommandContext): Promise<void> {
  const seat = await seatOf(context);
  if (seat === undefined) return;
  seat.connection.close();
  clientOf(seat.session);
}

/** The session in whose terminal the command really sits; undefined outside of one. */
async function seatOf(
  context: CommandContext,
): Promise<{ connection: SessionConnection; session: Session } | undefined> {
  const current = context.env.BIDE_SESSION_ID;
  if (!current || !isTerminal(0) || !isTerminal(1)) return undefined;
  const connection = await connectTo(context, current);
  if (connection === undefined) return undefined;
  try {
    const { session } = await connection.request("session.status", {});
    if (session.child_pid !== null && sharesTerminal(session.child_pid)) return { connection, session };
  } catch (error) {
    connection.close();
    throw error;
  }
  connection.close();
  return undefined;
}

/** The one that typed last is the one that typed this command; the others' terminals stay where they are. */
function clientOf({ name, input_owner }: Session): string {
  if (input_owner !== null) return input_owner;
  throw new BideError("not_permitted", `nobody is attached to ${name}, so there is no client to switch`, {
    hint: "attach from a terminal outside of it",
  });
}

/** Undefined when that session has ended or belongs to another state directory. */
async function connectTo(context: CommandContext, id: string): Promise<SessionConnection | undefined> {
  const bide = await context.connect();
  try {
    return await bide.session({ text: id });
  } catch (error) {
    if (error instanceof BideError && (error.code === "session_not_found" || error.code === "session_ended")) {
      return undefined;
    }
    throw error;
  }
}

/** Whether this process and that one have the same controlling terminal. */
function sharesTerminal(pid: number): boolean {
  const ours = terminalOf(process.pid);
  return ours !== undefined && ours === terminalOf(pid);
}

/** The device of a process's controlling terminal; undefined without one. */
function terminalOf(pid: number): string | undefined {
  if (process.platform !== "linux") {
    // Untested there: nothing of bide has run on macOS yet.
    const name = Bun.spawnSync(["ps", "-o", "tty=", "-p", String(pid)])
      .stdout.toString()
      .trim();
    return name === "" || name.startsWith("?") ? undefined : name;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // Fields after the name, which is in parentheses and may hold anything: state, ppid, pgrp, session, tty_nr.
    const device = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[4];
    return device === undefined || device === "0" ? undefined : device;
  } catch {
    return undefined;
  }
}
