// What is known about one session without asking the host: its record, who ran it last, whether those processes
// live, and who answers on its socket. Gathered once per session for all checks and again by a repair under its
// locks. The rule: a process lives only if pid, start time and boot all fit (faults P8).

import type { GenericSchema, InferOutput } from "valibot";
import { type Meta, MetaSchema, type WorkerRecord, WorkerRecordSchema } from "../../protocol/launch.ts";
import { isLive } from "../../protocol/session-state.ts";
import { validate } from "../../protocol/validate.ts";
import { identify, isAlive } from "../../pty/identity.ts";
import { readJson } from "../../store/atomic-json.ts";
import type { SessionPaths } from "../../store/session-paths.ts";
import { askWorker, type WorkerAnswer } from "./ask-worker.ts";

/** `corrupt` covers everything but absence: unreadable, no JSON, not what it should be. */
export type StoredRecord<T> =
  | { readonly kind: "value"; readonly value: T }
  | { readonly kind: "absent" }
  | { readonly kind: "corrupt"; readonly reason: string };

export interface SessionFacts {
  readonly id: string;
  readonly paths: SessionPaths;
  readonly meta: StoredRecord<Meta>;
  readonly worker: StoredRecord<WorkerRecord>;
  readonly workerLives: boolean;
  readonly programLives: boolean;
  readonly answer: WorkerAnswer;
  /** The record says that a program may run. */
  readonly recordedLive: boolean;
  /** For messages: the name, or the id when the record cannot be read. */
  readonly name: string;
}

// A session that is just starting or ending looks wrong for a moment: what looks wrong is looked at again.
const LOOKS = 6;
const LOOK_MS = 20;

/** `askable`: the directory of the sockets is safe. */
export async function gatherFacts(id: string, paths: SessionPaths, askable: boolean): Promise<SessionFacts> {
  let facts = await look(id, paths, askable);
  for (let count = 1; count < LOOKS && isInMotion(facts); count += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    facts = await look(id, paths, askable);
  }
  return facts;
}

/** Living processes that the records name, and those that they may name when nothing tells them apart. */
export function livingRecorded(facts: SessionFacts): number[] {
  const { worker, meta, answer } = facts;
  const pids = new Set<number>();
  if (answer.kind === "answers") pids.add(answer.welcome.pid);
  if (worker.kind === "value") {
    for (const identity of [worker.value.worker, worker.value.child]) {
      if (identity !== null && isAlive(identity)) pids.add(identity.pid);
    }
  } else if (meta.kind === "value") {
    // Without worker.json only numbers are left: whoever has one of them now counts as ours.
    const { worker_pid, child_pid } = meta.value.session;
    for (const pid of [worker_pid, child_pid]) if (pid !== null && identify(pid) !== null) pids.add(pid);
  }
  return [...pids];
}

async function look(id: string, paths: SessionPaths, askable: boolean): Promise<SessionFacts> {
  // The order matters: a worker writes its last record before it ends, so the record is read after the processes.
  const worker = readRecord(paths.worker, WorkerRecordSchema);
  const record = worker.kind === "value" ? worker.value : undefined;
  const workerLives = record !== undefined && isAlive(record.worker);
  const programLives = record?.child != null && isAlive(record.child);
  const before = readMeta(id, paths);
  const mayListen = before.kind !== "value" || isLive(before.value.session) || workerLives;
  const answer: WorkerAnswer = askable && mayListen ? await askWorker(paths.socket) : { kind: "unasked" };
  const meta = readMeta(id, paths);
  const recordedLive = meta.kind === "value" && isLive(meta.value.session);
  const name = meta.kind === "value" ? meta.value.session.name : id;
  return { id, paths, meta, worker, workerLives, programLives, answer, recordedLive, name };
}

function readMeta(id: string, paths: SessionPaths): StoredRecord<Meta> {
  const meta = readRecord(paths.meta, MetaSchema);
  if (meta.kind !== "value" || meta.value.session.session_id === id) return meta;
  return { kind: "corrupt", reason: `${paths.meta}: expected the record of ${id}, got that of another session` };
}

export function readRecord<S extends GenericSchema>(path: string, schema: S): StoredRecord<InferOutput<S>> {
  const read = readJson(path);
  if (!read.ok) return { kind: "corrupt", reason: read.message };
  if (read.value.kind !== "value") return read.value;
  const record = validate(schema, read.value.value, path);
  return record.ok ? { kind: "value", value: record.value } : { kind: "corrupt", reason: record.message };
}

function isInMotion({ meta, worker, recordedLive, workerLives, programLives, answer }: SessionFacts): boolean {
  if (meta.kind === "absent") return true;
  // One that keeps silent has been waited for long enough.
  if (!recordedLive || answer.kind === "silent") return false;
  return worker.kind !== "value" || !workerLives || !programLives || answer.kind !== "answers";
}
