// The host: registry, workers, control socket. This file wires them; the work is in start-session.ts,
// end-session.ts, reconcile.ts and methods.ts. Killing it loses nothing: the next one finds every worker.

import { utcNow } from "../base/clock.ts";
import type { Disposable } from "../base/disposable.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { VERSION } from "../base/version.ts";
import type { HostInfo } from "../protocol/host-messages.ts";
import { isPaneId } from "../protocol/names.ts";
import type { Session } from "../protocol/session.ts";
import { writeJson } from "../store/atomic-json.ts";
import type { Paths } from "../store/paths.ts";
import { archivedPaths, type SessionPaths, sessionPaths } from "../store/session-paths.ts";
import { stopSession } from "./end-session.ts";
import { Registry } from "./registry.ts";
import { type LoadService, ServiceHolder } from "./service.ts";
import type { EntryHandlers, SessionEntry } from "./session-entry.ts";
import { WorkerLauncher } from "./worker-launcher.ts";
import { NoAnswer } from "./worker-link.ts";

export interface HostOptions {
  readonly paths: Paths;
  /** Program and arguments that run bide. */
  readonly command: readonly string[];
  /** What a program finds in BIDE_BIN. */
  readonly binary: string;
  readonly env: Readonly<Record<string, string>>;
  /** How many workers are started in advance at most, while this host lives: see worker-launcher.ts. */
  readonly spares: number;
  /** How the part that lives in the host's process is loaded: see service.ts. */
  readonly loadService?: LoadService | undefined;
}

/** What the host keeps over its own restarts. */
interface HostRecord {
  readonly pid: number;
  readonly version: string;
  readonly started_at: string;
  /** Where its sockets are: see base/recorded-locations.ts. */
  readonly runtime_base: string;
  /** The number of the next pane: never one that was given out before. */
  readonly next_pane: number;
}

export class Host implements Disposable {
  readonly paths: Paths;
  readonly binary: string;
  readonly registry = new Registry();
  readonly launcher: WorkerLauncher;
  readonly entryHandlers: EntryHandlers;
  readonly service: ServiceHolder;
  readonly #startedAt = utcNow();
  readonly #ended = Promise.withResolvers<void>();
  #nextPane = 0;

  constructor({ paths, command, binary, env, spares, loadService }: HostOptions) {
    this.paths = paths;
    this.binary = binary;
    this.launcher = new WorkerLauncher({ command, env, spares });
    this.service = new ServiceHolder(this, loadService);
    this.entryHandlers = { onChange: (entry, before) => this.#changed(entry, before) };
  }

  /** Resolves when the host has been asked to end. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  info(): HostInfo {
    return {
      pid: process.pid,
      version: VERSION,
      state_dir: this.paths.stateRoot,
      socket: this.paths.hostSocket,
      started_at: this.#startedAt,
      sessions: this.registry.live.length,
    };
  }

  pathsOf(id: string): SessionPaths {
    return sessionPaths(this.paths, id);
  }

  archivedPathsOf(id: string): SessionPaths {
    return archivedPaths(this.paths, id);
  }

  /** A pane id that no session of this state directory ever had; `storeRecord` before anybody outside is told. */
  nextPane(): string {
    const pane = `%${this.#nextPane}`;
    this.#nextPane += 1;
    return pane;
  }

  /** The pane id for a session that was promised it: given out before, and nobody's yet. */
  takePane(pane: string): Result<string> {
    const used = this.registry.entries.some((entry) => entry.session.pane_id === pane);
    if (isPaneId(pane) && Number(pane.slice(1)) < this.#nextPane && !used) return ok(pane);
    return fail("bad_value", `pane ${JSON.stringify(pane)} was not reserved, or has a session already`);
  }

  /** Panes below `next` are taken. */
  reservePanes(next: number): void {
    this.#nextPane = Math.max(this.#nextPane, next);
    this.storeRecord();
  }

  storeRecord(): void {
    const record: HostRecord = {
      pid: process.pid,
      version: VERSION,
      started_at: this.#startedAt,
      runtime_base: this.paths.runtimeBase,
      next_pane: this.#nextPane,
    };
    writeJson(this.paths.hostJson, record, { durable: false });
  }

  /** Ends a worker that only still listens to processes left behind, so that its files have no writer. */
  async endLingering(entry: SessionEntry): Promise<void> {
    const link = await entry.lastLink();
    const refusal = await link?.request("session.finish", {}).catch((error) => error);
    // How its session ended is written down: one that stands still is not waited for.
    if (refusal instanceof NoAnswer || entry.standsStill) entry.killWorker();
    await entry.workerGone;
  }

  /** A session whose worker could not be followed: it ended at once, or it died. */
  async settleWhenGone(entry: SessionEntry): Promise<void> {
    await entry.workerExit;
    if (entry.live) await entry.settle();
    entry.noWorker();
  }

  /** Pids of the workers of all other sessions: never members of this one, even when they were started inside it. */
  otherWorkers(entry: SessionEntry): number[] {
    const pids = this.registry.live.filter((other) => other !== entry).map((other) => other.session.worker_pid);
    return pids.filter((pid) => pid !== null);
  }

  /** A child ends with its parent. Not waited for: `stop` takes its time where a program takes its own. */
  endChildrenOf(parentId: string): void {
    for (const child of this.registry.live) {
      if (child.session.parent_session_id === parentId) void stopSession(this, child).catch(() => {});
    }
  }

  /** Ends the host alone. */
  end(): void {
    this.#ended.resolve();
  }

  /** The same once the answer to whoever asked for it is on its way. */
  endSoon(): void {
    setImmediate(() => this.end());
  }

  dispose(): void {
    this.service.dispose();
    this.launcher.stop();
  }

  #changed(entry: SessionEntry, before: Session): void {
    const was = before.state;
    const ended = (was === "running" || was === "starting") && !entry.live;
    if (!ended) return;
    this.endChildrenOf(entry.session.session_id);
  }
}
