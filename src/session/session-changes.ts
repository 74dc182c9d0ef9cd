// What follows when something about a session changes: it is written into record and journal and told to clients,
// subscribers and whoever waits. Called by the parts that session.ts wires.

import { utcNow } from "../base/clock.ts";
import type { AgentChange } from "./agent/agent-watch.ts";
import { type AttachedClient, clampSize } from "./attached-client.ts";
import type { Session } from "./session.ts";

/** The size of the PTY and of everything that follows it, clamped; an ended session has none. */
export function changeSize(
  session: Session,
  size: { rows: number; cols: number; xpixel?: number; ypixel?: number },
): void {
  const { program, record, screen, journal, recorder, hub, status } = session;
  if (!program.ok) return;
  const { rows, cols, xpixel, ypixel } = clampSize(size);
  const same = rows === record.fields.rows && cols === record.fields.cols;
  program.value.pty.resize({ rows, cols, xpixel, ypixel });
  if (same) return;
  screen.resize(rows, cols);
  record.change({ rows, cols });
  journal.append({ event: "resized", rows, cols, offset: recorder.offset });
  hub.tell({ event: "resized", rows, cols });
  status.changed();
}

export function changeAgent(session: Session, { state, reason, source }: AgentChange): void {
  const { record, journal, hub, status, waits } = session;
  record.change({ agent_state: state, agent_reason: reason || null, agent_since: state && utcNow() });
  journal.append({ event: "agent_state", state, reason, source });
  hub.tell({ event: "status", session: session.info() });
  status.changed();
  // The end is told to everybody who waits once it is stored.
  if (!session.ended) waits.changed();
}

export function changeOwner(session: Session, owner: AttachedClient | null): void {
  // Before what the new owner types.
  session.questions.ownerChanged(owner);
  const { journal, hub, workerRecord, status } = session;
  journal.append({ event: "owner_changed", client_id: owner?.id ?? null });
  hub.tell({ event: "owner_changed", client_id: owner?.id ?? null });
  if (!session.ended) workerRecord.storeSoon();
  status.changed();
}

export function changeAttendance(session: Session, event: "attached" | "detached", client: AttachedClient): void {
  const { journal, workerRecord, status } = session;
  const { rows, cols } = client.size;
  journal.append({ event, client_id: client.id, read_only: client.readOnly, rows, cols });
  if (!session.ended) workerRecord.storeSoon();
  status.changed();
}
