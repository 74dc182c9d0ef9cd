// `bide prompt SEL TEXT`: submits a prompt to a program with a composer and says what became of it.

import { BideError } from "../../base/errors.ts";
import type { PromptResult } from "../../client/index.ts";
import { visible } from "../../terminal/visible.ts";
import type { Command } from "../command.ts";
import { say, writeJson, writeLine } from "../output.ts";
import { takeSelector } from "../selector.ts";
import { inputText, readInput } from "../standard-input.ts";

const EXIT_CODES: Readonly<Record<PromptResult, number>> = { submitted: 0, "left-as-draft": 1, blocked: 75 };

/** A paste travels in one frame as base64, which adds a third. */
const MOST_BYTES = 2 * 1024 * 1024;

export const run: Command = async (context) => {
  const { flags, json } = context;
  const timeoutMs = flags.duration("timeout");
  const { selector, rest } = takeSelector(context);
  if (rest.length === 0) throw new BideError("usage", "no prompt: give TEXT, or - for standard input");
  const text = rest.length === 1 && rest[0] === "-" ? textOfInput() : rest.join(" ");
  if (text.trim() === "") throw new BideError("usage", "the prompt is empty");
  const bide = await context.connect();
  const options = { force: flags.has("force"), ...(timeoutMs !== undefined && { timeoutMs }) };
  const { result, reason, enters, session } = await bide.prompt(selector, text, options);
  if (json) writeJson({ schema_version: 1, session_id: session.session_id, result, reason, enters, session });
  else {
    writeLine(result);
    if (reason !== null) say(`bide: ${visible(session.name)}: ${visible(reason)}`);
  }
  return EXIT_CODES[result];
};

function textOfInput(): string {
  const buffer = new Uint8Array(64 * 1024);
  const pieces: Buffer[] = [];
  let total = 0;
  for (let count = readInput(buffer); count > 0; count = readInput(buffer)) {
    total += count;
    if (total > MOST_BYTES) throw new BideError("bad_value", `a prompt has at most ${MOST_BYTES} bytes`);
    pieces.push(Buffer.from(buffer.subarray(0, count)));
  }
  return inputText(pieces, "the prompt");
}
