// Finds the marks of the far side in what a session prints. Event driven: a mark that is waited for resolves as soon as
// its last byte is printed; nothing is drawn and nothing else is looked at.

import { timeout } from "../../base/disposable.ts";
import { BideError } from "../../base/errors.ts";
import { logPieces } from "../../client/log-pieces.ts";
import type { RecordedSession } from "../../client/recorded-session.ts";
import { MARK_END, markStart } from "./far-side.ts";

/** Longer than any mark: what a reader keeps of output without one. */
const LONGEST_MARK = 4096;

export class Marks {
  readonly #start: string;
  #found: string[] = [];
  #over: BideError | undefined;
  #wake: () => void = () => {};
  #kept = "";

  /** Reads from `from` on until the session ends or the recording is closed. */
  constructor(recorded: RecordedSession, nonce: string, from: number) {
    this.#start = markStart(nonce);
    void this.#read(recorded, from);
  }

  /** The text of the next mark; undefined after so long without one. @throws BideError `session_ended`. */
  async next(patienceMs: number): Promise<string | undefined> {
    let late = false;
    const patience = timeout(patienceMs, () => {
      late = true;
      this.#wake();
    });
    try {
      for (;;) {
        const mark = this.#found.shift();
        if (mark !== undefined) return mark;
        if (this.#over !== undefined) throw this.#over;
        if (late) return undefined;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      patience.dispose();
    }
  }

  async #read(recorded: RecordedSession, from: number): Promise<void> {
    try {
      for await (const { bytes } of logPieces(recorded, { from, follow: true })) this.#look(bytes);
      this.#over = new BideError("session_ended", `session ${recorded.session.name} ended before the file was there`);
    } catch (error) {
      this.#over = error instanceof BideError ? error : new BideError("failed", String(error), { cause: error });
    }
    this.#wake();
  }

  #look(bytes: Uint8Array): void {
    let text = this.#kept + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    for (;;) {
      const start = text.indexOf(this.#start);
      const end = start < 0 ? -1 : text.indexOf(MARK_END, start);
      if (end < 0) break;
      this.#found.push(Buffer.from(text.slice(start + this.#start.length, end), "latin1").toString("utf8"));
      text = text.slice(end + 1);
    }
    this.#kept = text.slice(-LONGEST_MARK);
    if (this.#found.length > 0) this.#wake();
  }
}
