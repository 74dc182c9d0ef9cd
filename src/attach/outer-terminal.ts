// The terminal that a human sits at: its settings saved exactly and given back exactly, raw mode in between, its
// size and changes of it. One per attach (or one for several, when the client is switched between sessions).
// Rule kept: nothing of it is shared state, so O_NONBLOCK is only ever set on descriptions of our own.

import { closeSync, constants, fstatSync, openSync, readlinkSync, writeSync } from "node:fs";
import type { Disposable } from "../base/disposable.ts";
import { errnoOf } from "../base/errors.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { ClientTerminal, TerminalSize, Will } from "../protocol/attach-messages.ts";
import { MAX_CELLS } from "../protocol/limits.ts";
import type { DetachKey } from "./detach-key.ts";
import type { DirectOutput } from "./terminal-writer.ts";
import {
  flushTyped,
  rawTermios,
  readTermios,
  readWindowSize,
  waitForRoom,
  writeNow,
  writeTermios,
} from "./tty-calls.ts";
import { TypedInput } from "./typed-input.ts";

export const STDIN = 0;
export const STDOUT = 1;

/** What a terminal that does not know its size is taken for (a serial line, some containers). */
const FALLBACK = { rows: 40, cols: 120 };

/** Whether a human sits here: standard input and output are terminals. */
export function hasTerminal(): boolean {
  return readTermios(STDIN) !== undefined && readTermios(STDOUT) !== undefined;
}

/** The size of the terminal at `fd`, clamped to what a session can have; the fallback when it has none. */
export function terminalSize(fd: number = STDOUT): Required<TerminalSize> {
  const { rows, cols, xpixel, ypixel } = readWindowSize(fd) ?? { rows: 0, cols: 0, xpixel: 0, ypixel: 0 };
  return { rows: clamp(rows, FALLBACK.rows), cols: clamp(cols, FALLBACK.cols), xpixel, ypixel };
}

function clamp(cells: number, fallback: number): number {
  return cells <= 0 ? fallback : Math.min(MAX_CELLS, cells);
}

export class OuterTerminal implements Disposable {
  readonly #saved: Uint8Array;
  readonly #raw: Uint8Array;
  /** What is typed here. */
  readonly input = new TypedInput();
  #isRaw = false;
  #direct: DirectTerminal | undefined;
  #size = terminalSize(STDOUT);

  private constructor(saved: Uint8Array) {
    this.#saved = saved;
    this.#raw = rawTermios(saved);
  }

  /** Saves the settings, changes nothing. Fails with `not_a_terminal`. */
  static open(): Result<OuterTerminal> {
    const saved = readTermios(STDIN);
    if (saved === undefined) return fail("not_a_terminal", "expected a terminal on standard input, got something else");
    if (readTermios(STDOUT) === undefined) {
      return fail("not_a_terminal", "expected a terminal on standard output, got something else");
    }
    return ok(new OuterTerminal(saved));
  }

  /** Once the window is closed, the last size that it had: nobody's screen is to change because of that. */
  get size(): Required<TerminalSize> {
    if (readWindowSize(STDOUT) !== undefined) this.#size = terminalSize(STDOUT);
    return this.#size;
  }

  /**
   * Every byte typed is ours from now on. Also called again after the process was stopped and continued. False: the
   * window is closed.
   */
  makeRaw(): boolean {
    this.#isRaw = true;
    return writeTermios(STDIN, this.#raw);
  }

  /** As they are while this terminal is ours, and as they were found: struct termios in hex. */
  get settings(): Will["settings"] {
    const now = readTermios(STDIN) ?? this.#raw;
    return { now: Buffer.from(now).toString("hex"), before: Buffer.from(this.#saved).toString("hex") };
  }

  /** The settings as they were found, exactly; what was typed and not read is dropped. May be called twice. */
  restore(): void {
    if (!this.#isRaw) return;
    this.#isRaw = false;
    flushTyped(STDIN);
    writeTermios(STDIN, this.#saved);
  }

  /**
   * A description of the terminal of our own that never blocks, for output; undefined when the terminal cannot
   * be opened again (it belongs to another user since `su`).
   */
  openDirect(): DirectTerminal | undefined {
    if (this.#direct === undefined) {
      const fd = openAgain();
      if (fd !== undefined) this.#direct = new DirectTerminal(fd);
    }
    return this.#direct;
  }

  /**
   * What a worker needs to reach this terminal itself; undefined where everything has to go through us, also because we
   * have begun to read it.
   */
  name({ steps }: DetachKey): ClientTerminal | undefined {
    if (process.platform !== "linux" || process.env.BIDE_ATTACH_RELAY || this.input.begun) return undefined;
    try {
      const { dev, ino, rdev } = fstatSync(STDIN);
      const out = fstatSync(STDOUT);
      if (out.dev !== dev || out.ino !== ino || out.rdev !== rdev) return undefined;
      const path = readlinkSync(`/proc/self/fd/${STDIN}`);
      return { path, dev, ino, rdev, pid: process.pid, held: [...new Set(steps.map(({ byte }) => byte))] };
    } catch {
      // No /proc, or the terminal's file is gone.
      return undefined;
    }
  }

  /** Calls `changed` when the window's size may have changed. */
  onResize(changed: () => void): Disposable {
    process.on("SIGWINCH", changed);
    return { dispose: () => process.off("SIGWINCH", changed) };
  }

  dispose(): void {
    this.input.dispose();
    this.restore();
    if (this.#direct !== undefined) closeSync(this.#direct.fd);
    this.#direct = undefined;
  }
}

/** Output to the terminal that never waits; what is typed goes before waiting for room. */
export class DirectTerminal implements DirectOutput {
  readonly fd: number;

  constructor(fd: number) {
    this.fd = fd;
  }

  write(bytes: Uint8Array): number {
    const count = writeNow(this.fd, bytes);
    // Full is the usual case, and an exception for it would cost more than the write.
    if (count >= 0) return count;
    if (!waitForRoom(this.fd, STDIN, 0)) return 0;
    try {
      return writeSync(this.fd, bytes);
    } catch (error) {
      if (errnoOf(error) === "EAGAIN") return 0;
      throw error;
    }
  }

  hasRoom(ms: number): boolean {
    return waitForRoom(this.fd, STDIN, ms);
  }
}

function openAgain(): number | undefined {
  // /dev/tty is the controlling terminal, which may be another one than standard output's: only the second choice.
  const paths = process.platform === "linux" ? ["/proc/self/fd/1", "/dev/tty"] : ["/dev/tty"];
  for (const path of paths) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    } catch {
      // The next one, or none.
    }
  }
  return undefined;
}
