// Which processes belong to one bide session: for `ps`, and for `kill`, which must end what left the group too.
// A process belongs if it descends from the leader, shares its kernel session or its terminal, or was started with
// the session's id in its environment (so that a double fork with setsid does not hide it).

import { bootId, identify, isSame, type ProcessIdentity } from "./identity.ts";
import { descendants, type ProcessRow, processTable } from "./process-table.ts";
import { darwinStartedWith } from "./process-table-darwin.ts";
import { startedWith, startedWithValue } from "./process-table-linux.ts";

export interface SessionMember extends ProcessRow {
  /** Below the leader, which has 0; orphans have 0 too. */
  readonly depth: number;
  /** It does not descend from the leader (any more). */
  readonly orphan: boolean;
}

export interface MemberOptions {
  readonly table?: readonly ProcessRow[];
  /** "pts/3", given only while the session's PTY is open: the number is given to somebody else afterwards. */
  readonly tty?: string | null;
  /** Never members, nor what descends from them: other workers, the host. This process is always excluded. */
  readonly exclude?: readonly number[];
  /**
   * Pids that are certainly no members, for a caller that looks several times within a moment: those found now are added,
   * those found before are not read again.
   */
  readonly strangers?: Set<number>;
}

/** The session that a process was started in, as its environment says; Linux only, elsewhere undefined. */
export function sessionIdOf(pid: number): string | undefined {
  return process.platform === "linux" ? startedWithValue(pid, "BIDE_SESSION_ID") : undefined;
}

/** Members in the order of the table; zombies included, since `ps` shows them. */
export function membersOfSession(
  sessionId: string,
  leader: ProcessIdentity,
  options: MemberOptions = {},
): SessionMember[] {
  const { strangers } = options;
  const table = options.table ?? processTable(strangers);
  const assignment = `BIDE_SESSION_ID=${sessionId}`;
  const now = identify(leader.pid);
  // Whoever has the leader's pid now may be somebody else (always so after a reboot); then the number tells nothing.
  const isReused = now === null ? leader.boot_id !== bootId() : !isSame(leader, now);
  const below = isReused ? new Map<number, number>() : descendants(leader.pid, table);
  const excluded = new Set([process.pid, ...(options.exclude ?? [])]);
  const excludedTrees = new Set((options.exclude ?? []).flatMap((pid) => [...descendants(pid, table).keys()]));
  const darwin = process.platform === "linux" ? null : darwinStartedWith(assignment);
  const belongs = (row: ProcessRow): boolean => {
    if (excluded.has(row.pid)) return false;
    if (below.has(row.pid)) return !excludedTrees.has(row.pid);
    if (!isReused && row.sid === leader.pid) return true;
    if (options.tty !== undefined && options.tty !== null && row.tty === options.tty) return true;
    if (excludedTrees.has(row.pid)) return false;
    if (darwin !== null) return darwin.has(row.pid);
    const started = startedWith(row.pid, assignment);
    if (started === false) strangers?.add(row.pid);
    return started === true;
  };
  return table.filter(belongs).map((row) => ({ ...row, depth: below.get(row.pid) ?? 0, orphan: !below.has(row.pid) }));
}
