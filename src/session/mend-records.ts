// A worker's files that somebody damaged or took away while it lives. The next host cannot read them and tells the worker
// with SIGUSR1, the signal that also makes it look after its socket; what was found is kept aside. session.ts asks for it.

import type { Disposable } from "../base/disposable.ts";
import { MetaSchema } from "../protocol/launch.ts";
import { validate } from "../protocol/validate.ts";
import { quarantine, readJson } from "../store/atomic-json.ts";
import type { Session } from "./session.ts";

export function mendRecordsWhenAsked(session: Session): Disposable {
  const mend = () => mendRecords(session);
  process.on("SIGUSR1", mend);
  return { dispose: () => process.off("SIGUSR1", mend) };
}

function mendRecords({ ended, paths, record, workerRecord }: Session): void {
  if (ended) return;
  const read = readJson(paths.meta);
  // A file that cannot even be read is no file of ours to replace: doctor names it.
  if (!read.ok) return;
  if (read.value.kind === "value") {
    const meta = validate(MetaSchema, read.value.value, "meta.json");
    if (meta.ok && meta.value.session.session_id === record.id) return;
  }
  if (read.value.kind !== "absent") quarantine(paths.meta);
  record.store();
  workerRecord.store();
}
