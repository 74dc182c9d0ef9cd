// A terminal window with one program in it, as a person has it in front of them: a real PTY, a screen that shows what
// the program prints, and the answers that a terminal gives. With `bide attach` in it, it is a client; with the program
// itself, it is the uninterrupted terminal that an attached one is compared with.

import { unwrap } from "../../src/base/errors.ts";
import { type PtyProcess, spawnPty } from "../../src/pty/pty.ts";
import type { ExitStatus } from "../../src/pty/reaper.ts";
import { signalProcess } from "../../src/pty/signals.ts";
import { answerQuery, DEFAULT_FACTS } from "../../src/terminal/query-answers.ts";
import { historyText, type ScreenState, screenState, screenText } from "../../src/terminal/read-out.ts";
import { Screen } from "../../src/terminal/screen.ts";

export const SIZE = { rows: 24, cols: 80 } as const;

/** Far more than anything takes on a busy machine; only a broken promise waits this long. */
const DEADLINE_MS = 30_000;

/** What a person waits to see: a piece of text, a pattern, or something more particular. */
export type Wanted = string | RegExp | ((text: string) => boolean);

export interface WindowOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Of its text area; most terminals tell them, some do not. */
  readonly xpixel?: number;
  readonly ypixel?: number;
}

export class TerminalWindow implements AsyncDisposable {
  readonly screen = new Screen(SIZE);
  readonly exited: Promise<ExitStatus>;
  /** How many bytes the window got. */
  received = 0;
  readonly #pty: PtyProcess;
  readonly #waiting = new Set<() => void>();

  constructor(argv: readonly string[], { env, cwd, xpixel = 0, ypixel = 0 }: WindowOptions) {
    const exited = Promise.withResolvers<ExitStatus>();
    this.exited = exited.promise;
    this.screen.onQuery((query) => {
      this.#pty.write(answerQuery(query, { ...DEFAULT_FACTS, version: "0" }));
    });
    const handlers = { data: (bytes: Uint8Array) => this.#show(bytes), exited: exited.resolve, closed: () => {} };
    this.#pty = unwrap(spawnPty({ argv, env, cwd, umask: 0o022, ...SIZE, xpixel, ypixel }, handlers));
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** The rows that are visible. */
  get text(): string {
    return screenText(this.screen);
  }

  type(keys: string | Uint8Array): void {
    if (!this.#pty.write(Buffer.from(keys))) throw new Error("the program does not read");
  }

  /** The program in it is told; what is visible stays as large as it was. */
  tellSize(rows: number): void {
    this.#pty.resize({ ...SIZE, rows });
  }

  /** Resolves once this holds of what is visible; looked at whenever something was printed. */
  async shows(wanted: Wanted): Promise<void> {
    await this.until(
      () => isShown(this.text, wanted),
      () => `expected ${wanted} on\n${this.text}`,
    );
  }

  /** Resolves once `holds`, which this window or `other` decides; fails with `complaint` when it never does. */
  async until(holds: () => boolean, complaint: () => string, other: TerminalWindow = this): Promise<void> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error(complaint())), DEADLINE_MS);
    try {
      while (!holds()) await Promise.race([this.#more(), other.#more(), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes the window: the program in it loses its terminal. */
  async close(): Promise<void> {
    this.#pty.close();
    await this.exited;
  }

  /** kill -9 of the program in the window, if it has not just ended by itself. */
  async kill(): Promise<void> {
    signalProcess(this.#pty.identity, "SIGKILL");
    await this.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#pty.exitStatus === null) await this.kill();
    this.#pty.close();
    this.screen.dispose();
  }

  #show(bytes: Uint8Array): void {
    this.received += bytes.length;
    this.screen.write(bytes);
    for (const waiter of [...this.#waiting]) waiter();
  }

  #more(): Promise<void> {
    return new Promise<void>((resolve) => {
      const waiter = () => {
        this.#waiting.delete(waiter);
        resolve();
      };
      this.#waiting.add(waiter);
    });
  }
}

function isShown(text: string, wanted: Wanted): boolean {
  if (typeof wanted === "string") return text.includes(wanted);
  return typeof wanted === "function" ? wanted(text) : wanted.test(text);
}

/**
 * Everything that a person sees in the window or by scrolling back, and the modes that their keys depend on. An attach
 * begins below what the window showed before, so blank lines at the very top tell nothing; it sets no title.
 */
export function seen(screen: Screen): Omit<ScreenState, "offset" | "hash" | "title"> & { history: string } {
  const { offset: _offset, hash: _hash, title: _title, ...state } = screenState(screen);
  return { ...state, history: historyText(screen).replace(/^\n+/, "") };
}

/** Resolves once both windows show the same; fails with what differs when they never do. */
export async function agree(window: TerminalWindow, other: TerminalWindow): Promise<void> {
  const same = () => Bun.deepEquals(seen(window.screen), seen(other.screen));
  await window.until(same, () => `the windows differ in ${differences(window.screen, other.screen)}`, other);
}

/** What differs, row by row; empty when nothing does. */
export function differences(one: Screen, other: Screen): string {
  const [a, b] = [parts(one), parts(other)];
  const keys = [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key));
  return keys.map((key) => `${key}\n${a.get(key)}\n<>\n${b.get(key)}\n`).join("");
}

function parts(screen: Screen): Map<string, string> {
  const { lines, ...rest } = seen(screen);
  const all = Object.entries(rest).map(([key, value]): [string, string] => [key, JSON.stringify(value)]);
  return new Map([...all, ...lines.map((line, row): [string, string] => [`row ${row}`, JSON.stringify(line)])]);
}
