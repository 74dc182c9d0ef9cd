// A file that a command writes because -o named it: there with all its bytes, or untouched. The bytes go to a
// temporary file beside it, which takes its name at the end; an interrupted command takes it away. What is no
// regular file (/dev/null, a pipe) is written as it is.

import { closeSync, fchmodSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { BideError, errnoOf } from "../base/errors.ts";
import { fileFailure } from "../base/file-failure.ts";

const INTERRUPTS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export class OutputFile {
  readonly #named: string;
  readonly #path: string;
  /** Undefined where the bytes go straight into #path. */
  readonly #temporary: string | undefined;
  readonly #fd: number;
  #open = true;
  readonly #onInterrupt = (signal: NodeJS.Signals) => {
    this.discard();
    process.kill(process.pid, signal);
  };

  private constructor(named: string) {
    this.#named = named;
    const there = statSync(named, { throwIfNoEntry: false });
    if (there !== undefined && !there.isFile()) {
      // As it was named: where /dev/stdout leads to when it is a pipe is no path.
      this.#path = named;
      this.#fd = openSync(named, "w");
      return;
    }
    // A link keeps its place: what it leads to is replaced.
    this.#path = there === undefined ? named : realpathSync(named);
    this.#temporary = join(dirname(this.#path), `.${basename(this.#path).slice(0, 200)}.${process.pid}.tmp`);
    this.#fd = openSync(this.#temporary, "w", 0o666);
    if (there !== undefined) fchmodSync(this.#fd, there.mode & 0o777);
    for (const signal of INTERRUPTS) process.once(signal, this.#onInterrupt);
  }

  /** @throws BideError `failed` or `disk_full` (1) for every path that cannot be written. */
  static open(path: string): OutputFile {
    return attempt(path, () => new OutputFile(path));
  }

  /** Writes all of it; nothing of it stays when that fails. */
  write(bytes: Uint8Array): void {
    this.#attempt(() => {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at, bytes.length - at);
    });
  }

  /** From now on the path has these bytes. */
  commit(): void {
    this.#attempt(() => {
      if (this.#temporary !== undefined) renameSync(this.#temporary, this.#path);
    });
    this.#close();
  }

  /** The path stays as it was. Does nothing after `commit` or a failure. */
  discard(): void {
    if (this.#open && this.#temporary !== undefined) rmSync(this.#temporary, { force: true });
    this.#close();
  }

  #attempt(action: () => void): void {
    try {
      attempt(this.#named, action);
    } catch (error) {
      this.discard();
      throw error;
    }
  }

  #close(): void {
    for (const signal of INTERRUPTS) process.off(signal, this.#onInterrupt);
    if (this.#open) closeSync(this.#fd);
    this.#open = false;
  }
}

/** Writes a whole file. @throws as OutputFile does. */
export function writeOutputFile(path: string, bytes: Uint8Array): void {
  const file = OutputFile.open(path);
  file.write(bytes);
  file.commit();
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code, message } = fileFailure(`write ${path}`, error);
    if (errnoOf(error) === "ENOENT") {
      throw new BideError("failed", `cannot write ${path}: its directory does not exist`, { cause: error });
    }
    // A path that may not be written is the command's failure, not bide's refusal (5).
    throw new BideError(code === "disk_full" ? code : "failed", message, { cause: error });
  }
}
