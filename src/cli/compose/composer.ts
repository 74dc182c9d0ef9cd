// The interactive face of `bide compose`: the session's text above, one line to write in below, on the alternate
// screen of the person's own terminal. Draws when something was printed, at most once per refresh; on every way out
// the terminal is as it was found.

import { OuterTerminal } from "../../attach/outer-terminal.ts";
import { ENDING_SIGNALS, guardTerminal } from "../../attach/terminal-guard.ts";
import { type Disposable, Disposables, timeout } from "../../base/disposable.ts";
import { BideError, messageOf, unwrap } from "../../base/errors.ts";
import type { SessionConnection } from "../../client/index.ts";
import { writeText } from "../output.ts";
import { MessageLine } from "./message-line.ts";
import { sendMessage } from "./send-message.ts";
import { sessionLines } from "./session-lines.ts";
import { promptRow, wrappedRows } from "./wrapped-rows.ts";

export interface ComposerOptions {
  readonly lines: number;
  /** Milliseconds between two drawings at least. */
  readonly refreshMs: number;
  readonly enter: boolean;
  readonly force: boolean;
}

const OPEN = "\x1b[?1049h\x1b[?2004h\x1b[H\x1b[2J";
const CLOSE = "\x1b[?2026l\x1b[?2004l\x1b[?25h\x1b[?1049l";
/** Both kept from tearing where the terminal can (synchronized output); others ignore it. */
const BEGIN = "\x1b[?2026h\x1b[?25l";
const END = "\x1b[?25h\x1b[?2026l";
const FOLLOW_MS = 30_000;

export class Composer implements Disposable {
  readonly #connection: SessionConnection;
  readonly #options: ComposerOptions;
  readonly #terminal: OuterTerminal;
  readonly #parts = new Disposables();
  readonly #leaving = Promise.withResolvers<number | "nothing more">();
  readonly #line: MessageLine;
  #lines: string[] = [];
  #notice = "";
  #open = false;

  /** @throws BideError `not_a_terminal`. */
  constructor(connection: SessionConnection, options: ComposerOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#terminal = unwrap(OuterTerminal.open());
    this.#line = new MessageLine({
      changed: () => this.#draw(),
      send: (text) => void this.#send(text),
      quit: () => this.#leaving.resolve(0),
    });
  }

  /** Resolves to the exit code when the person leaves; when the session or its worker is gone, to that. */
  async run(): Promise<number | "nothing more"> {
    const redraw = () => {
      this.#terminal.makeRaw();
      writeText(OPEN);
      this.#draw();
    };
    this.#parts.add(
      guardTerminal({
        giveBack: () => this.#giveBack(),
        onSignal: (signal) => this.#leaving.resolve(128 + ENDING_SIGNALS[signal]),
        onContinued: redraw,
      }),
    );
    this.#open = true;
    redraw();
    this.#parts.add(this.#terminal.onResize(() => this.#draw()));
    this.#parts.add(
      this.#terminal.input.listen({
        onBytes: (bytes) => this.#line.push(bytes),
        onEnd: () => this.#leaving.resolve(129),
      }),
    );
    return Promise.race([this.#leaving.promise, this.#follow()]);
  }

  dispose(): void {
    this.#line.dispose();
    this.#giveBack();
    this.#parts.dispose();
    this.#terminal.dispose();
  }

  /** Shows what is printed until nothing more can come. */
  async #follow(): Promise<"nothing more"> {
    try {
      await this.#show();
    } catch (error) {
      // The worker goes with its session: the caller finds out which of the two it was.
      if (!(error instanceof BideError && error.code === "worker_unreachable")) throw error;
    }
    return "nothing more";
  }

  async #show(): Promise<void> {
    for (let offset = -1; ; ) {
      this.#lines = await sessionLines(this.#connection, this.#options.lines);
      this.#draw();
      await new Promise<void>((resolve) => this.#parts.add(timeout(this.#options.refreshMs, resolve)));
      const { result } = await this.#connection.requestBytes("log.read", {
        offset: Math.max(0, offset),
        max: 0,
        wait_ms: offset < 0 ? 0 : FOLLOW_MS,
      });
      if (result.ended && result.end === offset) return;
      offset = result.end;
    }
  }

  async #send(text: string): Promise<void> {
    this.#notice = "";
    try {
      await sendMessage(this.#connection, text, this.#options);
    } catch (error) {
      // What was written is not lost: it can be sent again.
      if (this.#line.text === "") this.#line.text = text;
      const hint = error instanceof BideError && error.hint !== undefined ? ` (${error.hint})` : "";
      this.#notice = messageOf(error) + hint;
    }
    this.#draw();
  }

  #draw(): void {
    if (!this.#open) return;
    const { rows, cols } = this.#terminal.size;
    const notice = this.#notice === "" ? [] : wrappedRows([this.#notice], cols, 2);
    const body = wrappedRows(this.#lines, cols, Math.max(0, rows - 1 - notice.length));
    const blank = Array.from({ length: Math.max(0, rows - 1 - notice.length - body.length) }, () => "");
    const prompt = promptRow(this.#line.text, cols);
    const above = [...body, ...blank, ...notice.map((row) => `\x1b[7m${row}\x1b[m`)].slice(0, Math.max(0, rows - 1));
    const drawn = above.map((row, index) => `\x1b[${index + 1}H${row}\x1b[K`).join("");
    writeText(`${BEGIN}${drawn}\x1b[${rows}H${prompt.row}\x1b[K\x1b[${rows};${prompt.cells + 1}H${END}`);
  }

  /** Idempotent. */
  #giveBack(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      writeText(CLOSE);
    } catch {
      // A terminal that was closed.
    }
    this.#terminal.restore();
  }
}
