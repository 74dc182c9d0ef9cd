// What a session's files say, checked: meta.json, worker.json and how far its last screen is. Read by session-entry.ts and
// when a new host takes over; what is damaged is a failure or nothing, never an exception.

import { fail, ok, type Result } from "../base/result.ts";
import { type Meta, MetaSchema, type WorkerRecord, WorkerRecordSchema } from "../protocol/launch.ts";
import { validate } from "../protocol/validate.ts";
import { readJson } from "../store/atomic-json.ts";

export function readMeta(path: string): Result<Meta> {
  const read = unwrapJson(path);
  return read.ok ? validate(MetaSchema, read.value, "meta.json") : read;
}

/** Who ran the session last; undefined when nobody can tell. */
export function readWorkerRecord(path: string): WorkerRecord | undefined {
  const read = unwrapJson(path);
  const record = read.ok ? validate(WorkerRecordSchema, read.value, "worker.json") : read;
  return record.ok ? record.value : undefined;
}

/** The offset that a stored screen shows; -1 when there is none. */
export function lastScreenOffset(path: string): number {
  const read = unwrapJson(path);
  const state = read.ok ? (read.value as { state?: { offset?: unknown } } | null)?.state : null;
  return typeof state?.offset === "number" ? state.offset : -1;
}

function unwrapJson(path: string): Result<unknown> {
  const read = readJson(path);
  if (!read.ok) return read;
  if (read.value.kind === "value") return ok(read.value.value);
  const why = read.value.kind === "corrupt" ? read.value.reason : "it is not there";
  return fail("failed", `${path}: ${why}`);
}
