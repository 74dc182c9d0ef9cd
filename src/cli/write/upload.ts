// The near side of `bide write`: types the starter into the shell, hands over the script, then piece after piece, each
// sent when the one before has arrived, and the checksum at the end. far-side.ts has the other half.

import { BideError } from "../../base/errors.ts";
import type { SessionConnection } from "../../client/index.ts";
import { RecordedSession } from "../../client/recorded-session.ts";
import { isLive } from "../../protocol/session-state.ts";
import type { CommandContext } from "../command.ts";
import { bytesOf } from "../raw-words.ts";
import { posixCksum, type RunningChecksum, sha256 } from "./checksum.ts";
import { type Checksum, type Decoder, stage, starter } from "./far-side.ts";
import { Marks } from "./marks.ts";
import { inputPieces } from "./pieces.ts";

export interface UploadOptions {
  readonly path: string;
  readonly input: ReadableStream<Uint8Array>;
  readonly force: boolean;
  /** How long a shell, or a piece on a slow way, is waited for; milliseconds. */
  readonly patienceMs: number;
  readonly onProgress: (bytes: number) => void;
}

export interface Uploaded {
  readonly bytes: number;
  readonly checksum: string;
}

/** Bytes of the file in one piece: what travels is 1 MiB of base64, or 96 KiB of octal numbers in a shell's word. */
const PIECE_BYTES: Readonly<Record<Decoder, number>> = { base64: 768 * 1024, octal: 24 * 1024 };
/** One `input.send`. */
const SEND_BYTES = 256 * 1024;
/** Well below the silence after which the far side gives up. */
const STILL_HERE_MS = 8000;
/** A checksum of many gigabytes takes its time. */
const VERIFY_MS = 600_000;
/** What the far side needs to clean up. */
const CLEAN_MS = 5000;
/** To the end of the line and away with it: half a command that somebody left there must not be run. */
const EMPTY_LINE = "\x05\x15";

export class Upload {
  readonly #connection: SessionConnection;
  readonly #options: UploadOptions;
  readonly #nonce = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
  readonly #recorded: RecordedSession;
  #marks: Marks | undefined;
  #started = false;
  #over = false;

  private constructor(connection: SessionConnection, recorded: RecordedSession, options: UploadOptions) {
    this.#connection = connection;
    this.#recorded = recorded;
    this.#options = options;
  }

  static async open(context: CommandContext, connection: SessionConnection, options: UploadOptions): Promise<Upload> {
    const recorded = await RecordedSession.open(context, { text: connection.session.session_id });
    return new Upload(connection, recorded, options);
  }

  /** @throws BideError `busy` when no shell answers, `failed`, `disk_full`, `session_ended`, `input_not_owned`. */
  async run(): Promise<Uploaded> {
    try {
      const { decoder, checksum } = await this.#begin();
      const running = checksum === "sha256" ? sha256() : posixCksum();
      const bytes = await this.#sendPieces(decoder, running);
      const value = running.value();
      await this.#type(`= ${value}\n`);
      await this.#expect("done", VERIFY_MS);
      this.#over = true;
      return { bytes, checksum: `${checksum}:${value}` };
    } catch (error) {
      await this.abort();
      throw await this.#reasonOf(error);
    }
  }

