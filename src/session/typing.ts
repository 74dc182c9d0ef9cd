// What an attached client sends: keys for the program, or things that its terminal says by itself. Keys of
// every writable client reach the program; typing claims input and size. What a terminal reports (answers to
// queries, focus, pointer motion) counts only from the owner's, so that a program gets one answer, not two.

import type { AttachedClient } from "./attached-client.ts";
import type { Session } from "./session.ts";

export function handleTyping(session: Session, client: AttachedClient, sent: Uint8Array): void {
  if (client.readOnly || sent.length === 0) return;
  const running = session.program;
  if (!running.ok) return;
  const { typed, clicked, reports } = client.classify(sent);
  session.questions.heard(client, sent);
  // What it reported before its first key was reported by a terminal that was not the owner's.
  const bytes = session.hub.owner === client ? sent : sent.subarray(reports);
  if (bytes.length === 0) return;
  if (typed || clicked) session.hub.claim(client);
  running.value.input.type(
    bytes,
    () => client.holdTyping(),
    () => client.connection.resume(),
  );
  // The program has the key; the books can wait.
  session.inputRecord.typed(client.id, bytes.length);
  if (typed) session.agent.typed(bytes);
  session.shell.typed();
}
