// Everything that doctor can find, in one table: code, severity, what it means. Walked by the documentation and by
// a test that wants each of them provoked. Codes are stable: add new ones, never rename one. `info` needs no
// action, `warning` deserves a look, `critical` means that bide refuses to work, or that a record or a process is
// out of its control.

import type { Severity } from "./report.ts";

export type FindingKind = readonly [severity: Severity, meaning: string];

const TABLE = {
  location_unusable: ["critical", "the environment names no place where state and sockets could be"],
  state_directory_missing: ["info", "the state directory does not exist yet"],
  state_directory_not_a_directory: ["critical", "something else stands in the place of a directory of the state"],
  state_directory_symlinked: ["critical", "a symbolic link stands in the place of a directory of the state"],
  state_directory_foreign: ["critical", "a directory of the state belongs to another user"],
  state_directory_open: ["critical", "a directory of the state is open to other users"],
  state_directory_unreadable: ["critical", "a directory of the state cannot be read"],
  state_directory_read_only: ["critical", "nothing can be written into the state directory"],
  runtime_directory_missing: ["info", "the directory of the sockets does not exist yet"],
  runtime_directory_not_a_directory: ["critical", "something else stands in the place of the directory of the sockets"],
  runtime_directory_symlinked: ["critical", "a symbolic link stands in the place of the directory of the sockets"],
  runtime_directory_foreign: ["critical", "the directory of the sockets belongs to another user"],
  runtime_directory_open: ["critical", "the directory of the sockets is open to other users"],
  runtime_directory_elsewhere: ["info", "the sockets are in another directory than the environment names"],
  runtime_directory_unreadable: ["critical", "the directory of the sockets cannot be read"],
  disk_full: ["warning", "almost no space is left where the state is"],

  host_absent: ["info", "no host runs; the next command starts one"],
  host_answers: ["info", "the host runs and answers"],
  host_version_differs: ["warning", "the host runs another version than this command"],
  host_unreachable: ["warning", "a host runs, and nobody can talk to it"],
  host_socket_dead: ["warning", "the host's socket is there and nobody listens on it"],
  host_socket_not_a_socket: ["critical", "something else stands in the place of the host's socket"],
  host_socket_foreign: ["critical", "the host's socket belongs to another user"],
  host_socket_open: ["warning", "the host's socket is open to other users"],
  host_lock_unsafe: ["critical", "host.lock is not a regular file of ours, so that no host can start"],
  host_lock_free: ["warning", "a host answers without holding host.lock: a second one could start"],
  host_record_corrupt: ["warning", "host.json cannot be read"],
  host_record_differs: ["warning", "host.json names another process than the host that answers"],

  session_directory_unsafe: ["critical", "a session's directory is a link, not ours, or open to other users"],
  stray_entry: ["info", "something that is no session lies among the sessions"],
  duplicate_record: ["warning", "a session is both among the sessions and in the archive"],
  meta_corrupt: ["critical", "a session's meta.json cannot be read: the session is not listed"],
  meta_missing: ["critical", "a session has no meta.json: the session is not listed"],
  worker_record_corrupt: ["critical", "worker.json of a session that may be live cannot be read"],
  worker_record_missing: ["warning", "a session recorded live has no worker.json"],
  ended_worker_record_corrupt: ["warning", "worker.json of an ended session cannot be read"],
  archived_meta_corrupt: ["warning", "an archived session's meta.json cannot be read: the session is not listed"],

  worker_dead: ["warning", "a session is recorded live, and its worker and its program are gone"],
  session_lost: ["warning", "a session's worker died with its program, and the record is still among the sessions"],
  orphaned_program: ["critical", "a session's worker is dead and its program lives"],
  program_gone: ["warning", "a session's worker lives and its program is gone"],
  pid_reused: ["warning", "a recorded pid belongs to another process now; bide never signals it"],
  pid_differs: ["warning", "the worker that answers is another process than worker.json says"],
  left_behind_processes: ["warning", "processes of an ended session still run"],

  worker_socket_missing: ["warning", "a worker lives and its socket is gone"],
  worker_socket_elsewhere: ["warning", "a worker's socket is in another runtime directory than this command looks in"],
  worker_socket_dead: ["warning", "a worker lives and does not listen on its socket"],
  worker_socket_unsafe: ["critical", "something else stands in the place of a worker's socket"],
  worker_silent: ["warning", "a worker lives and does not answer"],
  worker_version_differs: ["info", "a worker runs another version than this command"],
  worker_unrecorded: ["critical", "a worker answers whose session has no readable record"],
  leftover_socket: ["info", "a socket is left over on which nobody listens"],

  log_missing: ["warning", "a session printed something and its log is gone"],
  log_cut: ["warning", "a session's log ends before what the session printed"],
  log_suspended: ["warning", "output is not being stored"],
  journal_unreadable: ["warning", "a session's journal cannot be read"],
  journal_damaged: ["warning", "a session's journal holds lines that are no events any more"],
  journal_torn: ["warning", "a session's journal ends in the middle of an event"],
  kept_aside: ["info", "a damaged file was kept aside"],
  file_open: ["warning", "a file is open to other users"],
  file_unsafe: ["warning", "a file is a link, a fifo, or not ours: bide does not touch it"],
  leftover_temporary: ["info", "a crashed process left a temporary file"],
  worker_errors: ["warning", "a worker survived an error of its own and wrote it down"],

  unknown_session: ["info", "BIDE_SESSION_ID names a session that has no record"],
  bin_unusable: ["warning", "BIDE_BIN names no program that can be run"],
  prefix_unusable: ["warning", "BIDE_SESSION_PREFIX makes names that are not allowed"],
  shell_unusable: ["warning", "SHELL names no program that can be run"],
  shim_missing: ["warning", "the tmux shim is on PATH and cannot be run"],
  shim_not_first: ["warning", "another tmux comes before the shim on PATH"],
  ended_at_logout: ["warning", "the system ends all processes of a user at logout, sessions included"],
} as const satisfies Record<string, FindingKind>;

export type FindingCode = keyof typeof TABLE;

export const FINDINGS: Readonly<Record<FindingCode, FindingKind>> = TABLE;

export const REPAIR_CODES = ["ARCHIVE_STALE"] as const;
export type RepairCode = (typeof REPAIR_CODES)[number];

/** The repair for a finding that has one; only the findings of sessions without a living process are repairable. */
export const REPAIR_OF: Readonly<Partial<Record<FindingCode, RepairCode>>> = {
  worker_dead: "ARCHIVE_STALE",
  session_lost: "ARCHIVE_STALE",
};
