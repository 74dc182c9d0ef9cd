// `session.processes`: the process trees of sessions, parents first, and what they left behind.

import type { ProcessInfo } from "../protocol/host-messages.ts";
import { processTable } from "../pty/process-table.ts";
import { membersOfSession } from "../pty/session-members.ts";
import type { Host } from "./host.ts";
import type { SessionEntry } from "./session-entry.ts";

/** `entries`: undefined for all live sessions, and with `orphansOnly` for the ended ones too. */
export function listProcesses(
  host: Host,
  entries: readonly SessionEntry[] | undefined,
  orphansOnly: boolean,
): ProcessInfo[] {
  const asked =
    entries ?? (orphansOnly ? host.registry.entries.filter((entry) => !entry.session.archived) : host.registry.live);
  const table = processTable();
  return asked.flatMap((entry) => {
    const record = entry.workerRecord();
    if (record?.child == null) return [];
    const members = membersOfSession(entry.session.session_id, record.child, {
      table,
      exclude: host.otherWorkers(entry),
    });
    // A zombie runs no more: it waits for a parent that is none of ours.
    return members
      .filter((row) => row.pid !== record.worker.pid && (!orphansOnly || (row.orphan && row.state !== "Z")))
      .map(({ pid, ppid, pgid, depth, state, cpu_percent, rss_kib, elapsed_s, command, orphan }) => {
        return {
          session_id: entry.session.session_id,
          pid,
          ppid,
          pgid,
          depth,
          state,
          cpu_percent,
          rss_kib,
          elapsed_s,
          command,
          orphan,
        };
      });
  });
}
