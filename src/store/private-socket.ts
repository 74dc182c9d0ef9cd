// A listening Unix socket that only we may connect to, used by the host and by each worker. It is bound under
// another name and moved into place, so nobody ever sees it with the wrong mode; and it is made again when a
// cleaner of temporary files took its file away (faults U2): looked for every 30 s, and at once on SIGUSR1.

import { chmodSync, lstatSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import type { UnixSocketListener } from "bun";
import type { Disposable } from "../base/disposable.ts";
import { fileFailure } from "../base/file-failure.ts";
import { ensurePrivateDirectory } from "../base/private-directory.ts";
import { withUmask } from "../base/private-umask.ts";
import { ok, type Result } from "../base/result.ts";
import { removeSocketFile } from "./socket-file.ts";

/** Cleaners run daily, and a look costs one lstat. */
const SELF_CHECK_MS = 30_000;

export class PrivateSocket<Data> implements Disposable {
  readonly path: string;
  readonly #listen: (path: string) => UnixSocketListener<Data>;
  #listener: UnixSocketListener<Data> | undefined;
  #selfCheck: Timer | undefined;
  #opened = false;

  /** `listen` binds the path that it is given. */
  constructor(path: string, listen: (path: string) => UnixSocketListener<Data>) {
    this.path = path;
    this.#listen = listen;
  }

  /** Starts listening; whatever socket of ours is at the path is nobody's any more (the caller knows). */
  open(): Result<undefined> {
    const removed = removeSocketFile(this.path);
    if (!removed.ok) return removed;
    const bound = this.#bind();
    if (!bound.ok) return bound;
    this.#opened = true;
    this.#selfCheck = setInterval(this.#rebindIfGone, SELF_CHECK_MS);
    this.#selfCheck.unref();
    process.on("SIGUSR1", this.#rebindIfGone);
    return ok();
  }

  /** Stops accepting; connections stay, and so does the file: whoever connects is refused. */
  close(): void {
    process.off("SIGUSR1", this.#rebindIfGone);
    clearInterval(this.#selfCheck);
    this.#listener?.stop(false);
    this.#listener = undefined;
  }

  /** Stops accepting and removes the socket's file, also after a close. */
  dispose(): void {
    if (!this.#opened) return;
    this.#opened = false;
    this.close();
    removeSocketFile(this.path);
  }

  readonly #rebindIfGone = () => {
    try {
      lstatSync(this.path);
    } catch {
      // The directory may be gone as well; one that is not ours is left alone, and the next look tries again.
      if (ensurePrivateDirectory(dirname(this.path)).ok) this.#bind();
    }
  };

  #bind(): Result<undefined> {
    const before = this.#listener;
    const fresh = `${this.path}~`;
    const removed = removeSocketFile(fresh);
    if (!removed.ok) return removed;
    try {
      this.#listener = withUmask(0o177, () => this.#listen(fresh));
      chmodSync(fresh, 0o600);
      renameSync(fresh, this.path);
    } catch (error) {
      return fileFailure(`listen at ${this.path}`, error);
    }
    before?.stop(false);
    return ok();
  }
}
