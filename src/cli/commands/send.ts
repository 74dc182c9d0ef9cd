// `bide send SEL`: types into a session's terminal. Texts and keys go in the order given; standard input goes in
// pieces, each taken by the worker before the next is read, so that a slow program slows the sender.

import { BideError } from "../../base/errors.ts";
import { SessionConnection } from "../../client/session-connection.ts";
import type { InputItem } from "../../protocol/worker-messages.ts";
import { isTerminal } from "../caller-terminal.ts";
import type { Command, CommandContext } from "../command.ts";
import { writeJson } from "../output.ts";
import { takeSelector } from "../selector.ts";
import { readInput } from "../standard-input.ts";

/** How long a program that does not read is waited for (the worker has the same). */
const TIMEOUT_MS = 10_000;
/** One `input.send` of standard input. */
const PIECE_BYTES = 256 * 1024;
/** A paste travels in one frame as base64, which adds a third. */
const MOST_PASTE_BYTES = 2 * 1024 * 1024;

export const run: Command = async (context) => {
  const { flags, json } = context;
  const timeoutMs = flags.duration("timeout") ?? TIMEOUT_MS;
  const options = { force: flags.has("force"), timeout_ms: timeoutMs };
  const { selector } = takeSelector(context);
  const plan = planOf(context, await textEncoder(context));
  const resolved = await context.ask("session.resolve", { selector });
  const connection = await SessionConnection.to(resolved, { greeting: "with-first-request", timeoutMs });
  try {
    let bytes = 0;
    const send = async (items: InputItem[]) => {
      const limit = connection.limit(timeoutMs);
      const sent = connection.request("input.send", { items, ...options }).finally(() => limit.dispose());
      bytes += (await sent.catch((error) => notAll(error, bytes))).bytes;
    };
    if (plan.readsInput) await sendInput(plan.paste, send);
    if (plan.items.length > 0) await send(plan.items);
    if (json) writeJson({ schema_version: 1, session_id: connection.session.session_id, bytes });
    return 0;
  } finally {
    connection.close();
  }
};

/** The worker knows of the last piece only; who goes on later needs to know where. */
function notAll(error: unknown, before: number): never {
  if (!(error instanceof BideError && error.code === "busy") || before === 0) throw error;
  throw new BideError("busy", `${error.message}, and the ${before} before them`, { cause: error });
}

interface Plan {
  readonly readsInput: boolean;
  readonly paste: boolean;
  readonly items: InputItem[];
}

/** A text that holds bytes which are no text is rare, and what knows them is loaded for it. */
async function textEncoder({ words }: CommandContext): Promise<(text: string) => Uint8Array> {
  const isText = words.every((word) => ("positional" in word ? word.positional : word.value).isWellFormed());
  return isText ? (text) => Buffer.from(text) : (await import("../raw-words.ts")).bytesOf;
}

function planOf({ flags, words, positionals }: CommandContext, bytesOf: (text: string) => Uint8Array): Plan {
  const paste = flags.has("paste");
  const textWords = flags.has("role") ? positionals : positionals.slice(1);
  const dash = textWords.length === 1 && textWords[0] === "-";
  const empty = textWords.length === 0 && !flags.has("text") && !flags.has("key");
  const readsInput = dash || (empty && (paste || !flags.has("enter")));
  if (readsInput && !dash && isTerminal(0)) {
    throw new BideError("usage", "nothing to type: give TEXT, --key, --enter or standard input");
  }
  if (dash && (flags.has("text") || flags.has("key"))) {
    throw new BideError("usage", "- (standard input) does not go together with --text and --key");
  }
  const items: InputItem[] = [];
  const text = (value: string) =>
    items.push({ kind: paste ? "paste" : "bytes", data: Buffer.from(bytesOf(value)).toString("base64") });
  let toSkip = positionals.length - textWords.length;
  let joined = dash;
  for (const word of words) {
    if ("positional" in word) {
      if (toSkip > 0) toSkip -= 1;
      else if (!joined) {
        joined = true;
        text(textWords.join(" "));
      }
    } else if (word.flag === "text") text(word.value);
    else if (word.flag === "key") items.push({ kind: "key", key: keyName(word.value) });
  }
  if (flags.has("enter")) items.push({ kind: "key", key: "Enter" });
  return { readsInput, paste, items };
}

function keyName(name: string): string {
  if (name.isWellFormed()) return name;
  throw new BideError(
    "unknown_key",
    `the name of a key is text, and ${JSON.stringify(name.toWellFormed())} is no UTF-8`,
  );
}

async function sendInput(paste: boolean, send: (items: InputItem[]) => Promise<void>): Promise<void> {
  const buffer = new Uint8Array(PIECE_BYTES);
  if (paste) return sendPaste(buffer, send);
  for (let count = readInput(buffer); count > 0; count = readInput(buffer)) {
    await send([{ kind: "bytes", data: Buffer.from(buffer.subarray(0, count)).toString("base64") }]);
  }
}

/** One paste is one piece: the program sees where it begins and ends. */
async function sendPaste(buffer: Uint8Array, send: (items: InputItem[]) => Promise<void>): Promise<void> {
  const pieces: Buffer[] = [];
  let total = 0;
  for (let count = readInput(buffer); count > 0; count = readInput(buffer)) {
    total += count;
    if (total > MOST_PASTE_BYTES) {
      throw new BideError("bad_value", `a paste has at most ${MOST_PASTE_BYTES} bytes`, {
        hint: "send it without --paste",
      });
    }
    pieces.push(Buffer.from(buffer.subarray(0, count)));
  }
  if (total > 0) await send([{ kind: "paste", data: Buffer.concat(pieces).toString("base64") }]);
}