  /** The far side takes away what it has, as after a Ctrl-C of the user; waits for that. */
  async abort(): Promise<void> {
    if (!this.#started || this.#over) return;
    this.#over = true;
    try {
      await this.#type("\x03", true);
      for (;;) {
        const mark = await this.#marks?.next(CLEAN_MS);
        if (mark === undefined || isLast(mark)) return;
      }
    } catch {
      // Nobody to clean up: the session is gone.
    }
  }

  close(): void {
    this.#recorded.close();
  }

  async #begin(): Promise<{ decoder: Decoder; checksum: Checksum }> {
    const before = await this.#connection.request("screen.state", {});
    const { end } = await this.#recorded.readLog(0, 0);
    this.#marks = new Marks(this.#recorded, this.#nonce, end);
    const line = starter(this.#nonce);
    await this.#type(`${EMPTY_LINE}${line}\r`);
    const go = await this.#marks.next(this.#options.patienceMs);
    if (go !== "go") {
      await this.#type("\x15").catch(() => {});
      const { name } = this.#connection.session;
      throw new BideError("busy", `no shell in ${name} answered within ${this.#options.patienceMs / 1000} s`, {
        hint: "wait until its shell shows a prompt",
      });
    }
    this.#started = true;
    const after = await this.#connection.request("screen.state", {});
    const { row, col } = before.cursor;
    // The screen may have scrolled: then only the length of the line tells.
    const scrolled = after.cursor.row >= after.rows - 1 || after.cursor.row < row;
    const rows = scrolled ? Math.floor((col + line.length) / after.cols) + 1 : after.cursor.row - row;
    await this.#type(`${stage(this.#nonce, bytesOf(this.#options.path), rows)}\n`);
    const ready = await this.#expect("ready", this.#options.patienceMs);
    const [, decoder, checksum] = ready.split(" ");
    return {
      decoder: decoder === "octal" ? "octal" : "base64",
      checksum: checksum === "sha256" ? "sha256" : "cksum",
    };
  }

  async #sendPieces(decoder: Decoder, checksum: RunningChecksum): Promise<number> {
    let sent = 0;
    const pieces = inputPieces(this.#options.input, () => PIECE_BYTES[decoder]);
    for (;;) {
      const { value: piece, done } = await this.#stillHere(pieces.next());
      if (done) return sent;
      checksum.update(piece);
      const text = decoder === "base64" ? Buffer.from(piece).toString("base64") : octalOf(piece);
      await this.#type(`${text.length}\n`);
      for (let at = 0; at < text.length; at += SEND_BYTES) {
        const part = text.slice(at, at + SEND_BYTES);
        await this.#type(part);
        this.#options.onProgress(sent + Math.floor((piece.length * (at + part.length)) / text.length));
      }
      await this.#expect("ok", this.#options.patienceMs);
      sent += piece.length;
    }
  }

  /** Tells the far side now and then that it is only the input that is slow. */
  async #stillHere<T>(next: Promise<T>): Promise<T> {
    let failure: unknown;
    const beat = setInterval(() => {
      this.#type(".\n").catch((error: unknown) => {
        failure = error;
      });
    }, STILL_HERE_MS);
    try {
      const value = await next;
      if (failure !== undefined) throw failure;
      return value;
    } finally {
      clearInterval(beat);
    }
  }

  async #type(text: string, force = this.#options.force): Promise<void> {
    const data = Buffer.from(text, "latin1").toString("base64");
    const limit = this.#connection.limit(this.#options.patienceMs);
    const items = [{ kind: "bytes" as const, data }];
    await this.#connection
      .request("input.send", { items, force, timeout_ms: this.#options.patienceMs })
      .finally(() => limit.dispose());
  }

  /** The next mark, which begins with `wanted`. */
  async #expect(wanted: string, patienceMs: number): Promise<string> {
    const mark = await this.#marks?.next(patienceMs);
    if (mark?.split(" ")[0] === wanted) return mark;
    if (mark !== undefined && isLast(mark)) this.#over = true;
    throw this.#failureOf(mark);
  }

  /** A worker that went away took its session with it, mostly. */
  async #reasonOf(error: unknown): Promise<unknown> {
    if (!(error instanceof BideError) || error.code !== "worker_unreachable") return error;
    const session = await this.#recorded.latest();
    return isLive(session)
      ? error
      : new BideError("session_ended", `session ${session.name} ended before the file was there`);
  }

  #failureOf(mark: string | undefined): BideError {
    const path = this.#options.path.toWellFormed();
    const [kind = "", ...words] = (mark ?? "").split(" ");
    const reason = words.join(" ");
    if (kind === "full") return new BideError("disk_full", `cannot write ${path}: ${reason}`);
    if (kind === "failed") return new BideError("failed", `cannot write ${path}: ${reason}`);
    if (kind === "damaged") {
      return new BideError("failed", `${path} was not written: what arrived is not what was sent`, {
        hint: "somebody typed in the session meanwhile, or its line is bad; try again",
      });
    }
    if (kind === "interrupted") return new BideError("failed", `${path} was not written: interrupted in the session`);
    return new BideError("timed_out", `${path} was not written: the session's shell does not answer any more`);
  }
}

function isLast(mark: string): boolean {
  return /^(done|full|failed|damaged|gone|interrupted)/.test(mark);
}

/** Each byte as the printf of every shell reads it. */
function octalOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += `\\${byte.toString(8).padStart(3, "0")}`;
  return text;
}
