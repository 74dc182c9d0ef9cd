// Reads the files of sessions whose worker is gone, for clients, who open no file of a session themselves.
// While a worker is still ending, its last bytes are waited for.

import { timeout } from "../base/disposable.ts";
import { unwrap } from "../base/errors.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { HostResult } from "../protocol/host-messages.ts";
import { MAX_READ_BYTES } from "../protocol/limits.ts";
import { type LastScreen, LastScreenSchema } from "../protocol/stored-files.ts";
import { validate } from "../protocol/validate.ts";
import { isAlive } from "../pty/identity.ts";
import { readJson } from "../store/atomic-json.ts";
import { readEventsPage } from "../store/journal-page.ts";
import { openLog } from "../store/output-log-reader.ts";
import { readPrivateFile } from "../store/private-file.ts";
import { processEnd } from "./process-end.ts";
import type { SessionEntry } from "./session-entry.ts";

/** Finding out how a worker died takes 200 ms at most; nobody waits for ever if it fails. */
const RECORDING_MS = 2000;

export function readEndedLog(
  entry: SessionEntry,
  { offset, max }: { offset: number; max: number },
): HostResult<"session.log_read"> {
  const log = unwrap(openLog(entry.paths.root));
  try {
    const read = unwrap(log.read(offset, Math.min(max, MAX_READ_BYTES)));
    const { start } = log;
    const end = Math.max(log.end, printedOffset(entry));
    const next = read.bytes.length > 0 ? read.next : Math.max(offset, end);
    return { offset: read.offset, next, start, end, ended: true, data: Buffer.from(read.bytes).toString("base64") };
  } finally {
    log.dispose();
  }
}

/** Also what was printed and never stored (a disk that was full to the end): a gap, which nobody must take for the end. */
function printedOffset(entry: SessionEntry): number {
  const record = entry.workerRecord();
  // One that still lives may be writing the last bytes.
  return record !== undefined && isAlive(record.worker) ? 0 : entry.session.output_bytes;
}

export async function readEndedEvents(
  entry: SessionEntry,
  page: { after_seq: number; tail: number | null; max: number },
): Promise<HostResult<"session.events_read">> {
  await deathRecorded(entry);
  return { events: unwrap(readEventsPage(entry.paths.events, page)), ended: true };
}

export async function readEndedSnapshot(entry: SessionEntry): Promise<HostResult<"session.snapshot_read">> {
  await entry.snapshotWritten();
  const read = readLastScreen(entry.paths.snapshot);
  const scrollback = readText(entry.paths.scrollback);
  return read.ok ? { snapshot: read.value, scrollback } : { snapshot: null, scrollback, damage: read.message };
}

/** Null when there is none; a failure says what is wrong with the one that is there. */
function readLastScreen(path: string): Result<LastScreen | null> {
  const read = readJson(path);
  if (!read.ok) return read;
  if (read.value.kind === "absent") return ok(null);
  if (read.value.kind === "corrupt") return fail("failed", read.value.reason);
  return validate(LastScreenSchema, read.value.value, path);
}

/** A killed worker's readers come here at once; the `lost` event that they would miss is written a moment later. */
async function deathRecorded(entry: SessionEntry): Promise<void> {
  const record = entry.live ? entry.workerRecord() : undefined;
  if (record === undefined) return;
  // Its connections are closed a moment before it is gone. A reader comes here only when its worker did not answer.
  await processEnd(record.worker);
  if (isAlive(record.worker)) return;
  const late = Promise.withResolvers<void>();
  const timer = timeout(RECORDING_MS, late.resolve);
  await Promise.race([entry.workerGone, late.promise]);
  timer.dispose();
}

/** Empty when it is gone or no file of ours, which doctor names: the screen below it is shown all the same. */
function readText(path: string): string {
  const read = readPrivateFile(path);
  return read.ok ? read.value.toString("utf8") : "";
}
