// What an attached client sends: keys for the program, or things that its terminal says by itself. Keys of
// every writable client reach the program; typing claims input and size. What a terminal reports (answers to
// queries, focus, pointer motion) counts only from the owner's, so that a program gets one answer, not two.

import type { AttachedClient } from "./attached-client.ts";
import type { Session } from "./session.ts";

export function handleTyping(session: Session, client: AttachedClient, bytes: Uint8Array): void {
  if (client.readOnly || bytes.length === 0) return;
  const running = session.program;
  if (!running.ok) return;
  const owns = session.hub.owner === client;
  const { typed, clicked } = client.classify(bytes);
  if (!owns && !typed && !clicked) return;
  if (typed || clicked) session.hub.claim(client);
  session.inputRecord.typed(client.id, bytes.length);
  if (typed) session.agent.typed(bytes);
  session.shell.typed();
  running.value.input.type(
    bytes,
    () => client.holdTyping(),
    () => client.typeAgain(),
  );
}
