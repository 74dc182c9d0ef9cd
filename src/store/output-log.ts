// The writer of a session's output: raw bytes by their offset in the life of the session, in segments.
// Called by the worker for every byte the program prints. The rules: an offset never shifts and never
// repeats; what was appended is in the file at most 50 ms later; a full disk, a failing one or a foreign hand
// in the files costs bytes and leaves a gap, never an exception and never the session (faults D1, D4, D5).

import { AppendBuffer } from "../base/append-buffer.ts";
import { monotonicMs } from "../base/clock.ts";
import { type Disposable, timeout } from "../base/disposable.ts";
import { type Failure, ok, type Result } from "../base/result.ts";
import { enforceRetention } from "./log-retention.ts";
import { DEFAULT_RETENTION_BYTES, DEFAULT_SEGMENT_BYTES, listSegments, segmentPath } from "./log-segments.ts";
import { WrittenFile } from "./written-file.ts";

export interface OutputLogOptions {
  /** The session's directory; it exists. */
  readonly directory: string;
  readonly segmentBytes?: number;
  /** At most this many bytes are kept; segments are made smaller when two of them would not fit. */
  readonly retentionBytes?: number;
  /** The offset that the session's record knows: a log that ends before it goes on there, with a gap. */
  readonly startAt?: number;
  /** Writing stopped; `offset` is the first byte that is lost. */
  readonly onSuspended?: (offset: number, reason: Failure) => void;
  /** Writing goes on; `offset` is the first byte that is kept again. */
  readonly onResumed?: (offset: number) => void;
  /** Milliseconds of a monotonic clock; only tests give another. */
  readonly now?: () => number;
}

// The promise of the architecture's section "Files"; also the most that a killed worker loses.
const FLUSH_MS = 50;
// One write of 256 KiB: larger ones were not faster, smaller ones pay more system calls.
const FLUSH_BYTES = 256 * 1024;
// A full disk is asked again after a second, then ever more rarely, so that it is not hammered.
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/** Opens the log of a directory, going on where an earlier writer ended. Fails if its file is not safely ours. */
export function openOutputLog(options: OutputLogOptions): Result<OutputLog> {
  const listed = listSegments(options.directory);
  if (!listed.ok) return listed;
  const last = listed.value.at(-1);
  const wanted = options.startAt ?? 0;
  if (last !== undefined) {
    const opened = WrittenFile.open(last.path, "write");
    if (!opened.ok) return opened;
    if (last.start + opened.value.size >= wanted) return ok(new OutputLog(options, opened.value, last.start));
    opened.value.dispose();
  }
  const created = WrittenFile.open(segmentPath(options.directory, wanted), "new");
  return created.ok ? ok(new OutputLog(options, created.value, wanted)) : created;
}

export class OutputLog implements Disposable {
  readonly #options: OutputLogOptions;
  readonly #segmentBytes: number;
  readonly #retentionBytes: number;
  readonly #now: () => number;
  readonly #buffer = new AppendBuffer();
  #file: WrittenFile | undefined;
  #offset: number;
  #timer: Disposable | undefined;
  #suspendedAt: number | undefined;
  #retryAt = 0;
  #retryDelay = FIRST_RETRY_MS;
  #disposed = false;

