// `bide print SEL TEXT...`: lines of text in a session's display and scrollback, for whoever looks at it. Nothing is
// typed: the program in the session never knows.

import { BideError } from "../../base/errors.ts";
import { MAX_PRINT } from "../../protocol/limits.ts";
import { visible } from "../../terminal/visible.ts";
import { isTerminal } from "../caller-terminal.ts";
import type { Command } from "../command.ts";
import { say, writeJson } from "../output.ts";
import { takeSelector } from "../selector.ts";
import { readInput } from "../standard-input.ts";

export const run: Command = async (context) => {
  const { selector, rest } = takeSelector(context);
  const standardInput = rest.length === 0 || (rest.length === 1 && rest[0] === "-");
  if (rest.length === 0 && isTerminal(0)) {
    throw new BideError("usage", "which text? give TEXT, or standard input that is not a terminal");
  }
  const text = standardInput ? readText() : rest.join(" ");
  if (text.length > MAX_PRINT) {
    throw new BideError("bad_value", `at most ${MAX_PRINT} characters can be printed at once, this is more`);
  }
  const bide = await context.connect();
  const connection = await bide.session(selector);
  try {
    const { offset } = await connection.request("session.print", { text });
    const { session_id, name } = connection.session;
    if (context.json) writeJson({ schema_version: 1, session_id, shown: offset !== null, offset });
    else if (offset === null) {
      say(`the program in ${visible(name)} has the whole screen: the text is shown when it leaves`);
    }
    return 0;
  } finally {
    connection.close();
  }
};

/** Standard input, up to a little more than may be printed. */
function readText(): string {
  const buffer = new Uint8Array(4 * MAX_PRINT + 1);
  let length = 0;
  while (length < buffer.length) {
    const count = readInput(buffer.subarray(length));
    if (count === 0) break;
    length += count;
  }
  return new TextDecoder().decode(buffer.subarray(0, length));
}
