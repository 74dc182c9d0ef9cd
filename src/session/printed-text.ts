// `session.print`: text of somebody else in a session's output, shown to everybody and kept like what the program
// prints, while the program sees nothing. The rule: never in the middle of a sequence of the program and never on
// its alternate screen; text that finds no place waits, in order, until there is one or the program ends.

import { type Disposable, timeout } from "../base/disposable.ts";
import { BideError, unwrap } from "../base/errors.ts";
import { LineSanitizer } from "../terminal/sanitize.ts";
import type { Session } from "./session.ts";

/** What waits for a full-screen program to leave; more is refused. */
const MOST_WAITING = 256 * 1024;
/** A sequence that is only half printed is mostly whole within the next turns; longer, and the caller is told. */
const PATIENCE_MS = 250;
/** A flood is not drawn more often for the sake of text that waits. */
const LOOK_MS = 20;

interface Waiting {
  readonly lines: readonly string[];
  readonly bytes: number;
  readonly shown: PromiseWithResolvers<number>;
}

export class PrintedText implements Disposable {
  readonly #session: Session;
  #waiting: Waiting[] = [];
  #listening: Disposable | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Resolves to the offset of the text; null when it waits. @throws BideError `busy`, `session_ended`. */
  async print(text: string): Promise<number | null> {
    unwrap(this.#session.program);
    const waiting = this.#waiting.reduce((sum, { bytes }) => sum + bytes, 0);
    const bytes = Buffer.byteLength(text);
    if (waiting + bytes > MOST_WAITING) {
      throw new BideError("busy", `${waiting} bytes of printed text already wait for a full-screen program to leave`);
    }
    const shown = Promise.withResolvers<number>();
    this.#waiting.push({ lines: linesOf(text), bytes, shown });
    await this.#session.screen.load();
    this.#look();
    const late = Promise.withResolvers<null>();
    const patience = timeout(PATIENCE_MS, () => late.resolve(null));
    return Promise.race([shown.promise, late.promise]).finally(() => patience.dispose());
  }

  /** The program has ended: what waits goes behind its last byte. */
  ended(): void {
    this.#listening?.dispose();
    // CAN ends a sequence that will never be whole.
    for (const one of this.#take()) this.#show(one, `\x18\r\n${one.lines.map((line) => `${line}\r\n`).join("")}`);
  }

  dispose(): void {
    this.#listening?.dispose();
  }

  #look(): void {
    const { screen, recorder, ended } = this.#session;
    this.#listening = undefined;
    const lines = this.#waiting.flatMap((one) => one.lines);
    if (lines.length === 0 || ended) return;
    const bytes = recorder.betweenSequences ? screen.now?.inserted(lines) : undefined;
    if (bytes === undefined) return this.#listen();
    const [first, ...others] = this.#take();
    if (first === undefined) return;
    const offset = this.#show(first, bytes);
    for (const other of others) other.shown.resolve(offset);
  }

  /** Looks again after more output. */
  #listen(): void {
    this.#listening ??= this.#session.recorder.whenOutput(() => {
      this.#listening = timeout(LOOK_MS, () => this.#look());
    });
  }

  #take(): Waiting[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }

  #show({ shown }: Waiting, text: string): number {
    const { recorder, journal, status } = this.#session;
    const bytes = new TextEncoder().encode(text);
    const { offset } = recorder;
    recorder.output(bytes);
    journal.append({ event: "printed", offset, length: bytes.length });
    status.output();
    shown.resolve(offset);
    return offset;
  }
}

function linesOf(text: string): string[] {
  const sanitizer = new LineSanitizer();
  const lines = [...sanitizer.write(new TextEncoder().encode(text)), ...sanitizer.end()].map((line) => line.text);
  return lines.length === 0 ? [""] : lines;
}
