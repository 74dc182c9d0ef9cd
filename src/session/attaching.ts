// How a client gets the screen: at its attach, and again after it read too slowly. The structure that makes it
// exact: output is held back for the client from the moment it is known, the screen is written out at one
// offset, and live bytes follow from there, with no gap and no repeat.

import { AttachSchema, type ClientTerminal } from "../protocol/attach-messages.ts";
import { FRAME } from "../protocol/frames.ts";
import { validateJson } from "../protocol/validate.ts";
import type { Outlet } from "../pty/outlet.ts";
import type { AttachedClient } from "./attached-client.ts";
import type { Connection } from "./connection.ts";
import { DirectTerminal } from "./direct-terminal.ts";
import type { Session } from "./session.ts";
import { handleTyping } from "./typing.ts";

export async function attachClient(session: Session, connection: Connection, payload: Uint8Array): Promise<void> {
  const attach = validateJson(AttachSchema, payload, "attach");
  if (!attach.ok) return connection.refuse(attach);
  if (session.hub.of(connection) !== undefined) return connection.refuseMessage("already attached");
  const running = session.program;
  if (!running.ok) return connection.refuse(running);
  const { value } = attach;
  const before = session.record.fields;
  const client = session.hub.add(connection, value);
  client.terminal = value.terminal && reach(session, client, value.terminal, running.value.pty.outlets);
  connection.sendJson(FRAME.attached, {
    client_id: client.id,
    owner: session.hub.owner === client,
    session: session.info(),
    direct: client.terminal !== undefined,
  });
  client.announced = true;
  client.terminal?.listen();
  const sameSize = before.rows === session.record.fields.rows && before.cols === session.record.fields.cols;
  // Questions in what the newcomer will not see are answered here, before it gets anything live.
  const screen = value.replay === "none" && !session.screen.wanted ? undefined : await session.screen.load();
  if (session.hub.of(connection) !== client) return;
  const replay = screen?.replay(value.replay, value.scrollback, () => session.recentBytes());
  client.replay(replay ?? new Uint8Array(0), session.recorder.offset);
  // A full-screen program repaints for a newcomer who does not see its screen. One who does must not disturb it: less
  // drops a half-typed search at every SIGWINCH.
  const exact = value.replay === "full" || value.replay === "screen";
  if (!exact && sameSize && session.hub.owner === client && client.sized) {
    running.value.pty.signalForeground("SIGWINCH");
  }
}

function reach(
  session: Session,
  client: AttachedClient,
  name: ClientTerminal,
  outlets: Set<Outlet>,
): DirectTerminal | undefined {
  return DirectTerminal.open(name, {
    lookFirst: () => {
      // What the owner's terminal has answered counts only as long as it is the owner's, which a key may change.
      const owner = session.hub.owner;
      if (owner !== client) owner?.terminal?.look();
    },
    type: (bytes) => {
      session.pacedSize.flush();
      handleTyping(session, client, bytes);
    },
    send: (frame, droppable) => client.connection.send(frame, droppable),
    onWaiting: (outlet, waits) => {
      if (waits) outlets.add(outlet);
      else outlets.delete(outlet);
    },
  });
}

/** Everything that was queued for a client has been taken. */
export function clientReadsAgain(session: Session, connection: Connection): void {
  const client = session.hub.of(connection);
  if (client?.mayCatchUp) catchUp(session, client);
}

/** Sends the screen as it is now to a client that missed output. */
export function catchUp(session: Session, client: AttachedClient): void {
  const replay = session.screen.now?.replay("screen", 0, () => session.recentBytes());
  if (replay !== undefined) client.replay(replay, session.recorder.offset);
  else void session.screen.load().then(() => client.mayCatchUp && catchUp(session, client));
}
