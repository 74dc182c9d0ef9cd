// The writer of an event journal (events.jsonl): one event, one line, one write.
// Called by the one process that owns the session or view. The rules: seq has no holes, also over a restart;
// a full disk drops events, counts them, and the next stored one says so (`dropped`); a removed or cut file
// is started anew with seq going on; nothing here throws.

import type { Disposable } from "../base/disposable.ts";
import { type Failure, fail, ok, type Result } from "../base/result.ts";
import { encodeRecord } from "./journal-record.ts";
import { recoverJournal } from "./journal-recovery.ts";
import { WrittenFile } from "./written-file.ts";

export interface AppendOptions {
  /** Store it on the disk before answering: for changes of state that somebody is told about. */
  readonly durable?: boolean;
  /** The caller tries again when it fails, so it is not counted as lost. */
  readonly retried?: boolean;
}

/**
 * Creates or recovers the journal. A full disk does not fail here: events are then dropped and counted until
 * there is space. Anything else does: not a regular file of ours, no permission, no directory.
 */
export function openJournal(path: string): Result<Journal> {
  const journal = new Journal(path);
  const opened = journal.reopen();
  if (opened.ok || opened.code === "disk_full") return ok(journal);
  journal.dispose();
  return opened;
}

export class Journal implements Disposable {
  readonly #path: string;
  #file: WrittenFile | undefined;
  #seq = 0;
  #dropped = 0;
  #torn: string | undefined;
  #disposed = false;

  /** Use openJournal. */
  constructor(path: string) {
    this.#path = path;
  }

  /** The last stored event's, 0 before the first. */
  get seq(): number {
    return this.#seq;
  }

  /** Events lost since the last stored one. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Where the bad end of the file was kept, if opening it found one. */
  get torn(): string | undefined {
    return this.#torn;
  }

  /** The stored event's seq; on a failure it is not stored and will not be. `event` must be JSON. */
  append(event: object, options: AppendOptions = {}): Result<number> {
    if (this.#disposed) return fail("failed", `${this.#path} is closed`);
    const stored = this.#store(event, options.durable ?? false);
    if (!stored.ok && options.retried !== true) this.#dropped += 1;
    return stored;
  }

  /** Opens or opens again, cutting off a bad end. For openJournal. */
  reopen(): Result<undefined> {
    this.#file?.dispose();
    this.#file = undefined;
    const opened = WrittenFile.open(this.#path, "update");
    if (!opened.ok) return opened;
    const recovered = recoverJournal(opened.value);
    if (!recovered.ok) {
      opened.value.dispose();
      return recovered;
    }
    this.#torn = recovered.value.torn ?? this.#torn;
    if (recovered.value.moved) {
      opened.value.dispose();
      return this.reopen();
    }
    this.#file = opened.value;
    this.#seq = Math.max(this.#seq, recovered.value.seq);
    return ok();
  }

  dispose(): void {
    this.#disposed = true;
    this.#file?.dispose();
    this.#file = undefined;
  }

  #store(event: object, durable: boolean): Result<number> {
    if (this.#file?.isIntact() !== true) {
      const reopened = this.reopen();
      if (!reopened.ok) return reopened;
    }
    const file = this.#file;
    if (file === undefined) return fail("internal", `${this.#path} is not open`);
    const seq = this.#seq + 1;
    const line = encodeRecord(seq, this.#dropped > 0 ? { ...event, dropped: this.#dropped } : event);
    if (!line.ok) return line;
    const before = file.size;
    const written = file.write(line.value);
    if (!written.ok) return this.#undo(file, before, written);
    const synced = durable ? file.sync() : ok();
    if (!synced.ok) return this.#undo(file, before, synced);
    this.#seq = seq;
    this.#dropped = 0;
    return ok(seq);
  }

  /** Takes half a line back; if that fails too, the next append recovers the file from what is there. */
  #undo(file: WrittenFile, size: number, failure: Failure): Failure {
    if (!file.cutTo(size).ok) {
      file.dispose();
      this.#file = undefined;
    }
    return failure;
  }
}
