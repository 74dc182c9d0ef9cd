// A file that one process appends to for a long time: knows how much it has written, and notices when
// somebody removed, moved or cut the file behind its back. Called by the output log and the journal.
// The rule: bytes go to the position we know, never to "the end", so a foreign write cannot shift ours.

import { closeSync, fstatSync, fsyncSync, ftruncateSync, type Stats, unlinkSync, writeSync } from "node:fs";
import type { Disposable } from "../base/disposable.ts";
import { fileFailure } from "../base/file-failure.ts";
import { lookAt } from "../base/file-kind.ts";
import { ok, type Result } from "../base/result.ts";
import { type OpenFor, openPrivateFile } from "./private-file.ts";

export class WrittenFile implements Disposable {
  readonly path: string;
  readonly fd: number;
  readonly #dev: number;
  readonly #ino: number;
  #size: number;
  #closed = false;

  private constructor(path: string, fd: number, stats: Stats) {
    this.path = path;
    this.fd = fd;
    this.#dev = stats.dev;
    this.#ino = stats.ino;
    this.#size = stats.size;
  }

  /** `new` refuses an existing file; `write` and `update` go on at its end. */
  static open(path: string, openFor: Exclude<OpenFor, "read">): Result<WrittenFile> {
    const opened = openPrivateFile(path, openFor);
    if (!opened.ok) return opened;
    try {
      return ok(new WrittenFile(path, opened.value, fstatSync(opened.value)));
    } catch (error) {
      closeSync(opened.value);
      return fileFailure(`open ${path}`, error);
    }
  }

  /** Bytes in the file as far as we wrote or found them. */
  get size(): number {
    return this.#size;
  }

  /** Writes all of it or says why not; `size` has grown by what did get in (a full disk gives a short write first). */
  write(bytes: Uint8Array): Result<undefined> {
    let at = 0;
    try {
      while (at < bytes.length) {
        const written = writeSync(this.fd, bytes, at, bytes.length - at, this.#size);
        at += written;
        this.#size += written;
      }
      return ok();
    } catch (error) {
      return fileFailure(`write ${this.path}`, error);
    }
  }

  /** False when the path no longer leads to our file or it has another length; 2 us. */
  isIntact(): boolean {
    const found = lookAt(this.path);
    if (!found.ok) return true; // Not being able to look is no proof; the write will tell.
    const stats = found.value;
    return stats !== undefined && stats.ino === this.#ino && stats.dev === this.#dev && stats.size === this.#size;
  }

  /** Drops what lies behind `size`. */
  cutTo(size: number): Result<undefined> {
    try {
      ftruncateSync(this.fd, size);
      this.#size = size;
      return ok();
    } catch (error) {
      return fileFailure(`shorten ${this.path}`, error);
    }
  }

  sync(): Result<undefined> {
    try {
      fsyncSync(this.fd);
      return ok();
    } catch (error) {
      return fileFailure(`store ${this.path}`, error);
    }
  }

  /** Closes and removes a file that we made and could not fill; what cannot be removed stays. */
  remove(): void {
    this.dispose();
    try {
      unlinkSync(this.path);
    } catch {
      // It costs a name, and the caller already has a failure to tell.
    }
  }

  dispose(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.fd);
  }
}
