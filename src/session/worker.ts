// The worker process: waits for the host's word on standard input, starts the session, answers with one line
// on standard output, and from then on needs nobody. A spare worker waits here, started in advance, and ends
// quietly when its host goes away before it was needed.

import { appendFileSync, closeSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { utcNow } from "../base/clock.ts";
import { withUmask } from "../base/private-umask.ts";
import { ok, type Result } from "../base/result.ts";
import { toErrorPayload } from "../protocol/error-payload.ts";
import { type Launch, type LaunchReply, LaunchSchema, MetaSchema } from "../protocol/launch.ts";
import { validate, validateJson } from "../protocol/validate.ts";
import { identify, isAlive } from "../pty/identity.ts";
import { readJson } from "../store/atomic-json.ts";
import { openJournal } from "../store/journal.ts";
import { acquireLock, type Lock, lockOwner } from "../store/lock.ts";
import { openOutputLog } from "../store/output-log.ts";
import { sessionFiles } from "../store/session-paths.ts";
import { EventLog } from "./event-log.ts";
import { rehearse } from "./rehearsal.ts";
import { Session } from "./session.ts";

/** Runs the role; resolves with the exit code of the process when the session is over. */
export async function runWorker(): Promise<number> {
  // Signals for the terminal of whoever started the host are none of ours.
  for (const signal of ["SIGHUP", "SIGINT", "SIGPIPE"] as const) process.on(signal, () => {});
  rehearse();
  const line = readLine();
  if (line === undefined) return 0;
  const launch = validateJson(LaunchSchema, line, "launch");
  const opened = launch.ok ? openSession(launch.value) : launch;
  if (!opened.ok) {
    reply({ error: toErrorPayload(opened) });
    return 1;
  }
  const session = opened.value;
  surviveBugs(session.launch.directory);
  const started = session.start();
  const answer = { session: session.info(), ...(started.ok ? {} : { error: toErrorPayload(started) }) };
  const heard = reply(answer);
  leaveHost();
  if (!started.ok) {
    session.dispose();
    return 1;
  }
  // The host died before it could answer: whoever asked was told that it failed, and the next host may have looked for
  // sessions before there was a record of this one. What nobody was told of must not run where nobody finds it.
  if (!heard) void session.lifecycle?.kill();
  process.on("SIGTERM", () => void session.lifecycle?.stop(TERM_GRACE_MS));
  await session.ending.finished;
  return 0;
}

/** A process counts as dead when its first thread is; its files are closed with its last, on a busy machine later. */
const CLOSING_LOOKS = 300;
const CLOSING_LOOK_MS = 10;

/** How long each step of the end takes when a machine that shuts down asks us to end. */
const TERM_GRACE_MS = 2000;

function openSession(launch: Launch): Result<Session> {
  const paths = sessionFiles(launch.directory, launch.socket);
  // One writer per file: a second worker on the same directory is refused with the first one's pid.
  const lock = takeLock(paths.lock);
  if (!lock.ok) return lock;
  const journal = openJournal(paths.events);
  if (!journal.ok) return journal;
  const events = new EventLog(journal.value, launch.session_id);
  const log = openOutputLog({
    directory: launch.directory,
    startAt: launch.restart ? storedOffset(paths.meta) : 0,
    onSuspended: (offset, reason) => events.append({ event: "log_suspended", offset, reason: reason.message }),
    onResumed: (offset) => events.append({ event: "log_resumed", offset }),
  });
  if (!log.ok) return log;
  const lateOutputMs = millisecondsOf(process.env.BIDE_TEST_LATE_OUTPUT_MS);
  const lateNewsMs = millisecondsOf(process.env.BIDE_TEST_LATE_NEWS_MS);
  return ok(new Session(launch, paths, log.value, events, { lateOutputMs, lateNewsMs }));
}

/** What a test says, if one does. */
function millisecondsOf(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** As acquireLock, but a worker of an earlier life that is just ending is waited for. */
function takeLock(path: string): Result<Lock> {
  for (let look = 0; ; look += 1) {
    const lock = acquireLock(path);
    if (lock.ok || lock.code !== "busy" || look === CLOSING_LOOKS) return lock;
    const owner = identify(lockOwner(path) ?? 0);
    if (owner !== null && isAlive(owner)) return lock;
    Bun.sleepSync(CLOSING_LOOK_MS);
  }
}

/** Where an earlier life of the session ended, even if its log was removed meanwhile. */
function storedOffset(metaPath: string): number {
  const read = readJson(metaPath);
  if (!read.ok || read.value.kind !== "value") return 0;
  const meta = validate(MetaSchema, read.value.value, "meta.json");
  return meta.ok ? meta.value.session.output_bytes : 0;
}

/** One line from standard input, waiting for it; undefined when the host closed the pipe without one. */
function readLine(): string | undefined {
  const chunks: Buffer[] = [];
  const chunk = Buffer.alloc(64 * 1024);
  for (;;) {
    const count = readSync(0, chunk);
    if (count === 0) return undefined;
    const end = chunk.subarray(0, count).indexOf(10);
    chunks.push(Buffer.from(chunk.subarray(0, end < 0 ? count : end)));
    if (end >= 0) return Buffer.concat(chunks).toString("utf8");
  }
}

/** False: the host died meanwhile. If it dies after this, the next one finds this session by its record. */
function reply(message: LaunchReply): boolean {
  const line = Buffer.from(`${JSON.stringify(message)}\n`);
  try {
    for (let at = 0; at < line.length; ) at += writeSync(1, line, at);
    return true;
  } catch {
    return false;
  }
}

/** The pipes to the host are closed: its end must not be ours. */
function leaveHost(): void {
  for (const fd of [0, 1]) {
    closeSync(fd);
    openSync("/dev/null", fd === 0 ? "r" : "w");
  }
}

/** The user's work is worth more than a clean exit: a bug is written down and the session goes on. */
function surviveBugs(directory: string): void {
  const note = (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    try {
      withUmask(0o077, () =>
        appendFileSync(join(directory, "worker.errors"), `${utcNow()} ${text}\n`, { mode: 0o600 }),
      );
    } catch {
      // A full disk must not end the session either.
    }
  };
  process.on("uncaughtException", note);
  process.on("unhandledRejection", note);
}
