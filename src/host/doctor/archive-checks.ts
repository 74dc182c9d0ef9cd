// Checks of the archive: every record can be read and none is doubled. Called by doctor.ts.

import { join } from "node:path";
import { isIdShaped } from "../../base/ids.ts";
import { MetaSchema } from "../../protocol/launch.ts";
import type { Paths } from "../../store/paths.ts";
import { archivedPaths } from "../../store/session-paths.ts";
import { namesIn } from "./file-checks.ts";
import { checkSessionDirectory } from "./record-checks.ts";
import { type DoctorCheck, finding } from "./report.ts";
import { checkStray } from "./session-checks.ts";
import { readRecord } from "./session-facts.ts";

export function checkArchive(paths: Paths): DoctorCheck[] {
  const names = namesIn(paths.archive);
  const current = new Set(namesIn(paths.sessions));
  return [
    ...checkStray(paths.archive, names),
    ...names.filter(isIdShaped).flatMap((id) => checkArchived(paths, id, current.has(id))),
  ];
}

function checkArchived(paths: Paths, id: string, isCurrent: boolean): DoctorCheck[] {
  const { root, meta: path } = archivedPaths(paths, id);
  const unsafe = checkSessionDirectory(id, root);
  if (unsafe.length > 0) return unsafe;
  const message = `session ${id} is in the archive and in ${join(paths.sessions, id)}: move one of them away`;
  const checks = isCurrent ? [finding("duplicate_record", message, { session: id, path: root })] : [];
  const meta = readRecord(path, MetaSchema);
  const reason =
    meta.kind === "absent"
      ? `${path} is missing`
      : meta.kind === "corrupt"
        ? meta.reason
        : meta.value.session.session_id === id
          ? undefined
          : `${path}: expected the record of ${id}, got that of another session`;
  if (reason === undefined) return checks;
  const unread = finding("archived_meta_corrupt", `${reason}; the session is not listed`, { session: id, path });
  return [...checks, unread];
}
