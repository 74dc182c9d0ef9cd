// One program on one PTY, from its start to its last byte: wires spawn, reader, writer and reaper. A worker has
// exactly one. The rule it keeps: `exited` comes after everything that the program printed, and at once even if a
// grandchild still holds the terminal; what that prints later is delivered too, until `closed`.

import type { Disposable } from "../base/disposable.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { identify, type ProcessIdentity } from "./identity.ts";
import type { Master } from "./master.ts";
import type { Outlet } from "./outlet.ts";
import { PtyReader } from "./reader.ts";
import { type ExitStatus, Reaper } from "./reaper.ts";
import { type SignalOutcome, signalForegroundGroup } from "./signals.ts";
import { type SpawnSpec, spawnOnPty } from "./spawn.ts";
import type { WindowSize } from "./window-size.ts";
import { PtyWriter } from "./writer.ts";

export interface PtyHandlers {
  /** Output in order; the array is valid only during the call. Never called from inside spawnPty. */
  data(bytes: Uint8Array): void;
  /** The leader ended and all that it printed was given to `data` (also while paused). Once. */
  exited(status: ExitStatus): void;
  /** No byte can come any more: the last holder of the terminal is gone, or `close` was called. Once. */
  closed(): void;
}

/**
 * A lost readiness signal was never seen (0 in 10,000 idle waits), but it would mean silence for ever; this look
 * every few seconds costs nothing measurable. The timer also keeps the event loop alive while a PTY is open.
 */
const SAFETY_LOOK_MS = 5000;
/** The kernel sends no signal for the hang-up by the last grandchild; only then, after the exit, we look for it. */
const HANG_UP_LOOK_MS = 100;
/** Mode "blocking-read" only: macOS revokes the terminal at the leader's exit, which ends the read. If it does not: */
const STUCK_READ_MS = 500;

/** Starts a program. Failures: see spawnOnPty; nothing is left behind then. */
export function spawnPty(spec: SpawnSpec, handlers: PtyHandlers): Result<PtyProcess> {
  const spawned = spawnOnPty(spec);
  if (!spawned.ok) return spawned;
  const { pid, master } = spawned.value;
  // The child is not reaped yet, so the pid is its own whatever it did meanwhile.
  const identity = identify(pid);
  if (identity === null) {
    master.dispose();
    new Reaper(pid, () => {});
    return fail("spawn_failed", `expected to find process ${pid} that was just started, got nothing`);
  }
  return ok(new PtyProcess(identity, master, handlers));
}

export class PtyProcess implements Disposable {
  readonly identity: ProcessIdentity;
  /** `/dev/pts/3`. */
  readonly ttyPath: string;
  readonly #master: Master;
  readonly #handlers: PtyHandlers;
  readonly #reader: PtyReader;
  readonly #writer: PtyWriter;
  readonly #reaper: Reaper;
  #look: NodeJS.Timeout;
  #exitStatus: ExitStatus | null = null;
  #closed = false;

  constructor(identity: ProcessIdentity, master: Master, handlers: PtyHandlers) {
    this.identity = identity;
    this.ttyPath = master.path;
    this.#master = master;
    this.#handlers = handlers;
    this.#writer = new PtyWriter(master);
    this.#reader = new PtyReader(master, { data: (bytes) => this.#data(bytes), gone: () => this.close() });
    this.#reaper = new Reaper(identity.pid, (status) => this.#reaped(status));
    this.#look = setInterval(() => this.#check(), SAFETY_LOOK_MS);
  }

  get pid(): number {
    return this.identity.pid;
  }

  /** Null until `exited`. */
  get exitStatus(): ExitStatus | null {
    return this.#exitStatus;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Those for whom output waits: they get their turns between reads. */
  get outlets(): Set<Outlet> {
    return this.#reader.outlets;
  }

  get paused(): boolean {
    return this.#reader.paused;
  }

  /** Reads no further, which stops a program that prints once the kernel's few KiB are full. */
  pause(): void {
    this.#reader.pause();
  }

  resume(): void {
    this.#reader.resume();
  }

  /** Gives memory back after a burst of output. */
  rest(): void {
    this.#reader.rest();
  }

  /** Input for the program: all of it is taken, or (false) nothing, because more than `room`. See PtyWriter. */
  write(bytes: Uint8Array): boolean {
    return this.#writer.write(bytes);
  }

  get pending(): number {
    return this.#writer.pending;
  }

  get room(): number {
    return this.#writer.room;
  }

  whenRoom(bytes: number, run: () => void): Disposable {
    return this.#writer.whenRoom(bytes, run);
  }

  /** Any numbers: they are clamped to 1 to 1000 cells. False: closed already. */
  resize(size: WindowSize): boolean {
    return this.#master.resize(size);
  }

  /** The process group in the foreground, or null. */
  foregroundGroup(): number | null {
    return this.#master.foregroundGroup();
  }

  /** Whether the kernel edits lines for the program that reads. */
  lineEditing(): boolean {
    return this.#master.lineEditing();
  }

  /** Sends a signal to the group in the foreground, if it belongs to this program's session. */
  signalForeground(signal: NodeJS.Signals): SignalOutcome {
    return signalForegroundGroup(this.foregroundGroup(), this.identity, signal);
  }

  /**
   * Hangs up: nothing is read or written any more and the programs on the terminal get SIGHUP. `closed` is called
   * before it returns; the leader, if it still lives, is still reaped and `exited` comes then.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#reader.dispose();
    this.#writer.dispose();
    this.#master.dispose();
    if (this.#exitStatus !== null) clearInterval(this.#look);
    this.#handlers.closed();
  }

  dispose(): void {
    this.close();
  }

  #data(bytes: Uint8Array): void {
    this.#handlers.data(bytes);
    // A program that prints is running, so it may have read as well.
    this.#writer.retry();
  }

  #check(): void {
    this.#reaper.check();
    this.#reader.check();
  }

  #reaped(status: ExitStatus): void {
    if (this.#closed) return this.#exited(status);
    let patience: NodeJS.Timeout | undefined;
    if (this.#master.idleMode === "blocking-read") {
      // Only a hang-up ends the read that is under way, so the hold goes first.
      this.#master.releaseSlave();
      patience = setTimeout(() => this.#reader.abandonDrain(), STUCK_READ_MS);
    }
    this.#reader.drain(() => {
      clearTimeout(patience);
      this.#master.releaseSlave();
      this.#exited(status);
    });
  }

  #exited(status: ExitStatus): void {
    this.#exitStatus = status;
    clearInterval(this.#look);
    if (!this.#closed) this.#look = setInterval(() => this.#reader.check(), HANG_UP_LOOK_MS);
    this.#handlers.exited(status);
  }
}
