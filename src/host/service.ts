// A part that lives in the host's process and is none of it: the tmux server. The host knows only this interface; src/bin
// gives it the way to load one, which happens at the first request for it, or at the start when one left records behind.
// A service that needs sessions asks the host's socket like any client.

import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { UnixSocketListener } from "bun";
import type { Disposable } from "../base/disposable.ts";
import { ensurePrivateDirectory } from "../base/private-directory.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { quarantine, readJson, writeJson } from "../store/atomic-json.ts";
import type { Paths } from "../store/paths.ts";
import { PrivateSocket } from "../store/private-socket.ts";
import type { Host } from "./host.ts";

/** What a service gets from the host that it lives in. */
export interface ServiceSurroundings {
  readonly stateRoot: string;
  readonly runtimeDir: string;
  /** Where the host's own socket is found by a client. */
  readonly env: Readonly<Record<string, string>>;
  /** A pane id for a session that the service is about to start. */
  reservePane(): string;
  /** Makes a private socket at an absolute path; whatever socket of ours is there is nobody's any more. */
  listen<Data>(path: string, bind: (at: string) => UnixSocketListener<Data>): Result<PrivateSocket<Data>>;
  /** The service's records, one JSON file each, replaced as a whole. */
  records(): readonly string[];
  /** Undefined when there is none; fails when the file is damaged. */
  readRecord(name: string): Result<unknown>;
  /** Keeps a damaged record under another name, which it returns; undefined when it cannot be moved. */
  setRecordAside(name: string): string | undefined;
  writeRecord(name: string, value: unknown): Result<undefined>;
  removeRecord(name: string): void;
}

export interface Served {
  /** False when there is nothing to serve and `create` is not set. */
  readonly served: boolean;
  /** What was lost on the way, for a person. */
  readonly note?: string;
}

export interface HostService extends Disposable {
  /** Makes the service answer at a socket. */
  serve(socket: string, create: boolean): Promise<Served>;
}

export type LoadService = (surroundings: ServiceSurroundings) => Promise<HostService>;

/** Directory of the service's records below the state root. */
export const SERVICE_DIRECTORY = "tmux";

/** Loads the service once, when it is needed. */
export class ServiceHolder implements Disposable {
  readonly #host: Host;
  readonly #load: LoadService | undefined;
  #loading: Promise<HostService> | undefined;

  constructor(host: Host, load: LoadService | undefined) {
    this.#host = host;
    this.#load = load;
  }

  /** Undefined in a host that was started without one. */
  get(): Promise<HostService> | undefined {
    if (this.#load === undefined) return undefined;
    this.#loading ??= this.#load(surroundingsOf(this.#host));
    return this.#loading;
  }

  /** After a restart of the host: what the service kept before goes on. */
  resume(): void {
    if (recordsIn(this.#host.paths).length > 0) void this.get();
  }

  dispose(): void {
    void this.#loading?.then((service) => service.dispose());
  }
}

function surroundingsOf(host: Host): ServiceSurroundings {
  const { paths } = host;
  const fileOf = (name: string) => join(paths.stateRoot, SERVICE_DIRECTORY, `${name}.json`);
  return {
    stateRoot: paths.stateRoot,
    runtimeDir: paths.runtimeDir,
    env: { BIDE_STATE_DIR: paths.stateRoot, BIDE_RUNTIME_DIR: paths.runtimeBase },
    reservePane() {
      const pane = host.nextPane();
      host.storeRecord();
      return pane;
    },
    listen(path, bind) {
      // Only what is in our own runtime directory is ours to make.
      const own = dirname(path).startsWith(`${paths.runtimeDir}/`);
      const directory = own ? ensurePrivateDirectory(dirname(path)) : ok();
      if (!directory.ok) return directory;
      const socket = new PrivateSocket(path, bind);
      const opened = socket.open();
      return opened.ok ? ok(socket) : opened;
    },
    records: () => recordsIn(paths),
    readRecord(name) {
      const read = readJson(fileOf(name));
      if (!read.ok) return read;
      if (read.value.kind === "corrupt") return fail("failed", read.value.reason);
      return ok(read.value.kind === "value" ? read.value.value : undefined);
    },
    setRecordAside(name) {
      const aside = quarantine(fileOf(name));
      return aside.ok ? aside.value : undefined;
    },
    writeRecord(name, value) {
      const directory = ensurePrivateDirectory(join(paths.stateRoot, SERVICE_DIRECTORY));
      return directory.ok ? writeJson(fileOf(name), value, { durable: false }) : directory;
    },
    removeRecord: (name) => rmSync(fileOf(name), { force: true }),
  };
}

function recordsIn(paths: Paths): string[] {
  const directory = join(paths.stateRoot, SERVICE_DIRECTORY);
  if (!existsSync(directory)) return [];
  return readdirSync(directory).flatMap((file) => (file.endsWith(".json") ? [file.slice(0, -5)] : []));
}
