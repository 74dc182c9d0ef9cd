// What the tmux server needs from the process that it lives in, and what that process may ask of it. The host's service.ts
// has the same shapes; src/bin puts the two together, because neither folder may import the other.

import type { UnixSocketListener } from "bun";
import type { Disposable } from "../base/disposable.ts";
import type { Result } from "../base/result.ts";

/** `dispose` removes its file too. */
export interface ListeningSocket extends Disposable {
  readonly path: string;
  /** Stops listening; the file stays, and whoever connects is refused. */
  close(): void;
}

/** The answer to a call for a server; `note` tells a person what was lost on the way. */
export interface Served {
  readonly served: boolean;
  readonly note?: string;
}

export interface ServiceSurroundings {
  readonly stateRoot: string;
  readonly runtimeDir: string;
  /** Where the host's own socket is found by a client. */
  readonly env: Readonly<Record<string, string>>;
  /** A pane id (`%3`) for a session that is about to be started. */
  reservePane(): string;
  /** Makes a private socket at an absolute path. */
  listen<Data>(path: string, bind: (at: string) => UnixSocketListener<Data>): Result<ListeningSocket>;
  records(): readonly string[];
  /** Undefined when there is none; fails when the file is damaged. */
  readRecord(name: string): Result<unknown>;
  /** Keeps a damaged record under another name, which it returns; undefined when it cannot be moved. */
  setRecordAside(name: string): string | undefined;
  writeRecord(name: string, value: unknown): Result<undefined>;
  removeRecord(name: string): void;
}