  /** Use openOutputLog. `file` starts at offset `start`; without one the first bytes make one. */
  constructor(options: OutputLogOptions, file: WrittenFile | undefined, start: number) {
    this.#options = options;
    this.#retentionBytes = options.retentionBytes ?? DEFAULT_RETENTION_BYTES;
    const half = Math.max(1, Math.floor(this.#retentionBytes / 2));
    this.#segmentBytes = Math.min(options.segmentBytes ?? DEFAULT_SEGMENT_BYTES, half);
    this.#now = options.now ?? monotonicMs;
    this.#file = file;
    this.#offset = start + (file?.size ?? 0);
  }

  /** Offset that the next appended byte gets. */
  get offset(): number {
    return this.#offset;
  }

  /** The first lost offset while writing is suspended, else undefined. */
  get suspendedAt(): number | undefined {
    return this.#suspendedAt;
  }

  /** Takes a copy and returns the offset of the first byte. Never fails: see onSuspended. */
  append(bytes: Uint8Array): number {
    const at = this.#offset;
    this.#offset += bytes.length;
    if (bytes.length === 0 || this.#disposed) return at;
    if (this.#suspendedAt !== undefined && this.#now() < this.#retryAt) return at;
    if (this.#buffer.length + bytes.length > FLUSH_BYTES) this.#writeBuffered(at);
    if (bytes.length >= FLUSH_BYTES) {
      this.#writeOut(bytes, at);
      return at;
    }
    // Writing the buffer may just have failed: this piece is then lost with the rest.
    if (this.#suspendedAt !== undefined && this.#now() < this.#retryAt) return at;
    this.#buffer.add(bytes);
    this.#timer ??= timeout(FLUSH_MS, () => {
      this.#timer = undefined;
      this.flush();
    });
    return at;
  }

  /** Writes now what is buffered; to the kernel, not to the platter: the log survives us, not a power cut. */
  flush(): void {
    this.#writeBuffered(this.#offset);
  }

  /** Gives memory back after a burst. */
  rest(): void {
    this.flush();
    this.#buffer.release();
  }

  /** Flushes and closes; what is appended afterwards is counted and dropped. */
  dispose(): void {
    if (this.#disposed) return;
    this.flush();
    this.#disposed = true;
    this.#timer?.dispose();
    this.#file?.dispose();
    this.#file = undefined;
  }

  /** `end`: offset behind the last buffered byte. */
  #writeBuffered(end: number): void {
    if (this.#buffer.length === 0) return;
    const bytes = this.#buffer.take();
    this.#writeOut(bytes, end - bytes.length);
  }

  #writeOut(bytes: Uint8Array, at: number): void {
    if (this.#suspendedAt === undefined) this.#writeSegments(bytes, at);
    else if (this.#now() >= this.#retryAt) this.#resume(bytes, at);
  }

  #writeSegments(bytes: Uint8Array, at: number): void {
    let done = 0;
    if (this.#file?.isIntact() !== true && !this.#startSegment(at)) return;
    while (done < bytes.length) {
      if ((this.#file?.size ?? 0) >= this.#segmentBytes && !this.#startSegment(at + done)) return;
      const file = this.#file;
      if (file === undefined) return;
      const before = file.size;
      const written = file.write(bytes.subarray(done, done + this.#segmentBytes - before));
      done += file.size - before;
      if (!written.ok) {
        this.#suspend(at + done, written);
        return;
      }
    }
  }

  /** Rotation, and the way on after somebody touched the active segment. */
  #startSegment(start: number): boolean {
    this.#file?.dispose();
    enforceRetention(this.#options.directory, this.#retentionBytes, this.#segmentBytes);
    const created = WrittenFile.open(segmentPath(this.#options.directory, start), "new");
    this.#file = created.ok ? created.value : undefined;
    if (!created.ok) this.#suspend(start, created);
    return created.ok;
  }

  #suspend(offset: number, reason: Failure): void {
    this.#file?.dispose();
    this.#file = undefined;
    this.#suspendedAt = offset;
    this.#retryDelay = FIRST_RETRY_MS;
    this.#retryAt = this.#now() + this.#retryDelay;
    this.#options.onSuspended?.(offset, reason);
  }

  /** A new segment with real bytes in it is the proof of space: an empty file can be created on a full disk. */
  #resume(bytes: Uint8Array, at: number): void {
    const created = WrittenFile.open(segmentPath(this.#options.directory, at), "new");
    const first = bytes.subarray(0, Math.min(bytes.length, FLUSH_BYTES, this.#segmentBytes));
    const written = created.ok ? created.value.write(first) : created;
    if (!created.ok || !written.ok) {
      if (created.ok) created.value.remove();
      this.#retryDelay = Math.min(this.#retryDelay * 2, LAST_RETRY_MS);
      this.#retryAt = this.#now() + this.#retryDelay;
      return;
    }
    this.#file = created.value;
    this.#suspendedAt = undefined;
    this.#options.onResumed?.(at);
    if (first.length < bytes.length) this.#writeSegments(bytes.subarray(first.length), at + first.length);
  }
}
