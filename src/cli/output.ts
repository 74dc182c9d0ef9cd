// Everything that leaves a command: data on standard output, talk on standard error. Writes are synchronous
// (touching process.stdout costs 6 ms of start-up, measured) and complete. A reader that closed early ends
// the command without a trace: main.ts turns ReaderGone into exit code 0.

import { BideError, errnoOf, messageOf } from "../base/errors.ts";
import { nodeFs, quickWrite } from "../base/quick-calls.ts";
import { visible } from "../terminal/visible.ts";
import { jsonText } from "./json-text.ts";

/** Standard output's reader is gone: nothing more is wanted. */
export class ReaderGone extends Error {}

const encoder = new TextEncoder();

/** Text that is already safe to show (literals, `visible` names, sanitized lines). */
export function writeText(text: string): void {
  writeBytes(encoder.encode(text));
}

export function writeLine(text: string): void {
  writeText(`${text}\n`);
}

/** Raw bytes, for the verbs that promise the program's own. */
export function writeBytes(bytes: Uint8Array): void {
  writeAll(1, bytes);
}

/** One JSON object on one line: a whole answer, or one record of a stream. */
export function writeJson(value: unknown): void {
  writeLine(jsonText(value));
}

/** Talk: progress, notes, "nothing to do". Never data, and losing it is no failure. */
export function say(text: string): void {
  try {
    writeAll(2, encoder.encode(`${text}\n`));
  } catch {
    // Nobody listens on standard error; the exit code still says how it went.
  }
}

/** A part of a row of talk on a terminal: a progress bar. Losing it is no failure. */
export function writeError(text: string): void {
  try {
    writeAll(2, encoder.encode(text));
  } catch {
    // As in `say`.
  }
}

/** Prints an error the way `--json` or a person wants it. */
export function sayError(error: BideError, json: boolean): void {
  if (json) {
    const { code, message, hint } = error;
    return say(jsonText({ error: { code, message, hint: hint ?? null } }));
  }
  say(`bide: ${visible(error.message)}`);
  if (error.hint !== undefined) say(`  hint: ${visible(error.hint)}`);
}

function writeAll(fd: number, bytes: Uint8Array): void {
  let waitMs = 1;
  for (let at = 0; at < bytes.length; ) {
    const taken = quickWrite(fd, bytes.subarray(at));
    at += taken;
    if (taken > 0) continue;
    try {
      at += nodeFs().writeSync(fd, bytes, at, bytes.length - at);
      waitMs = 1;
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === "EPIPE") throw new ReaderGone();
      if (errno !== "EAGAIN") {
        throw new BideError("failed", `cannot write standard output: ${messageOf(error)}`, { cause: error });
      }
      // Somebody made the shared descriptor non-blocking; its reader is slow.
      Bun.sleepSync(waitMs);
      waitMs = Math.min(20, waitMs * 2);
    }
  }
}
